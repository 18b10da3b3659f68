import { Group, Select, Skeleton, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import { produce as text } from "../../text/en/produce";
import { type Content, fault, type Format } from "./produce";

const JsonField = lazy(() => import("./JsonField"));

const MONOSPACE = { input: { fontFamily: "var(--mantine-font-family-monospace)" } };
const KEY_FORMATS = ["text", "json", "base64", "none"] as const;
const VALUE_FORMATS = ["json", "text", "base64", "none"] as const;

interface Props {
  content: Content;
  onChange: (content: Content) => void;
}

/** The key of a record that is being written: how it is written, and in one line what. */
export function KeyField({ content, onChange }: Props) {
  const wrong = fault(content);
  return (
    <Group align="flex-end" wrap="nowrap">
      <FormatSelect
        label={text.keyAs}
        formats={KEY_FORMATS}
        none={text.noKey}
        value={content.format}
        onChange={(format) => onChange({ ...content, format })}
      />
      {content.format !== "none" && (
        <TextInput
          label={text.key}
          flex={1}
          value={content.text}
          spellCheck={false}
          error={wrong && text.faults(wrong)}
          onChange={(event) => onChange({ ...content, text: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}

/** The value of a record that is being written: how it is written, and what. */
export function ValueField({ content, onChange }: Props) {
  return (
    <Stack>
      <FormatSelect
        label={text.valueAs}
        formats={VALUE_FORMATS}
        none={text.noValue}
        value={content.format}
        onChange={(format) => onChange({ ...content, format })}
      />
      <ValueText content={content} onChange={(next) => onChange({ ...content, text: next })} />
    </Stack>
  );
}

function ValueText({ content, onChange }: { content: Content; onChange: (text: string) => void }) {
  const wrong = fault(content);
  switch (content.format) {
    case "none":
      return <Text c="dimmed">{text.tombstone}</Text>;
    case "json":
      return (
        <Suspense fallback={<Skeleton height="14rem" />}>
          <JsonField value={content.text} fault={wrong} onChange={onChange} />
        </Suspense>
      );
    default:
      return (
        <Textarea
          label={text.value}
          autosize
          minRows={6}
          maxRows={20}
          styles={MONOSPACE}
          value={content.text}
          error={wrong && text.faults(wrong)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
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
