import { Badge } from "@mantine/core";
import type { GroupState, TaskState } from "../../api/schema";
import { State } from "../../components/State";
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

/**
 * A group's state in a word and a colour: that of its connector, if it is one's. Connectors read without
 * joining, so that their groups would always seem empty.
 */
export function GroupStateBadge({
  state,
  connector,
}: {
  state: GroupState;
  /** The state of its connector, if it has one. */
  connector: TaskState | undefined;
}) {
  return connector !== undefined ? (
    <State state={connector} />
  ) : (
    <Badge color={COLORS[state]} variant="light" tt="none">
      {text.states[state]}
    </Badge>
  );
}
