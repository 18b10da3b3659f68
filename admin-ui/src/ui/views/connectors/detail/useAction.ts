import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { send } from "../../../api/client";

/** Asks something of the gateway that has no other answer than done; says why if it is refused. */
export function useAction() {
  return useMutation({
    mutationFn: ({ method, path }: { method: "POST" | "PUT"; path: string; done?: string }) =>
      send(method, path),
    onSuccess: (_, { done }) => done !== undefined && notifications.show({ message: done }),
    onError: (error) => notifications.show({ color: "red", message: error.message }),
  });
}
