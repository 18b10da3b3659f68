export const states = {
  UNASSIGNED: "not started",
  RUNNING: "running",
  PAUSED: "paused",
  FAILED: "failed",
  RESTARTING: "restarting",
  STOPPED: "stopped",
} as const;
