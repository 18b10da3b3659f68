import { Button, Group, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { createLink } from "@tanstack/react-router";
import { ChevronDown, Pause, Pencil, Play, RotateCw, Square, Trash } from "lucide-react";
import { lazy, Suspense } from "react";
import { path } from "../../../api/client";
import type { Connector } from "../../../api/schema";
import { connector as text } from "../../../text/en/connector";
import { useAction } from "./useAction";

const ViewItem = createLink(Menu.Item<"a">);
const DeleteConnector = lazy(() => import("./DeleteConnector"));

/** What can be done with a connector as a whole. */
export function Actions({ connector }: { connector: Connector }) {
  const action = useAction();
  const [isDeleting, { open, close }] = useDisclosure();
  const { name, target } = connector;
  const ask = (method: "POST" | "PUT", what: string, done?: string) => () =>
    action.mutate({
      method,
      path: `${path`/connectors/${name}`}/${what}`,
      ...(done !== undefined && { done }),
    });
  const isRestartable = target !== "STOPPED";
  return (
    <Group gap="xs">
      {target === "STARTED" ? (
        <Button
          variant="default"
          leftSection={<Pause size={16} aria-hidden />}
          onClick={ask("PUT", "pause")}
        >
          {text.actions.pause}
        </Button>
      ) : (
        <Button leftSection={<Play size={16} aria-hidden />} onClick={ask("PUT", "resume")}>
          {text.actions.resume}
        </Button>
      )}
      {target !== "STOPPED" && (
        <Button
          variant="default"
          leftSection={<Square size={16} aria-hidden />}
          onClick={ask("PUT", "stop")}
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
          >
            {text.actions.moreShort}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<RotateCw size={16} aria-hidden />}
            disabled={!isRestartable}
            onClick={ask("POST", "restart", text.actions.restarted(name))}
          >
            {text.actions.restart}
          </Menu.Item>
          <Menu.Item
            leftSection={<RotateCw size={16} aria-hidden />}
            disabled={!isRestartable || connector.state !== "FAILED"}
            onClick={ask("POST", "restart?onlyFailed=true", text.actions.restarted(name))}
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
  );
}
