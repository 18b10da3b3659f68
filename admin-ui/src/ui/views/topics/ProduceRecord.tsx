import { Alert, Button, Drawer, Group, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { path, send } from "../../api/client";
import type { Produced, Topic } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { produce as text } from "../../text/en/produce";
import { KeyField, ValueField } from "./ContentFields";
import { HeaderFields } from "./HeaderFields";
import { bodyOf, fault, NEW_RECORD, type NewRecord } from "./produce";
import { lookAgain } from "./queries";

const BY_KEY = "by key";

/**
 * Writes a record. Stays open for the next one, and keeps what was typed, also while it is closed.
 */
export function ProduceRecord(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { topic, opened, onClose } = props;
  const [record, setRecord] = useState(NEW_RECORD);
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="xl" title={text.title}>
      <Form
        topic={topic}
        record={record}
        onChange={(next) => setRecord((old) => ({ ...old, ...next }))}
      />
    </Drawer>
  );
}

function Form(props: {
  topic: Topic;
  record: NewRecord;
  onChange: (next: Partial<NewRecord>) => void;
}) {
  const { topic, record, onChange } = props;
  const { partition, key, value, headers } = record;
  const write = useMutation({
    mutationFn: async () => {
      const written = await send<Produced>(
        "POST",
        path`/api/v1/topics/${topic.name}/records`,
        bodyOf(record),
      );
      await lookAgain(topic.name);
      return written.records[0];
    },
  });
  const isReady = fault(key) === undefined && fault(value) === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !write.isPending) {
      write.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label={text.partition}
          maw={240}
          allowDeselect={false}
          searchable={topic.partitions > 10}
          limit={50}
          value={partition === undefined ? BY_KEY : String(partition)}
          data={[
            { value: BY_KEY, label: text.byKey },
            ...topic.partitionDetails.map((one) => String(one.partition)),
          ]}
          onChange={(next) => onChange({ partition: next === BY_KEY ? undefined : Number(next) })}
        />
        <KeyField content={key} onChange={(next) => onChange({ key: next })} />
        <ValueField content={value} onChange={(next) => onChange({ value: next })} />
        <HeaderFields headers={headers} onChange={(next) => onChange({ headers: next })} />
        {write.error && <Failure error={write.error} />}
        {write.data && (
          <Alert color="green" role="status">
            {text.written(write.data.partition, write.data.offset)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady} loading={write.isPending}>
            {text.write}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
