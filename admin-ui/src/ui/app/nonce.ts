/**
 * What this page's Content-Security-Policy asks of style elements that scripts add. The gateway
 * makes a new one for each answer.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
}
