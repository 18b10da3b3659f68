import { configure } from "@testing-library/dom";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// Generous, since it is only reached by what is broken.
configure({ asyncUtilTimeout: 15_000 });

// The library registers this itself, but in the first file only of those that share its module.
afterEach(cleanup);
