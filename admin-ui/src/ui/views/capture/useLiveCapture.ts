import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { path } from "../../api/client";
import { follow } from "../../api/follow";
import type { Capture } from "../../api/schema";
import { captureQuery } from "./queries";

/** Puts what the gateway tells of a capture into the query cache, and says whether it is silent. */
export function useLiveCapture(connector: string, isWanted: boolean): boolean {
  const cache = useQueryClient();
  const [isLost, setLost] = useState(false);

  useEffect(() => {
    if (!isWanted) {
      return;
    }
    setLost(false);
    return follow(path`/api/v1/connectors/${connector}/capture/stream`, {
      onMessage: (data) => {
        cache.setQueryData(captureQuery(connector).queryKey, JSON.parse(data) as Capture);
        setLost(false);
      },
      onLost: () => setLost(true),
      onProblem: () => setLost(true),
    });
  }, [cache, connector, isWanted]);

  return isLost;
}
