import { Alert, Button, Group, List, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { DeadLetterJob } from "../../api/schema";
import { count } from "../../components/format";
import { Failure } from "../../components/Notice";
import { deadLetters as text } from "../../text/en/deadletters";
import { cancel } from "./queries";
import { useJob } from "./useJob";

const COLORS: Record<string, string> = {
  running: "blue",
  done: "green",
  cancelled: "gray",
  failed: "red",
};

/** A job as it goes on: how far it is, what it could not do, and a way to stop it. */
export function JobPanel({ started, onClose }: { started: DeadLetterJob; onClose: () => void }) {
  const { job, isForgotten } = useJob(started);
  const stop = useMutation({ mutationFn: () => cancel(job.id) });
  const isRunning = job.state === "running";
  const part = job.total === 0 ? 100 : (100 * job.examined) / job.total;
  const what = job.act === "sent" ? text.job.sent : text.job.discarded;
  const end = (
    <Button size="xs" variant="default" onClick={onClose}>
      {text.job.close}
    </Button>
  );
  if (isForgotten) {
    return (
      <Alert color="orange" title={`${what}: ${text.job.forgotten}`}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm" role="status">
            {text.job.forgottenMeans}
          </Text>
          {end}
        </Stack>
      </Alert>
    );
  }
  return (
    <Alert
      color={job.state === "done" && job.refused > 0 ? "orange" : (COLORS[job.state] ?? "gray")}
      title={`${what}: ${text.job.states[job.state as keyof typeof text.job.states] ?? job.state}`}
    >
      <Stack gap="xs">
        <Progress.Root>
          <Progress.Section
            value={isRunning ? part : 100}
            animated={isRunning}
            color={COLORS[job.state] ?? "gray"}
            aria-label={what}
          />
        </Progress.Root>
        <Text size="sm" role="status">
          {text.job.progress(count(job.done), count(job.refused))}
        </Text>
        {job.error !== undefined && <Text size="sm">{job.error}</Text>}
        {job.refusals.length > 0 && (
          <>
            <Text size="sm">{text.job.refusals}:</Text>
            <List size="sm">
              {job.refusals.map(({ letter, reason }) => (
                <List.Item key={letter} className="wrap-anywhere">
                  {letter}: {reason}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {stop.error && <Failure error={stop.error} />}
        <Group>
          {isRunning ? (
            <Button
              size="xs"
              variant="default"
              loading={stop.isPending}
              onClick={() => stop.mutate()}
            >
              {text.job.stop}
            </Button>
          ) : (
            end
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
