import { Anchor } from "@mantine/core";
import { createLink } from "@tanstack/react-router";

/** The library's link, for addresses of views: checked by the compiler, followed without a reload. */
export const ViewAnchor = createLink(Anchor<"a">);
