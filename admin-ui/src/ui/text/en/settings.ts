interface Range {
  minimum?: number;
  maximum?: number;
}

export const settings = {
  unset: "Not set",
  unsetIs: (standard: string) => `Not set: ${standard}`,
  standard: (standard: string) => `Unless set: ${standard}.`,
  noDefault: "Unless set: none.",
  yes: "yes",
  no: "no",
  own: (names: string) => `Set: ${names}`,
  byNobody: "Not set: reading deletes nothing",
  byAll: "By all readers",
  byNamed: "By these groups",
  names: "Groups, one a line",
  mistakes: {
    duration: () => "Write a number and ms, s, m, h or d, such as 7d.",
    size: () => "Write a number and a unit, such as 10GiB.",
    number: () => "Write a number.",
    range: ({ minimum, maximum }: Range) => `Between ${minimum} and ${maximum}.`,
    missing: () => "Something is needed here.",
    names: () => "Name at least one.",
  },
  save: "Save",
  undo: "Undo",
  saved: "The settings are changed.",
  unchanged: "Nothing is changed.",
  declared: "Declared in the configuration file",
  declaredMeans:
    "What the file says comes back the next time the configuration is applied, whatever else has changed in it, and at the next start. Change it there to keep it.",
  confirmTitle: "Save, and lose records?",
  internal: "The gateway’s own topic: it can be read but not changed.",
} as const;
