import { Text } from "@mantine/core";
import type { Task } from "../../../api/schema";
import { connector as text } from "../../../text/en/connector";

/** When a failed task is tried again; counts down as the gateway tells time. */
export function NextTry({ task, now }: { task: Task; now: string | undefined }) {
  return (
    <Text size="sm" fw={600} component="span">
      {words(task, now)}
    </Text>
  );
}

function words({ state, error }: Task, now: string | undefined): string {
  if (error?.nextAttempt === undefined) {
    return state === "FAILED" ? text.noNextTry : text.nextTryNow;
  }
  const seconds = secondsUntil(error.nextAttempt, now);
  return seconds > 0 ? text.nextTry(seconds) : text.nextTryNow;
}

/** Whole seconds left, as the gateway tells time; 0 when it is due. */
export function secondsUntil(at: string, now: string | undefined): number {
  const millis = Date.parse(at) - (now === undefined ? Date.now() : Date.parse(now));
  return Math.max(0, Math.ceil(millis / 1000));
}
