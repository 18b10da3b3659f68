import { Fieldset, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { SettingDescription } from "../../api/schema";
import { settings as text } from "../../text/en/settings";
import { type Draft, inLine, type Mistake, OWN } from "./settings";

interface Fields {
  draft: Draft;
  wrong: Record<string, Mistake>;
  /** What the gateway says is wrong, by field. */
  refused: Record<string, string>;
  onChange: (path: string, value: string) => void;
  isReadOnly?: boolean;
}

/** What can be set, each with its meaning and what holds unless it is set. */
export function SettingFields({ settings, ...fields }: { settings: SettingDescription[] } & Fields) {
  const isReadOnly = fields.isReadOnly ?? false;
  return settings.map((setting) => {
    const isGroup = setting.kind === "group";
    const within = (isGroup || fields.draft[setting.name] === OWN) &&
      setting.settings.map((inner) => (
        <Field key={inner.name} path={`${setting.name}/${inner.name}`} setting={inner} {...fields} />
      ));
    return isGroup ? (
      <Fieldset key={setting.name} legend={setting.title} disabled={isReadOnly} maw={720}>
        <Stack gap="sm">
          {setting.description !== "" && (
            <Text size="sm" c="dimmed">
              {setting.description}
            </Text>
          )}
          {within}
        </Stack>
      </Fieldset>
    ) : (
      <Fieldset key={setting.name} disabled={isReadOnly} maw={720}>
        <Stack gap="sm">
          <Field path={setting.name} setting={setting} {...fields} />
          {within}
        </Stack>
      </Fieldset>
    );
  });
}

function Field({
  path,
  setting,
  draft,
  wrong,
  refused,
  onChange,
}: { path: string; setting: SettingDescription } & Fields) {
  const { title, description, kind } = setting;
  const mistake = wrong[path];
  const value = draft[path] ?? "";
  const common = {
    label: title,
    description: `${description} ${standardOf(setting)}`,
    error: mistake === undefined ? refused[path] : text.mistakes[mistake](setting),
    inputWrapperOrder: ["label", "input", "description", "error"] as (
      | "label"
      | "input"
      | "description"
      | "error"
    )[],
  };
  if (kind === "names") {
    return <NamesField {...common} value={value} onChange={(next) => onChange(path, next)} />;
  }
  const words = kind === "boolean" ? ["true", "false"] : setting.choices;
  if (words.length > 0) {
    return (
      <Select
        {...common}
        maw={360}
        allowDeselect={false}
        value={value}
        data={[
          { value: "", label: unset(setting) },
          ...words.map((word) => ({ value: word, label: wordOf(word) })),
          ...(setting.settings.length > 0 ? [{ value: OWN, label: ownOf(setting) }] : []),
        ]}
        onChange={(next) => onChange(path, next ?? "")}
      />
    );
  }
  if (kind === "integer" || kind === "number") {
    return (
      <NumberInput
        {...common}
        maw={360}
        allowDecimal={kind === "number"}
        step={kind === "number" ? 0.1 : 1}
        placeholder={unset(setting)}
        value={value}
        onChange={(next) => onChange(path, String(next))}
      />
    );
  }
  return (
    <TextInput
      {...common}
      maw={360}
      placeholder={unset(setting)}
      value={value}
      spellCheck={false}
      onChange={(event) => onChange(path, event.currentTarget.value.trim())}
    />
  );
}

const NAMED = "named";

/** Nobody, all, or these. */
function NamesField(props: {
  label: string;
  description: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, description, error, value, onChange } = props;
  const isNamed = value !== "" && value !== "true" && value !== "false";
  return (
    <>
      <Select
        label={label}
        description={description}
        inputWrapperOrder={["label", "input", "description"]}
        maw={360}
        allowDeselect={false}
        value={isNamed ? NAMED : value === "true" ? "true" : ""}
        data={[
          { value: "", label: text.byNobody },
          { value: "true", label: text.byAll },
          { value: NAMED, label: text.byNamed },
        ]}
        onChange={(next) => onChange(next === NAMED ? " " : (next ?? ""))}
      />
      {isNamed && (
        <Textarea
          label={text.names}
          maw={360}
          autosize
          minRows={2}
          value={value.trimStart()}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value || " ")}
        />
      )}
    </>
  );
}

function standardOf({ default: standard }: SettingDescription): string {
  return standard === undefined ? text.noDefault : text.standard(wordOf(inLine(standard)));
}

function unset({ default: standard }: SettingDescription): string {
  return standard === undefined ? text.unset : text.unsetIs(wordOf(inLine(standard)));
}

function ownOf({ settings }: SettingDescription): string {
  return text.own(settings.map(({ title }) => title.toLowerCase()).join(", "));
}

function wordOf(word: string): string {
  return word === "true" ? text.yes : word === "false" ? text.no : word;
}
