import { Badge } from "@mantine/core";
import type { TaskState } from "../api/schema";
import { states } from "../text/en/states";

const COLORS: Record<TaskState, string> = {
  RUNNING: "green",
  FAILED: "red",
  RESTARTING: "orange",
  PAUSED: "gray",
  STOPPED: "gray",
  UNASSIGNED: "gray",
};

/** A connector's or task's state in a word and a colour. */
export function State({ state }: { state: TaskState }) {
  return (
    <Badge color={COLORS[state]} variant="light" tt="none">
      {states[state]}
    </Badge>
  );
}
