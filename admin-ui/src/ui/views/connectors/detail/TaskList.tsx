import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { useGatewayTime } from "../../../api/queries";
import type { Connector, Task } from "../../../api/schema";
import { Fact } from "../../../components/Fact";
import { count, size } from "../../../components/format";
import { Failure } from "../../../components/Notice";
import { State } from "../../../components/State";
import { Ago, Time } from "../../../components/Time";
import { connector as text } from "../../../text/en/connector";
import { ErrorDetail } from "./ErrorDetail";
import { NextTry } from "./NextTry";
import { useAction } from "./useAction";

/** A connector's tasks, each with what is wrong with it. */
export function TaskList({ connector }: { connector: Connector }) {
  return (
    <Stack>
      {connector.taskDetails.map((task) => (
        <TaskCard key={task.id} connector={connector} task={task} />
      ))}
    </Stack>
  );
}

function TaskCard({ connector, task }: { connector: Connector; task: Task }) {
  const action = useAction(connector.name);
  const now = useGatewayTime();
  const restart = () =>
    action.ask({
      method: "POST",
      what: `tasks/${task.id}/restart`,
      done: text.actions.restarted(text.task(task.id)),
    });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={`task-${task.id}`}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2} size="h4" id={`task-${task.id}`}>
              {text.task(task.id)}
            </Title>
            <State state={task.state} />
            <Text size="sm" c="dimmed">
              {text.inState}{" "}
              {now === undefined ? <Time at={task.since} /> : <Ago at={task.since} now={now} />}
            </Text>
          </Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<RotateCw size={14} aria-hidden />}
            loading={action.isPending}
            disabled={connector.target === "STOPPED"}
            onClick={restart}
            aria-label={`${text.restartTask} ${task.id}`}
          >
            {text.actions.restart}
          </Button>
        </Group>
        {action.error && <Failure error={action.error} />}
        <Counters task={task} kind={connector.kind} />
        {task.error && (
          <ErrorDetail
            error={task.error}
            trace={task.trace}
            next={<NextTry task={task} now={now} />}
          />
        )}
      </Stack>
    </Paper>
  );
}

function Counters({ task, kind }: { task: Task; kind: string }) {
  const shown = [
    [text.records, count(task.records)],
    [text.bytes, size(task.bytes)],
    [text.rejected, count(task.rejected)],
    [text.failures, count(task.failures)],
    [text.restarts, count(task.restarts)],
    ...(kind === "source" ? [] : [[text.lag, count(task.lag)] as const]),
  ] as const;
  return (
    <Group component="dl" gap="lg" m={0}>
      {shown.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Group>
  );
}
