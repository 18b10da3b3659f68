import {
  Autocomplete,
  Button,
  Collapse,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../../api/queries";
import { connectorForm as text } from "../../../text/en/connectorForm";
import type { Spec } from "./specYaml";

interface Props {
  spec: Spec;
  onChange: (spec: Spec) => void;
  /** What is wrong at or below a place of the spec, a JSON pointer. */
  mistakeAt: (pointer: string) => string | undefined;
}

/** More are found by typing. */
const SHOWN_TOPICS = 20;

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const numberOf = (value: unknown) => (typeof value === "number" ? value : "");
const listOf = (value: unknown) =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];

/** Whether it is a rule's: rules have no type and no options. */
export const isRule = (spec: Spec) =>
  !("source" in spec) && !("sink" in spec) && ("from" in spec || "to" in spec);

/** What stands around the options: what flows where, and how. */
export function Basics({ spec, onChange, mistakeAt }: Props) {
  const { data: known = [] } = useQuery({
    ...overviewQuery,
    select: ({ topics }) => topics.filter(({ internal }) => !internal).map(({ name }) => name),
  });
  const isOfRule = isRule(spec);
  const topicsName = isOfRule ? "from" : "topics";
  const topicName = isOfRule ? "to" : "topic";
  const set = (name: string, value: unknown) => onChange({ ...spec, [name]: value });
  return (
    <Stack>
      {("sink" in spec || isOfRule) && (
        <TagsInput
          label={isOfRule ? text.from : text.topics}
          description={text.topicsHelp}
          placeholder={text.listHelp}
          withAsterisk
          data={known}
          limit={SHOWN_TOPICS}
          value={listOf(spec[topicsName])}
          error={mistakeAt(`/${topicsName}`)}
          onChange={(topics) => set(topicsName, topics)}
        />
      )}
      {!("sink" in spec) && (
        <Autocomplete
          label={isOfRule ? text.to : text.topic}
          description={isOfRule ? text.toHelp : text.topicHelp}
          withAsterisk
          data={known}
          limit={SHOWN_TOPICS}
          value={textOf(spec[topicName])}
          error={mistakeAt(`/${topicName}`)}
          onChange={(topic) => set(topicName, topic || undefined)}
        />
      )}
      {"source" in spec && (
        <TextInput
          label={text.key}
          description={text.keyHelp}
          value={textOf(spec["key"])}
          error={mistakeAt("/key")}
          onChange={({ currentTarget }) => set("key", currentTarget.value || undefined)}
        />
      )}
      {isOfRule && <Text size="sm">{text.ruleInYaml}</Text>}
      <Select
        label={text.delivery}
        description={text.deliveryHelp}
        placeholder={text.byDefault("at-least-once")}
        data={["at-least-once", "exactly-once"]}
        clearable
        value={textOf(spec["delivery"]) || null}
        error={mistakeAt("/delivery")}
        onChange={(delivery) => set("delivery", delivery ?? undefined)}
      />
    </Stack>
  );
}

/** What seldom needs to be set. */
export function Advanced({ spec, onChange, mistakeAt }: Props) {
  const [isOpen, { toggle }] = useDisclosure(
    ["tasks", "errors", "value-format", "transforms"].some((name) => spec[name] !== undefined),
  );
  const errors = (spec["errors"] ?? {}) as Spec;
  const set = (name: string, value: unknown) => onChange({ ...spec, [name]: value });
  const setError = (name: string, value: unknown) => {
    const next = Object.fromEntries(
      Object.entries({ ...errors, [name]: value }).filter(([, one]) => one !== undefined),
    );
    set("errors", Object.keys(next).length === 0 ? undefined : next);
  };
  const textField = (name: string, label: string, description: string, placeholder = "") => (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      value={textOf(errors[name])}
      error={mistakeAt(`/errors/${name}`)}
      onChange={({ currentTarget }) => setError(name, currentTarget.value || undefined)}
    />
  );
  return (
    <Stack>
      <div>
        <Button variant="subtle" size="sm" px={0} onClick={toggle} aria-expanded={isOpen}>
          {text.more}
        </Button>
      </div>
      <Collapse expanded={isOpen}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput
            label={text.retries}
            description={text.retriesHelp}
            min={0}
            allowDecimal={false}
            value={numberOf(errors["retries"])}
            error={mistakeAt("/errors/retries")}
            onChange={(value) => setError("retries", value === "" ? undefined : value)}
          />
          <Select
            label={text.then}
            description={text.thenHelp}
            placeholder={text.byDefault("dead-letter")}
            data={["dead-letter", "fail"]}
            clearable
            value={textOf(errors["then"]) || null}
            error={mistakeAt("/errors/then")}
            onChange={(then) => setError("then", then ?? undefined)}
          />
          {textField("dead-letter-topic", text.deadLetterTopic, text.deadLetterTopicHelp)}
          {textField("backoff", text.backoff, text.backoffHelp, text.forExample("1s"))}
          {textField("max-backoff", text.maxBackoff, text.maxBackoffHelp, text.forExample("1m"))}
          <NumberInput
            label={text.tasks}
            description={text.tasksHelp}
            placeholder={text.byDefault("1")}
            min={1}
            allowDecimal={false}
            value={numberOf(spec["tasks"])}
            error={mistakeAt("/tasks")}
            onChange={(value) => set("tasks", value === "" ? undefined : value)}
          />
          {("sink" in spec || isRule(spec)) && (
            <Select
              label={text.valueFormat}
              description={text.valueFormatHelp}
              placeholder={text.byDefault("auto")}
              data={["auto", "json", "text", "bytes"]}
              clearable
              value={textOf(spec["value-format"]) || null}
              error={mistakeAt("/value-format")}
              onChange={(value) => set("value-format", value ?? undefined)}
            />
          )}
        </SimpleGrid>
        <Text size="sm" c="dimmed" mt="md">
          {text.transforms(Array.isArray(spec["transforms"]) ? spec["transforms"].length : 0)}
        </Text>
      </Collapse>
    </Stack>
  );
}
