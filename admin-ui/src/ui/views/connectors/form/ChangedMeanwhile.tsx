import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { GitPullRequestArrow } from "lucide-react";
import { CodeEditor } from "../../../components/CodeEditor";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { type Spec, writeSpec } from "./specYaml";

/** For who was about to save over what somebody else has changed meanwhile. */
export function ChangedMeanwhile(props: {
  mine: string;
  theirs: Spec;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const { mine, theirs, onKeepMine, onTakeTheirs } = props;
  return (
    <Alert
      color="orange"
      icon={<GitPullRequestArrow size={18} />}
      title={text.changedMeanwhile}
    >
      <Stack gap="sm">
        <Text size="sm">{text.changedMeanwhileText}</Text>
        <CodeEditor
          readOnly
          language="yaml"
          ariaLabel={text.mineAndTheirs}
          value={mine}
          original={writeSpec("", theirs)}
        />
        <Group>
          <Button size="xs" variant="default" onClick={onKeepMine}>
            {text.keepMine}
          </Button>
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            {text.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
