/**
 * A changed configuration file on its way to the configuration view: other views offer it, and go
 * to `/ui/configuration`, which shows it in the editor, compared with what is loaded. Kept for this
 * tab of the browser only, and until it is applied or dropped.
 */
export interface Draft {
  /** The file's name, as the gateway's list of configuration files has it. */
  file: string;
  /** Its whole text. */
  text: string;
  /** What the text began as, so that a change of the file meanwhile is noticed; its `etag`. */
  basedOn?: string;
}

const KEY = "sluice.configuration.draft";

/** The draft to come takes the place of one that is there. Says whether the browser could keep it. */
export function offerDraft(file: string, text: string, basedOn?: string): boolean {
  const draft: Draft = { file, text, ...(basedOn !== undefined && { basedOn }) };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    // Full, or forbidden by the browser's settings: whoever asks can show the text instead.
    return false;
  }
}

/** What was offered last, if it is still there. */
export function draft(): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isDraft(kept) ? kept : undefined;
  } catch {
    // Not ours, or not to be had: as if there were none.
    return undefined;
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { file, text, basedOn } = value as Record<string, unknown>;
  return (
    typeof file === "string" &&
    typeof text === "string" &&
    (basedOn === undefined || typeof basedOn === "string")
  );
}
