export const editor = {
  hint: "Tab indents. To leave the editor by keyboard, press Escape and then Tab.",
  readOnlyHint: "This text can be read and copied, not changed.",
} as const;
