import { Button, Group, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DeadLetterJob } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { deadLetters as text } from "../../text/en/deadletters";
import { type Edit, resend, type Selected } from "./queries";

interface Question {
  topic: string;
  selected: Selected;
  /** How many letters that are, in words. */
  letters: string;
  /** What to say if they, or some of them, may have been sent before. */
  warning?: string | undefined;
  edit?: Edit | undefined;
  onJob: (job: DeadLetterJob) => void;
}

/** Says where letters go if they are sent again, lets another place be chosen, and sends them. */
export function SendDialog({
  opened,
  onClose,
  ...question
}: Question & { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={text.sendTitle(question.letters)} size="lg">
      <Form {...question} onClose={onClose} />
    </Modal>
  );
}

/** Lives as long as the dialog is open: each opening begins anew. */
function Form({ topic, selected, warning, edit, onJob, onClose }: Question & { onClose: () => void }) {
  const [to, setTo] = useState<"origin" | "topic">("origin");
  const [name, setName] = useState("");
  const act = useMutation({
    mutationFn: () =>
      resend(
        topic,
        selected,
        { to, ...(to === "topic" && name.trim() !== "" && { topic: name.trim() }) },
        edit,
      ),
    onSuccess: onJob,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.isPending) {
          act.mutate();
        }
      }}
    >
      <Stack>
        <Radio.Group
          label={text.target}
          value={to}
          onChange={(value) => setTo(value === "topic" ? "topic" : "origin")}
        >
          <Stack mt="xs">
            <Radio value="origin" label={text.toOrigin} description={text.toOriginHelp} />
            <Radio value="topic" label={text.toTopicTarget} description={text.toTopicHelp} />
          </Stack>
        </Radio.Group>
        {to === "topic" && (
          <TextInput
            label={text.topicName}
            description={text.topicNameHelp}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {warning !== undefined && <Text size="sm">{warning}</Text>}
        <Text size="sm" c="dimmed">
          {text.repeatHelp}
        </Text>
        {act.error && <Failure error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={act.isPending}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={act.isPending} data-autofocus>
            {text.send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
