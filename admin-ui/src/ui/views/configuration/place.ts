import type { Path } from "./schema";

/** Where in a YAML text a cursor is: what is being written there. */
export interface YamlPlace {
  /** Of the map whose key, or of the setting whose value, is being written. */
  path: Path;
  kind: "key" | "value";
  /** Where the word begins that is being written. */
  from: number;
  /** Whether it stands within brackets, where lines do not count. */
  isInline: boolean;
}

interface Level {
  indent: number;
  step: string | number;
}

const KEY = /^(\s*(?:- +)*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:{}[\],"'][^#:{}[\],]*?)\s*:(?:\s|$)/;
const COMMENT = /(^|\s)#/;

/**
 * Finds it by indentation alone, so that it also works in a text that is half written and no YAML
 * yet. Undefined within comments.
 */
export function placeAt(text: string, position: number): YamlPlace | undefined {
  const lineStart = text.lastIndexOf("\n", position - 1) + 1;
  const before = text.slice(lineStart, position);
  if (COMMENT.test(before.replace(/"[^"]*"|'[^']*'/g, ""))) {
    return undefined;
  }
  const above = text.slice(0, lineStart).split("\n").slice(0, -1);
  const key = KEY.exec(before);
  const dashes = /^(\s*(?:- *)*)/.exec(before)?.[0] ?? "";
  const path = pathTo(above, dashes);
  if (key !== null) {
    const value = before.slice(key[0].length);
    return within([...path, unquoted(key[2] ?? "")], value, position - value.length, position);
  }
  const rest = before.slice(dashes.length);
  if (/^[[{]/.test(rest)) {
    return within(path, rest, position - rest.length, position);
  }
  return {
    path,
    kind: typeof path.at(-1) === "number" && /- *$/.test(dashes) && rest === "" ? "value" : "key",
    from: position - rest.length,
    isInline: false,
  };
}

/** The path to the map or list that a line with this beginning belongs to. */
function pathTo(above: string[], beginning: string): Path {
  const levels: Level[] = [];
  for (const line of above) {
    if (/^\s*(#|$)/.test(line)) {
      continue;
    }
    addLevels(levels, line);
  }
  const indent = /^ */.exec(beginning)?.[0].length ?? 0;
  if (!beginning.includes("-")) {
    return closed(levels, indent).map(({ step }) => step);
  }
  addLevels(levels, `${beginning.trimEnd()} `);
  return levels.map(({ step }) => step);
}

function closed(levels: Level[], indent: number): Level[] {
  return levels.filter((level) => level.indent < indent);
}

/** Takes a line into account: closes what is deeper, and opens its list items and its key. */
function addLevels(levels: Level[], line: string) {
  let indent = /^ */.exec(line)?.[0].length ?? 0;
  let rest = line.slice(indent);
  while (/^-(\s|$)/.test(rest)) {
    const last = [...levels].reverse().find((level) => level.indent <= indent);
    const count =
      last !== undefined && last.indent === indent && typeof last.step === "number"
        ? last.step + 1
        : 0;
    // A list may stand as far left as its key.
    cut(levels, (level) => level.indent < indent || isKeyAt(level, indent));
    levels.push({ indent, step: count });
    const width = /^-\s*/.exec(rest)?.[0].length ?? 1;
    indent += width;
    rest = rest.slice(width);
  }
  const key = KEY.exec(rest);
  if (key !== null) {
    cut(levels, (level) => level.indent < indent);
    levels.push({ indent, step: unquoted(key[2] ?? "") });
  }
}

const isKeyAt = (level: Level, indent: number) =>
  level.indent === indent && typeof level.step === "string";

function cut(levels: Level[], keep: (level: Level) => boolean) {
  levels.splice(0, levels.length, ...levels.filter(keep));
}

/** Goes into the brackets of a value up to the cursor. */
function within(path: Path, value: string, start: number, position: number): YamlPlace {
  const open: { step: string | number | undefined; isMap: boolean }[] = [];
  let word = 0;
  let quote = "";
  for (let i = 0; i < value.length; i++) {
    const char = value[i] ?? "";
    const top = open.at(-1);
    if (quote !== "") {
      quote = char === quote ? "" : quote;
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === "{" || char === "[") {
      open.push({ step: char === "[" ? 0 : undefined, isMap: char === "{" });
      word = i + 1;
    } else if ((char === "}" || char === "]") && top !== undefined) {
      open.pop();
      word = i + 1;
    } else if (char === "," && top !== undefined) {
      top.step = top.isMap ? undefined : Number(top.step) + 1;
      word = i + 1;
    } else if (char === ":" && top?.isMap && top.step === undefined && /[\s]|$/.test(value[i + 1] ?? "")) {
      top.step = unquoted(value.slice(word, i).trim());
      word = i + 1;
    }
  }
  while (/\s/.test(value[word] ?? "")) {
    word += 1;
  }
  const steps = open.flatMap(({ step }) => (step === undefined ? [] : [step]));
  const top = open.at(-1);
  return {
    path: [...path, ...steps],
    kind: top?.isMap && top.step === undefined ? "key" : "value",
    from: Math.min(start + word, position),
    isInline: top !== undefined,
  };
}

function unquoted(key: string): string {
  return /^(".*"|'.*')$/.test(key) ? key.slice(1, -1) : key;
}
