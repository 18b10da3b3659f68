import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConfigPlan } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { Failure } from "../../components/Notice";
import { configuration as text } from "../../text/en/configuration";
import { losses } from "../topics/losses";
import { configFilesQuery, type Edits, writeFiles } from "./queries";

/**
 * Says once more what restarts and what goes, then writes and applies. Where something is lost or
 * removed, it wants that typed. What was refused is not sent again from here: what it would do may be
 * something else by then.
 */
export function ApplyDialog(props: {
  opened: boolean;
  onClose: () => void;
  plan: ConfigPlan;
  version: string;
  edits: Edits;
  onApplied: () => void;
}) {
  const { opened, onClose, plan, version, edits, onApplied } = props;
  const queries = useQueryClient();
  const write = useMutation({
    mutationFn: () => writeFiles(version, edits),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: configFilesQuery.queryKey });
      notifications.show({ message: text.applied, color: "green" });
      onApplied();
      onClose();
    },
    // Whatever it was, what is there now decides how to go on.
    onError: () => void queries.invalidateQueries({ queryKey: configFilesQuery.queryKey }),
  });
  const close = () => {
    if (!write.isPending) {
      write.reset();
      onClose();
    }
  };
  const lines = (
    <>
      <List>
        {consequences(plan).map((line) => (
          <List.Item key={line} className="wrap-anywhere">
            {line}
          </List.Item>
        ))}
      </List>
      {write.isError && <Text size="sm">{text.refused}</Text>}
    </>
  );
  const endangered = atStake(plan);
  const [only] = endangered;
  if (only !== undefined) {
    return (
      <ConfirmByName
        opened={opened}
        onClose={close}
        title={text.confirmTitle}
        isReady={!write.isError}
        name={endangered.length === 1 ? only : String(endangered.length)}
        {...(endangered.length > 1 && { label: text.confirmCount })}
        action={text.confirm}
        run={() => write.mutateAsync()}
      >
        {lines}
      </ConfirmByName>
    );
  }
  return (
    <Modal opened={opened} onClose={close} title={text.confirmTitle}>
      <Stack>
        {lines}
        {write.error && <Failure error={write.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} disabled={write.isPending}>
            {text.cancel}
          </Button>
          {!write.isError && (
            <Button onClick={() => write.mutate()} loading={write.isPending} data-autofocus>
              {text.confirm}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** What someone should know who applies a plan. */
export function consequences(plan: ConfigPlan): string[] {
  const { restarted, replaced, removed } = connectorsOf(plan);
  const deleted = plan.topics.flatMap(({ name, differences }) => losses(name, differences));
  const isQuiet = restarted.length + replaced.length + removed.length + deleted.length === 0;
  return [
    ...(restarted.length > 0 ? [text.restarted(restarted.join(", "))] : []),
    ...(replaced.length > 0 ? [text.replaced(replaced.join(", "))] : []),
    ...(removed.length > 0 ? [text.removed(removed.join(", "))] : []),
    ...deleted,
    ...(isQuiet ? [text.noDisruption] : []),
    ...(plan.server.length > 0 ? [text.needsRestart] : []),
  ];
}

/** The connectors and topics that go, or lose something, for good. */
export function atStake(plan: ConfigPlan): string[] {
  const { replaced, removed } = connectorsOf(plan);
  const shortened = plan.topics.filter(({ name, differences }) => losses(name, differences).length > 0);
  return [...replaced, ...removed, ...shortened.map(({ name }) => name)];
}

function connectorsOf({ connectors }: ConfigPlan) {
  const changed = connectors.filter(({ action }) => action === "change");
  const names = (changes: typeof connectors) => changes.map(({ name }) => name);
  return {
    restarted: names(changed.filter(({ replaces }) => !replaces)),
    replaced: names(changed.filter(({ replaces }) => replaces)),
    removed: names(connectors.filter(({ action }) => action === "remove")),
  };
}
