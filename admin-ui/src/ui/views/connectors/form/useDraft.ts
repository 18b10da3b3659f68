import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { checkQuery } from "./api";
import { type Spec, readSpec, writeSpec, type YamlMistake } from "./specYaml";
import { type Mistake, mistakes } from "./validator";

const PAUSE_MILLIS = 400;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

export interface Draft {
  name: string;
  spec: Spec;
  /** What the spec stands for, with whatever else was written there. */
  yaml: string;
  /** Why the YAML can't be read; the spec is then what it said before. */
  yamlMistakes: YamlMistake[];
  /** What is wrong, at JSON pointers into the spec. */
  found: Mistake[];
  isChecking: boolean;
  isNameRight: boolean;
  setName: (name: string) => void;
  setSpec: (spec: Spec) => void;
  setYaml: (yaml: string) => void;
}

/**
 * A connector that is being declared, in form and YAML at once. The schema checks it with every
 * key; the gateway, which knows the rest, when there is a pause.
 */
export function useDraft(
  start: { name: string; spec: Spec; replaces?: string },
  schema: object | undefined,
): Draft {
  const [name, setName] = useState(start.name);
  const [spec, keepSpec] = useState(start.spec);
  const [yaml, keepYaml] = useState(() => writeSpec("", start.spec));
  const [yamlMistakes, setYamlMistakes] = useState<YamlMistake[]>([]);
  const [rested] = useDebouncedValue(spec, PAUSE_MILLIS);
  const [restedName] = useDebouncedValue(name, PAUSE_MILLIS);
  const isNameRight = NAME.test(name);
  const check = useQuery({
    ...checkQuery(restedName, rested, start.replaces),
    enabled: NAME.test(restedName),
    placeholderData: keepPreviousData,
  });
  return {
    name,
    spec,
    yaml,
    yamlMistakes,
    found: merged(spec, schema, rested === spec ? (check.data?.problems ?? []) : []),
    isChecking: check.isFetching,
    isNameRight,
    setName,
    setSpec: (next) => {
      keepSpec(next);
      keepYaml(writeSpec(yaml, next));
      setYamlMistakes([]);
    },
    setYaml: (next) => {
      keepYaml(next);
      const read = readSpec(next);
      if ("spec" in read) {
        keepSpec(read.spec);
      }
      setYamlMistakes("spec" in read ? [] : read.mistakes);
    },
  };
}

/** What the schema says, and at other places what the gateway says. */
export function merged(
  spec: Spec,
  schema: object | undefined,
  problems: { path: string; message: string; suggestion?: string }[],
): Mistake[] {
  const own =
    schema === undefined
      ? []
      : mistakes(schema, spec["config"] ?? {}).map(({ pointer, message }) => ({
          pointer: `/config${pointer}`,
          message,
        }));
  const places = new Set(own.map(({ pointer }) => pointer));
  return [
    ...own,
    ...problems
      .filter(({ path }) => !places.has(path))
      .map(({ path, message, suggestion }) => ({
        pointer: path,
        message: suggestion ? `${message} ${suggestion}` : message,
      })),
  ];
}
