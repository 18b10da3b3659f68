import { useQuery, useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../../api/queries";
import { useOnChange } from "../../../components/useOnChange";
import { offsetsQuery } from "./offsets";

/** Where a connector that carries is, is asked for so often. */
const FOLLOW_MILLIS = 2_000;

/** Each of its topics is a request of its own: so many are sent in a second, or less. */
const TOPICS_PER_SECOND = 5;

/**
 * Asks anew for positions while overviews, which come by themselves, tell that the connector carries;
 * for its topics the less often the more there are.
 */
export function useFollowPositions(name: string, topics: number, isRunning: boolean): void {
  const { data } = useQuery({
    ...overviewQuery,
    select: ({ connectors }) => connectors.find((connector) => connector.name === name),
  });
  const cache = useQueryClient();
  const followed = isRunning ? data : undefined;
  useOnChange(followed, () => void cache.invalidateQueries(offsetsQuery(name)), FOLLOW_MILLIS);
  useOnChange(
    followed,
    () => void cache.invalidateQueries({ queryKey: ["topics"], refetchType: "active" }),
    Math.max(FOLLOW_MILLIS, (topics / TOPICS_PER_SECOND) * 1_000),
  );
}
