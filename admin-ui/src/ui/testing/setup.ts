import { configure } from "@testing-library/dom";

// Generous, since it is only reached by what is broken.
configure({ asyncUtilTimeout: 15_000 });
