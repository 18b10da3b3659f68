import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queries } from "../../../api/queries";
import type { Connector } from "../../../api/schema";
import { ConfirmByName } from "../../../components/ConfirmByName";
import { Failure } from "../../../components/Notice";
import { Query } from "../../../components/Query";
import { positions as text } from "../../../text/en/positions";
import { useAction } from "../detail/useAction";
import { offsetsQuery, resetOffsets } from "./offsets";
import { SinkPositions } from "./SinkPositions";
import { SourcePositions } from "./SourcePositions";
import { useFollowPositions } from "./useFollowPositions";

/** Where a connector is, and, once it has stopped, where it is to go on. */
export function PositionsTab({ connector }: { connector: Connector }) {
  const { name, kind } = connector;
  const isStopped =
    connector.target === "STOPPED" &&
    connector.taskDetails.every(({ state }) => state === "STOPPED");
  const isElsewhere = kind === "sink" && connector.delivery === "exactly-once";
  const query = useQuery(offsetsQuery(name));
  const refresh = () => queries.invalidateQueries(offsetsQuery(name));
  useEffect(() => {
    // What a task did last is stored when it has stopped.
    void queries.invalidateQueries(offsetsQuery(name));
    void queries.invalidateQueries({ queryKey: ["topics"], refetchType: "active" });
  }, [name, isStopped]);
  useFollowPositions(name, connector.reads.length, !isStopped);
  const changed = async () => {
    notifications.show({ message: text.changed });
    await refresh();
  };
  const canChange = isStopped && !isElsewhere;
  return (
    <Stack>
      {isElsewhere ? (
        <Alert color="gray" title={text.elsewhere}>
          {text.elsewhereWhy}
        </Alert>
      ) : (
        <MayChange connector={connector} isStopped={isStopped} />
      )}
      <Query query={query}>
        {(offsets) => {
          const props = { connector, offsets, canChange, onChanged: changed };
          return kind === "source" ? <SourcePositions {...props} /> : <SinkPositions {...props} />;
        }}
      </Query>
      {canChange && <Reset connector={connector} onReset={changed} />}
    </Stack>
  );
}

/** Whether positions can be changed, and how to get there and back. */
function MayChange({ connector, isStopped }: { connector: Connector; isStopped: boolean }) {
  const action = useAction(connector.name);
  const ask = (what: "stop" | "resume") => action.ask({ method: "PUT", what });
  const refusal = action.error && <Failure error={action.error} />;
  if (isStopped) {
    return (
      <>
        {refusal}
        <Alert color="green">
          <Group justify="space-between">
            <Text size="sm">{text.stopped}</Text>
            <Button size="xs" variant="default" loading={action.isPending} onClick={() => ask("resume")}>
              {text.resume}
            </Button>
          </Group>
        </Alert>
      </>
    );
  }
  return (
    <>
      {refusal}
      <Alert color="gray" title={text.stopFirst}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">
            {connector.target === "STOPPED" ? text.stopping : text.stopFirstWhy}
          </Text>
          {connector.target !== "STOPPED" && (
            <Button size="xs" variant="default" loading={action.isPending} onClick={() => ask("stop")}>
              {text.stop}
            </Button>
          )}
        </Stack>
      </Alert>
    </>
  );
}

function Reset({ connector, onReset }: { connector: Connector; onReset: () => Promise<void> }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <div>
      <Button variant="default" color="red" onClick={open}>
        {text.reset}
      </Button>
      <ConfirmByName
        opened={isOpen}
        onClose={close}
        title={text.resetTitle}
        name={connector.name}
        action={text.resetAction}
        run={async () => {
          await resetOffsets(connector.name);
          await onReset();
        }}
      >
        <Text>{connector.kind === "source" ? text.resetLosesSource : text.resetLosesSink}</Text>
      </ConfirmByName>
    </div>
  );
}
