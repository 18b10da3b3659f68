import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { path, send } from "../../../api/client";

interface Action {
  method: "POST" | "PUT";
  /** What is done with the connector, as its path goes on: "pause". */
  what: string;
  /** What to say once it is done, unless that can be seen. */
  done?: string;
}

/**
 * Asks something of a connector that has no other answer than done. Whoever asks shows that it is under
 * way, and why it was refused.
 */
export function useAction(connector: string) {
  const asking = useMutation({
    mutationFn: ({ method, what }: Action) =>
      send(method, `${path`/connectors/${connector}`}/${what}`),
    onSuccess: (_, { done }) => done !== undefined && notifications.show({ message: done }),
  });
  return {
    ask: asking.mutate,
    error: asking.error,
    isPending: asking.isPending,
    /** What is being done. */
    pending: asking.isPending ? asking.variables.what : undefined,
  };
}
