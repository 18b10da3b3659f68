import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Mistake as Problem } from "../../../api/schema";
import { checkQuery } from "./api";
import { type Spec, readSpec, writeSpec, type YamlMistake } from "./specYaml";
import { type Mistake, sureMistakes } from "./validator";

const PAUSE_MILLIS = 400;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** What is checked under, until there is a name: the rest can be right or wrong without one. */
const STAND_IN = "not-named-yet";

export interface Draft {
  name: string;
  spec: Spec;
  /** What the spec stands for, with whatever else was written there. */
  yaml: string;
  /** Why the YAML can't be read; the spec is then what it said before. */
  yamlMistakes: YamlMistake[];
  /** What is wrong, at JSON pointers into the spec. */
  found: Mistake[];
  /** Whether the gateway has not said yet what it finds. */
  isChecking: boolean;
  /** Why the gateway can't say. */
  checkError: Error | null;
  isNameRight: boolean;
  /** Whether anything is otherwise than it was at the start. */
  isDirty: boolean;
  setName: (name: string) => void;
  setSpec: (spec: Spec) => void;
  setYaml: (yaml: string) => void;
}

/**
 * A connector that is being declared, in form and YAML at once. The schema checks it with every
 * key; the gateway, which knows the rest and has the last word, when there is a pause.
 */
export function useDraft(
  start: { name: string; spec: Spec; replaces?: string },
  schema: object | undefined,
): Draft {
  const [name, setName] = useState(start.name);
  const [spec, keepSpec] = useState(start.spec);
  const [begun] = useState(() => writeSpec("", start.spec));
  const [yaml, keepYaml] = useState(begun);
  const [yamlMistakes, setYamlMistakes] = useState<YamlMistake[]>([]);
  const [rested] = useDebouncedValue(spec, PAUSE_MILLIS);
  const [restedName] = useDebouncedValue(name, PAUSE_MILLIS);
  const check = useQuery({
    ...checkQuery(checkedName(restedName), rested, start.replaces),
    placeholderData: keepPreviousData,
  });
  const isRested = rested === spec && checkedName(restedName) === checkedName(name);
  const isFresh = isRested && check.isSuccess && !check.isPlaceholderData;
  const problems = isRested ? (check.data?.problems ?? []) : [];
  return {
    name,
    spec,
    yaml,
    yamlMistakes,
    found: isFresh && problems.length === 0 ? [] : merged(spec, schema, problems),
    isChecking: !isRested || check.isFetching,
    checkError: isRested ? check.error : null,
    isNameRight: NAME.test(name),
    isDirty: name !== start.name || yaml !== begun,
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

const checkedName = (name: string) => (NAME.test(name) ? name : STAND_IN);

/** What the schema says, and at other places what the gateway says. */
export function merged(
  spec: Spec,
  schema: object | undefined,
  problems: Problem[],
): Mistake[] {
  const own =
    schema === undefined
      ? []
      : sureMistakes(schema, spec["config"] ?? {}).map(({ pointer, message }) => ({
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
