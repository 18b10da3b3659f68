export const leave = {
  title: "Leave, and lose your changes?",
  loses: "What you have changed here is kept nowhere: it is lost when you leave.",
  leave: "Leave",
  stay: "Stay",
} as const;
