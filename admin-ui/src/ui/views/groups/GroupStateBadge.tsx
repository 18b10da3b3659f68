import { Badge } from "@mantine/core";
import type { GroupState } from "../../api/schema";
import { groups as text } from "../../text/en/groups";

const COLORS: Record<GroupState, string> = {
  STABLE: "green",
  EMPTY: "gray",
  PREPARING_REBALANCE: "orange",
  COMPLETING_REBALANCE: "orange",
  ASSIGNING: "orange",
  RECONCILING: "orange",
  DEAD: "red",
  UNKNOWN: "gray",
};

/** A group's state in a word and a colour. */
export function GroupStateBadge({ state }: { state: GroupState }) {
  return (
    <Badge color={COLORS[state]} variant="light" tt="none">
      {text.states[state]}
    </Badge>
  );
}
