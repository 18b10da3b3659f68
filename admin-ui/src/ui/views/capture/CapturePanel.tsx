import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { ApiError } from "../../api/client";
import type { Capture } from "../../api/schema";
import { Empty, Failure } from "../../components/Notice";
import { Query } from "../../components/Query";
import { State } from "../../components/State";
import { capture as text } from "../../text/en/capture";
import { useAction } from "../connectors/detail/useAction";
import { captureQuery } from "./queries";
import { SnapshotForm } from "./SnapshotForm";
import { SnapshotProgress } from "./SnapshotProgress";
import { Standing } from "./Standing";

/** How far a source that captures a database's changes has come, and what can be asked of it. */
export function CapturePanel({ connector }: { connector: string }) {
  const query = useQuery(captureQuery(connector));
  if (query.error instanceof ApiError && query.error.problem?.code === "no-capture") {
    return <Empty title={text.notCapturing}>{text.notCapturingCure}</Empty>;
  }
  return (
    <Query query={query}>
      {(capture) => (
        <Stack gap="lg">
          <Shown capture={capture} />
        </Stack>
      )}
    </Query>
  );
}

function Shown({ capture }: { capture: Capture }) {
  const { connector, state, capture: known } = capture;
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <State state={state} />
          {known !== undefined && <Text fw={600}>{text.phases[known.phase]}</Text>}
        </Group>
        <PauseButton capture={capture} />
      </Group>
      {known === undefined ? (
        <Empty title={text.notConnected}>{text.notConnectedCure}</Empty>
      ) : (
        <>
          {state !== "RUNNING" && <Text c="dimmed">{text.stale}</Text>}
          <Standing capture={known} />
          <section>
            <Title order={2} size="h4" mb="xs">
              {text.snapshots}
            </Title>
            <SnapshotProgress snapshots={known.snapshots} />
          </section>
          <section>
            <Title order={2} size="h4" mb="xs">
              {text.ask}
            </Title>
            <SnapshotForm
              connector={connector}
              known={known.tables}
            />
          </section>
        </>
      )}
    </>
  );
}

function PauseButton({ capture: { connector, target } }: { capture: Capture }) {
  const wish = target === "STARTED" ? "pause" : "resume";
  const action = useAction(connector);
  return (
    <Stack gap="xs" align="flex-end">
      <Button
        variant="default"
        leftSection={wish === "pause" ? <Pause size={16} /> : <Play size={16} />}
        loading={action.isPending}
        onClick={() => action.ask({ method: "PUT", what: wish })}
      >
        {text[wish]}
      </Button>
      {action.error && <Failure error={action.error} />}
    </Stack>
  );
}
