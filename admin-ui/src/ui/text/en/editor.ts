export const editor = {
  hint: "Tab indents. To leave the editor by keyboard, press Escape and then Tab.",
  readOnlyHint: "This text can be read and copied, not changed.",
  mixedLineEnds:
    "Some lines of this text end with LF, others with CR or CR LF. Once it is changed here, all end with LF.",
} as const;
