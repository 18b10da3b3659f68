export const confirm = {
  type: "To go on, type the name",
  cancel: "Cancel",
} as const;
