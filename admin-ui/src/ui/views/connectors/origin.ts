/** Whether a configuration file declares it; else it was made over HTTP. */
export function isDeclared({ origin }: { origin: string }): boolean {
  return origin !== "api";
}
