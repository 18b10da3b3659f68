import { Button, Group, Menu, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { createLink } from "@tanstack/react-router";
import { ChevronDown, Pause, Pencil, Play, RotateCw, Square, Trash } from "lucide-react";
import { lazy, Suspense } from "react";
import type { Connector } from "../../../api/schema";
import { Failure } from "../../../components/Notice";
import { connector as text } from "../../../text/en/connector";
import { useAction } from "./useAction";

const ViewItem = createLink(Menu.Item<"a">);
const DeleteConnector = lazy(() => import("./DeleteConnector"));

/** What can be done with a connector as a whole. */
export function Actions({ connector }: { connector: Connector }) {
  const action = useAction(connector.name);
  const [isDeleting, { open, close }] = useDisclosure();
  const { name, target } = connector;
  const change = (what: "pause" | "resume" | "stop") => ({
    loading: action.pending === what,
    disabled: action.isPending,
    onClick: () => action.ask({ method: "PUT", what }),
  });
  const restart = (what: string) => () =>
    action.ask({ method: "POST", what, done: text.actions.restarted(name) });
  const isRestartable = target !== "STOPPED";
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {target === "STARTED" ? (
          <Button
            variant="default"
            leftSection={<Pause size={16} aria-hidden />}
            {...change("pause")}
          >
            {text.actions.pause}
          </Button>
        ) : (
          <Button leftSection={<Play size={16} aria-hidden />} {...change("resume")}>
            {text.actions.resume}
          </Button>
        )}
        {target !== "STOPPED" && (
          <Button
            variant="default"
            leftSection={<Square size={16} aria-hidden />}
            {...change("stop")}
          >
            {text.actions.stop}
          </Button>
        )}
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button
              variant="default"
              rightSection={<ChevronDown size={16} aria-hidden />}
              aria-label={text.actions.more}
              loading={action.pending?.startsWith("restart") ?? false}
            >
              {text.actions.moreShort}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<RotateCw size={16} aria-hidden />}
              disabled={!isRestartable}
              onClick={restart("restart")}
            >
              {text.actions.restart}
            </Menu.Item>
            <Menu.Item
              leftSection={<RotateCw size={16} aria-hidden />}
              disabled={!isRestartable || connector.state !== "FAILED"}
              onClick={restart("restart?onlyFailed=true")}
            >
              {text.actions.restartFailed}
            </Menu.Item>
            <Menu.Divider />
            <ViewItem
              to="/ui/connectors/$connector/edit"
              params={{ connector: name }}
              leftSection={<Pencil size={16} aria-hidden />}
            >
              {text.actions.edit}
            </ViewItem>
            <Menu.Item color="red" leftSection={<Trash size={16} aria-hidden />} onClick={open}>
              {text.actions.delete}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {isDeleting && (
          <Suspense>
            <DeleteConnector connector={connector} opened onClose={close} />
          </Suspense>
        )}
      </Group>
      {action.error && <Failure error={action.error} />}
    </Stack>
  );
}
