import { Button, Code, CopyButton, Group, SegmentedControl, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { Record as TopicRecord } from "../../api/schema";
import { TimeOf } from "../../components/Time";
import { topic as text } from "../../text/en/topic";
import { download } from "./download";
import { bestForm, bytesOf, type Form, format, oneLine, type Payload } from "./payload";
import { keyOf, valueOf } from "./RecordTable";
import styles from "./RecordTable.module.css";

/** One record as a whole: time, key, value in any form, headers. */
export function RecordDetail({ record }: { record: TopicRecord }) {
  return (
    <Stack>
      <Text>
        <TimeOf millis={record.timestamp} />
      </Text>
      <Content title={text.key} payload={keyOf(record)} none={text.none} name="key" />
      <Content title={text.value} payload={valueOf(record)} none={text.tombstone} name="value" />
      <section>
        <Title order={3} size="h5">
          {text.headers}
        </Title>
        {record.headers.length === 0 ? (
          <Text c="dimmed">{text.noHeaders}</Text>
        ) : (
          <Table aria-label={text.headers}>
            <Table.Tbody>
              {record.headers.map((header, index) => (
                // Names may repeat; their order does not change.
                <Table.Tr key={`${index}-${header.key}`}>
                  <Table.Th scope="row" className="wrap-anywhere">
                    {header.key}
                  </Table.Th>
                  <Table.Td className="wrap-anywhere">
                    {oneLine({ content: header.value, encoding: header.encoding }) ?? text.none}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </section>
    </Stack>
  );
}

const FORMS = Object.entries(text.forms).map(([value, label]) => ({ value: value as Form, label }));

function Content(props: { title: string; payload: Payload; none: string; name: string }) {
  const { title, payload, none, name } = props;
  const [form, setForm] = useState<Form>(bestForm(payload));
  if (payload.content === null || payload.content === undefined) {
    return (
      <section>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text c="dimmed" fs="italic">
          {none}
        </Text>
      </section>
    );
  }
  const shown = format(payload, form);
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h5">
          {title}
        </Title>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={title}
            data={FORMS}
            value={form}
            onChange={setForm}
          />
          <CopyButton value={shown}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? text.copied : text.copy}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={() => download(new Uint8Array(bytesOf(payload)), name)}>
            {text.download}
          </Button>
        </Group>
      </Group>
      <Code block className={`${styles["content"]} ${form === "hex" ? styles["hex"] : ""}`}>
        {shown}
      </Code>
    </section>
  );
}
