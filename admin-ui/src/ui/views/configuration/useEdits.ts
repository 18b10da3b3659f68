import { useEffect, useState } from "react";
import type { ConfigFiles } from "../../api/schema";
import { draft, dropDraft } from "./draft";
import type { Edits } from "./queries";

export interface Editing {
  edits: Edits;
  /** The version of the files that the edits are made from. */
  base: string;
  /** Whether the files have changed since in a way that matters. */
  isStale: boolean;
  /** The file whose text came from another view, if one did. */
  handedOver: string | undefined;
  edit: (file: string, text: string) => void;
  /** Forgets the edits. */
  drop: () => void;
  /** Takes the files as they are now for what the edits are made from. */
  rebase: () => void;
}

/** What someone is about to change in the files, beginning with what another view has handed over. */
export function useEdits(files: ConfigFiles): Editing {
  const [start] = useState(() => {
    const offered = draft();
    const isKnown = files.files.some(({ name }) => name === offered?.file);
    return { offered, isKnown };
  });
  const [edits, setEdits] = useState<Edits>(() =>
    start.offered !== undefined && start.isKnown
      ? changed(files, {}, start.offered.file, start.offered.text)
      : {},
  );
  const [base, setBase] = useState(start.offered?.basedOn ?? files.version);
  const [texts, setTexts] = useState(() => (base === files.version ? textsOf(files) : {}));
  const isDirty = Object.keys(edits).length > 0;
  const now = textsOf(files);
  // The version changes with every start of the gateway, too.
  const isSame = Object.keys(edits).every((name) => texts[name] === now[name]);
  const isMoved = base !== files.version;
  useEffect(() => {
    if (isMoved && (!isDirty || isSame)) {
      setBase(files.version);
      setTexts(textsOf(files));
    }
  }, [isMoved, isDirty, isSame, files]);
  const drop = () => {
    dropDraft();
    setEdits({});
    setBase(files.version);
    setTexts(now);
  };
  return {
    edits,
    base,
    isStale: isDirty && isMoved,
    handedOver: isDirty || !start.isKnown ? start.offered?.file : undefined,
    edit: (file, text) => setEdits((old) => changed(files, old, file, text)),
    drop,
    rebase: () => {
      setBase(files.version);
      setTexts(now);
    },
  };
}

/** A text that is what the file holds is no edit. */
export function changed(files: ConfigFiles, edits: Edits, name: string, text: string): Edits {
  const { [name]: _, ...others } = edits;
  const held = files.files.find((file) => file.name === name)?.text;
  return text === held ? others : { ...others, [name]: text };
}

const textsOf = ({ files }: ConfigFiles): Record<string, string | undefined> =>
  Object.fromEntries(files.map(({ name, text }) => [name, text]));
