import { textIn } from "../../components/address";

/** Which file is shown; lives in the address. Without one it is the first. */
export interface ConfigurationSearch {
  file?: string;
}

/** Only what is well-formed is taken from the address. */
export function configurationSearch(search: Record<string, unknown>): ConfigurationSearch {
  return textIn(search, "file");
}
