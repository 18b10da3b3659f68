import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { count } from "../../components/format";
import { MomentField } from "../../components/MomentField";
import { search as text } from "../../text/en/search";
import { type Conditions, LIMITS, type RecordSearch } from "./search";

const MONOSPACE = { input: { fontFamily: "var(--mantine-font-family-monospace)" } };

type Fields = Conditions & Pick<RecordSearch, "time">;

/** What to look for; it is looked for when someone says so, not while typing. */
export function SearchForm({
  search,
  onSearch,
}: {
  search: RecordSearch;
  onSearch: (next: RecordSearch) => void;
}) {
  const [fields, setFields] = useState<Fields>(search);
  const change = (next: { [name in keyof Fields]?: Fields[name] | undefined }) =>
    setFields((old) => present({ ...old, ...next }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(present({ ...fields, tab: search.tab, start: "search", partition: search.partition }));
  };
  const language = fields.language ?? "jq";
  return (
    <form onSubmit={submit} role="search">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              label={text.key}
              flex={1}
              value={fields.key ?? ""}
              onChange={(event) => change({ key: event.currentTarget.value || undefined })}
            />
            <Select
              aria-label={text.keyMatch}
              w={120}
              allowDeselect={false}
              value={fields.isKey ? "is" : "contains"}
              data={[
                { value: "contains", label: text.keyContains },
                { value: "is", label: text.keyIs },
              ]}
              onChange={(value) => change({ isKey: value === "is" || undefined })}
            />
          </Group>
          <TextInput
            label={text.header}
            placeholder={text.headerHelp}
            value={fields.header ?? ""}
            onChange={(event) => change({ header: event.currentTarget.value || undefined })}
          />
          <TextInput
            label={text.text}
            placeholder={text.textHelp}
            value={fields.text ?? ""}
            onChange={(event) => change({ text: event.currentTarget.value || undefined })}
          />
        </SimpleGrid>
        <Group gap="xs" align="flex-end">
          <Select
            label={text.language}
            w={130}
            allowDeselect={false}
            value={language}
            data={Object.entries(text.languages).map(([value, label]) => ({ value, label }))}
            onChange={(value) => change({ language: value === "jsonpath" ? value : undefined })}
          />
          <TextInput
            label={text.condition}
            placeholder={text.conditionHelp[language]}
            flex="1 1 240px"
            styles={MONOSPACE}
            spellCheck={false}
            autoCapitalize="off"
            value={fields.condition ?? ""}
            onChange={(event) => change({ condition: event.currentTarget.value || undefined })}
          />
        </Group>
        <Group align="flex-end">
          <MomentField
            label={text.from}
            clearable
            miw={200}
            value={fields.time}
            onChange={(time) => change({ time })}
          />
          <MomentField
            label={text.until}
            clearable
            miw={200}
            value={fields.until}
            onChange={(until) => change({ until })}
          />
          <Select
            label={text.order}
            w={160}
            allowDeselect={false}
            value={fields.order ?? "newest"}
            data={Object.entries(text.orders).map(([value, label]) => ({ value, label }))}
            onChange={(value) => change({ order: value === "oldest" ? value : undefined })}
          />
          <Select
            label={text.limit}
            w={110}
            allowDeselect={false}
            value={String(fields.limit ?? LIMITS[0])}
            data={LIMITS.map((limit) => ({ value: String(limit), label: count(limit) }))}
            onChange={(value) =>
              change({ limit: value === String(LIMITS[0]) ? undefined : Number(value) })
            }
          />
          <Button type="submit" leftSection={<Search size={16} />}>
            {text.start}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {text.hint}
        </Text>
      </Stack>
    </form>
  );
}

/** Without what is not set. */
function present<T extends object>(fields: { [name in keyof T]?: T[name] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}
