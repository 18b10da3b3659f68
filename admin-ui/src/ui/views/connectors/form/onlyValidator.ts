import { InterpretingValidator } from "./validator";

/**
 * The form library names its usual validator in a helper for tests, which nobody here calls. The
 * build puts this in its place, so that what compiles schemas into code never gets into the page.
 */
export default new InterpretingValidator();
