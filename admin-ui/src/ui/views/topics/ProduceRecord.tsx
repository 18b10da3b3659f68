import {
  ActionIcon,
  Alert,
  Button,
  Drawer,
  Fieldset,
  Group,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useMemo, useState } from "react";
import { path, send } from "../../api/client";
import type { Produced, Topic } from "../../api/schema";
import { CodeEditor } from "../../components/CodeEditor";
import { Failure } from "../../components/Notice";
import { produce as text } from "../../text/en/produce";
import { bodyOf, fault, type Format, type NewHeader, placeOf } from "./produce";
import { lookAgain } from "./queries";

const MONOSPACE = { input: { fontFamily: "var(--mantine-font-family-monospace)" } };
const BY_KEY = "by key";
const KEY_FORMATS = ["text", "json", "base64", "none"] as const;
const VALUE_FORMATS = ["json", "text", "base64", "none"] as const;

/** Writes a record. Stays open, with what was typed, for the next one. */
export function ProduceRecord(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { topic, opened, onClose } = props;
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="xl" title={text.title}>
      <Form topic={topic} />
    </Drawer>
  );
}

function Form({ topic }: { topic: Topic }) {
  const [partition, setPartition] = useState<number>();
  const [key, setKey] = useState<{ format: Format; text: string }>({ format: "text", text: "" });
  const [value, setValue] = useState<{ format: Format; text: string }>({
    format: "json",
    text: "{\n  \n}",
  });
  const [headers, setHeaders] = useState<NewHeader[]>([]);
  const write = useMutation({
    mutationFn: async () => {
      const body = bodyOf({ partition, key, value, headers });
      const written = await send<Produced>("POST", path`/api/v1/topics/${topic.name}/records`, body);
      await lookAgain(topic.name);
      return written.records[0];
    },
  });
  const keyFault = fault(key.format, key.text);
  const isReady = keyFault === undefined && fault(value.format, value.text) === undefined;
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
          onChange={(next) => setPartition(next === BY_KEY ? undefined : Number(next))}
        />
        <Group align="flex-end" wrap="nowrap">
          <FormatSelect
            label={text.keyAs}
            formats={KEY_FORMATS}
            none={text.noKey}
            value={key.format}
            onChange={(format) => setKey({ ...key, format })}
          />
          {key.format !== "none" && (
            <TextInput
              label={text.key}
              flex={1}
              value={key.text}
              spellCheck={false}
              error={keyFault && text.faults(keyFault.message)}
              onChange={(event) => setKey({ ...key, text: event.currentTarget.value })}
            />
          )}
        </Group>
        <FormatSelect
          label={text.valueAs}
          formats={VALUE_FORMATS}
          none={text.noValue}
          value={value.format}
          onChange={(format) => setValue({ ...value, format })}
        />
        <ValueField {...value} onChange={(next) => setValue({ ...value, text: next })} />
        <Headers headers={headers} onChange={setHeaders} />
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

function FormatSelect(props: {
  label: string;
  formats: readonly Format[];
  none: string;
  value: Format;
  onChange: (format: Format) => void;
}) {
  const { label, formats, none, value, onChange } = props;
  return (
    <Select
      label={label}
      w={180}
      allowDeselect={false}
      value={value}
      data={formats.map((format) => ({
        value: format,
        label: format === "none" ? none : text.formats[format],
      }))}
      onChange={(next) => next && onChange(next as Format)}
    />
  );
}

function ValueField(props: { format: Format; text: string; onChange: (text: string) => void }) {
  const { format, text: value, onChange } = props;
  const diagnostics = useMemo(() => {
    const found = fault(format, value);
    return found === undefined
      ? []
      : [{ ...placeOf(value, found.at), message: found.message, severity: "error" as const }];
  }, [format, value]);
  if (format === "none") {
    return <Text c="dimmed">{text.tombstone}</Text>;
  }
  return format === "json" ? (
    <div>
      <CodeEditor
        ariaLabel={text.value}
        language="json"
        height="14rem"
        value={value}
        diagnostics={diagnostics}
        onChange={onChange}
      />
      {diagnostics.map(({ message, line, column }) => (
        <Text key={message} size="sm" c="red">
          {text.at(line, column)}: {message}
        </Text>
      ))}
    </div>
  ) : (
    <Textarea
      label={text.value}
      autosize
      minRows={6}
      maxRows={20}
      styles={MONOSPACE}
      value={value}
      error={diagnostics[0] && text.faults(diagnostics[0].message)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Headers(props: { headers: NewHeader[]; onChange: (headers: NewHeader[]) => void }) {
  const { headers, onChange } = props;
  const change = (index: number, next: Partial<NewHeader>) =>
    onChange(headers.map((header, i) => (i === index ? { ...header, ...next } : header)));
  return (
    <Fieldset legend={text.headers}>
      <Stack gap="xs">
        {headers.map((header, index) => (
          // Names may repeat; rows are only added at the end.
          <Group key={index} wrap="nowrap" gap="xs">
            <TextInput
              aria-label={text.headerName(index + 1)}
              placeholder={text.headerPlaceholder}
              flex={1}
              value={header.key}
              onChange={(event) => change(index, { key: event.currentTarget.value })}
            />
            <TextInput
              aria-label={text.headerValue(index + 1)}
              flex={2}
              value={header.value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={text.removeHeader(index + 1)}
              onClick={() => onChange(headers.filter((_, i) => i !== index))}
            >
              <X size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<Plus size={14} />}
          onClick={() => onChange([...headers, { key: "", value: "" }])}
        >
          {text.addHeader}
        </Button>
      </Stack>
    </Fieldset>
  );
}
