import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { GitPullRequestArrow, Info, KeyRound, Lock, TriangleAlert } from "lucide-react";
import type { ConfigFile, ConfigFiles } from "../../api/schema";
import { configuration as text } from "../../text/en/configuration";
import type { Editing } from "./useEdits";

/** What one must know of the file before one changes it. */
export function FileNotices(props: {
  files: ConfigFiles;
  file: ConfigFile;
  editing: Editing;
  /** Whether the files, as they are without the edits, are in force, as far as is known. */
  isInForce: boolean;
}) {
  const { files, file, editing, isInForce } = props;
  const { handedOver } = editing;
  const isKnown = files.files.some(({ name }) => name === handedOver);
  return (
    <>
      {handedOver !== undefined && (
        <Alert icon={<Info size={18} />} color={isKnown ? "blue" : "orange"}>
          {isKnown ? text.handedOver(handedOver) : text.lostDraft(handedOver)}
        </Alert>
      )}
      {editing.isStale && (
        <Alert
          color="orange"
          icon={<GitPullRequestArrow size={18} />}
          title={text.changedElsewhere}
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{text.changedElsewhereText}</Text>
            <Group>
              <Button size="xs" variant="default" onClick={editing.rebase}>
                {text.keepMine}
              </Button>
              <Button size="xs" variant="default" onClick={editing.drop}>
                {text.takeTheirs}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
      {!isInForce && (
        <Alert color="orange" icon={<TriangleAlert size={18} />} title={text.notInForce}>
          {text.notInForceText}
        </Alert>
      )}
      {file.hidden !== undefined && (
        <Alert color="red" icon={<TriangleAlert size={18} />} title={text.hidden}>
          {file.hidden}
        </Alert>
      )}
      {file.readOnly !== undefined && (
        <Alert color="gray" icon={<Lock size={18} />} title={text.readOnly(file.readOnly)}>
          {text.readOnlyCure}
        </Alert>
      )}
      {file.secrets > 0 && (
        <Alert color="gray" icon={<KeyRound size={18} />}>
          {text.secrets(file.secrets)} {text.secretsCure}
        </Alert>
      )}
    </>
  );
}
