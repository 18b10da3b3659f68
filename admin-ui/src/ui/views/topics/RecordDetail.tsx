import { Button, Code, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Record as TopicRecord } from "../../api/schema";
import { Copy } from "../../components/Copy";
import { download } from "../../components/download";
import { QueryFailure } from "../../components/Query";
import { TimeOf } from "../../components/Time";
import { common } from "../../text/en/common";
import { topic as text } from "../../text/en/topic";
import { HeaderTable } from "./HeaderTable";
import { bestForm, bytesOf, type Form, format, type Payload } from "./payload";
import { keyOf, valueOf } from "./RecordTable";
import styles from "./RecordTable.module.css";

type Content = Pick<TopicRecord, "key" | "keyEncoding" | "value" | "encoding">;

/**
 * One record as a whole: time, key, value in any form, headers. What is shown as text or bytes, copied
 * and downloaded is what is stored, so that has to be asked for as text.
 */
export function RecordDetail(props: { record: TopicRecord; stored: UseQueryResult<Content> }) {
  const { record, stored } = props;
  return (
    <Stack>
      <Text>
        <TimeOf millis={record.timestamp} />
      </Text>
      <QueryFailure query={stored} />
      <Part
        title={text.key}
        payload={keyOf(record)}
        stored={stored.data && keyOf(stored.data)}
        isPending={stored.isPending}
        none={text.none}
        name="key"
      />
      <Part
        title={text.value}
        payload={valueOf(record)}
        stored={stored.data && valueOf(stored.data)}
        isPending={stored.isPending}
        none={text.tombstone}
        name="value"
      />
      <section>
        <Title order={3} size="h5">
          {text.headers}
        </Title>
        {record.headers.length === 0 ? (
          <Text c="dimmed">{text.noHeaders}</Text>
        ) : (
          <HeaderTable headers={record.headers} />
        )}
      </section>
    </Stack>
  );
}

const FORMS = Object.entries(text.forms).map(([value, label]) => ({ value: value as Form, label }));

function Part(props: {
  title: string;
  payload: Payload;
  /** The same as text; undefined until it is there. */
  stored: Payload | undefined;
  isPending: boolean;
  none: string;
  name: string;
}) {
  const { title, payload, stored, isPending, none, name } = props;
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
  const source = form === "json" ? payload : (stored ?? (isReadable(payload, form) ? payload : undefined));
  const shown = source && format(source, form);
  // JSON is shown with other spaces than it is stored with.
  const copied = form === "json" && isText(stored) ? format(stored, "text") : shown;
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
          <Copy size="xs" disabled={stored === undefined} value={copied ?? ""} />
          <Button
            size="xs"
            variant="default"
            disabled={stored === undefined}
            onClick={() => stored && download(new Uint8Array(bytesOf(stored)), name)}
          >
            {text.download}
          </Button>
        </Group>
      </Group>
      {(shown !== undefined || isPending) && (
        <Code block className={`${styles["content"]} ${form === "hex" ? styles["hex"] : ""}`}>
          {shown ?? common.loading}
        </Code>
      )}
    </section>
  );
}

/** Whether it can be shown before what is stored is there. Of a text it may lack the quotes of JSON. */
const isReadable = ({ content, encoding }: Payload, form: Form) =>
  encoding === "base64" || (form === "text" && typeof content === "string");

const isText = (stored: Payload | undefined): stored is Payload =>
  stored !== undefined && stored.encoding !== "base64";
