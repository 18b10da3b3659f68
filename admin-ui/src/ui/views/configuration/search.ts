/** Which file is shown; lives in the address. Without one it is the first. */
export interface ConfigurationSearch {
  file?: string;
}

/** Only what is well-formed is taken from the address; what looks like a number is read as one. */
export function configurationSearch(search: Record<string, unknown>): ConfigurationSearch {
  const { file } = search;
  const name = typeof file === "number" ? String(file) : file;
  return typeof name === "string" && name !== "" ? { file: name } : {};
}
