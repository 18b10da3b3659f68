import { Anchor, NavLink } from "@mantine/core";
import { createLink } from "@tanstack/react-router";

/** The library's links, for addresses of views: checked by the compiler, followed without a reload. */
export const ViewAnchor = createLink(Anchor<"a">);
export const ViewNavLink = createLink(NavLink<"a">);
