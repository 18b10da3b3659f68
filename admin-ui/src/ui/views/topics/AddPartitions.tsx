import { Alert, Button, Group, Modal, NumberInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { path, send } from "../../api/client";
import type { Topic } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { topic as text } from "../../text/en/topic";
import { lookAgain } from "./queries";

const MOST = 10_000;

/** Warns of what more partitions mean for keys, and adds them. */
export function AddPartitions(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { topic, opened, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={text.addPartitions}>
      <Form topic={topic} onDone={onClose} />
    </Modal>
  );
}

function Form({ topic, onDone }: { topic: Topic; onDone: () => void }) {
  const [wanted, setWanted] = useState<string | number>(topic.partitions + 1);
  const add = useMutation({
    mutationFn: async () => {
      await send("PATCH", path`/api/v1/topics/${topic.name}`, { partitions: wanted });
      await lookAgain(topic.name);
    },
    onSuccess: onDone,
  });
  const isReady = typeof wanted === "number" && wanted > topic.partitions && wanted <= MOST;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !add.isPending) {
      add.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <NumberInput
          label={text.partitionsWanted}
          description={text.partitionsNow(topic.partitions)}
          allowDecimal={false}
          min={topic.partitions + 1}
          max={MOST}
          value={wanted}
          onChange={setWanted}
          data-autofocus
        />
        <Alert color="orange" icon={<TriangleAlert size={18} />} title={text.keysMove}>
          {text.keysMoveMeans}
        </Alert>
        {add.error && <Failure error={add.error} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady} loading={add.isPending}>
            {text.addPartitions}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
