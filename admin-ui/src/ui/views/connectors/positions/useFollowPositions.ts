import { useQuery, useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../../api/queries";
import { useOnChange } from "../../../components/useOnChange";
import { offsetsQuery } from "./offsets";

/** Where a connector that carries is, is asked for so often. */
const FOLLOW_MILLIS = 2_000;

/** Asks anew for positions while overviews, which come by themselves, tell that the connector carries. */
export function useFollowPositions(name: string, isRunning: boolean): void {
  const { data } = useQuery({
    ...overviewQuery,
    select: ({ connectors }) => connectors.find((connector) => connector.name === name),
  });
  const cache = useQueryClient();
  useOnChange(
    isRunning ? data : undefined,
    () => {
      void cache.invalidateQueries(offsetsQuery(name));
      void cache.invalidateQueries({ queryKey: ["topics"], refetchType: "active" });
    },
    FOLLOW_MILLIS,
  );
}
