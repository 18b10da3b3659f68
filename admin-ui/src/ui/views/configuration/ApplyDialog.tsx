import { Button, Group, List, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConfigPlan } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { configuration as text } from "../../text/en/configuration";
import { configFilesQuery, type Edits, writeFiles } from "./queries";

/** Says once more what restarts and what goes, then writes and applies. */
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
  return (
    <Modal opened={opened} onClose={close} title={text.confirmTitle}>
      <Stack>
        <List>
          {consequences(plan).map((line) => (
            <List.Item key={line} className="wrap-anywhere">
              {line}
            </List.Item>
          ))}
        </List>
        {write.error && <Failure error={write.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} disabled={write.isPending}>
            {text.cancel}
          </Button>
          <Button onClick={() => write.mutate()} loading={write.isPending} data-autofocus>
            {text.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What someone should know who applies a plan. */
export function consequences(plan: ConfigPlan): string[] {
  const names = (action: string) =>
    plan.connectors.filter((change) => change.action === action).map(({ name }) => name);
  const restarted = names("change");
  const removed = names("remove");
  return [
    ...(restarted.length > 0 ? [text.restarted(restarted.join(", "))] : []),
    ...(removed.length > 0 ? [text.removed(removed.join(", "))] : []),
    ...(restarted.length + removed.length === 0 ? [text.noDisruption] : []),
    ...(plan.server.length > 0 ? [text.needsRestart] : []),
  ];
}
