import { useState } from "react";

export type Row = [name: string, value: unknown];

type Entries = Record<string, unknown>;

/**
 * The entries of a map in rows. They are written out while their names differ: until then, as while a
 * name is typed that begins like another, the map would lose one of them.
 */
export function useRows(map: Entries | undefined, onWrite: (map: Entries | undefined) => void) {
  const [rows, setRows] = useState<Row[]>(() => Object.entries(map ?? {}));
  const given = JSON.stringify(map ?? {});
  const [last, setLast] = useState(given);
  if (last !== given) {
    setLast(given);
    // Otherwise it is what was written out from here.
    if (given !== JSON.stringify(Object.fromEntries(rows))) {
      setRows(Object.entries(map ?? {}));
    }
  }
  const write = (next: Row[]) => {
    setRows(next);
    if (next.every((_, index) => !isTaken(next, index))) {
      onWrite(next.length === 0 ? undefined : Object.fromEntries(next));
    }
  };
  return { rows, write, isTaken: (index: number) => isTaken(rows, index) };
}

/** Whether a row before it has the same name. */
function isTaken(rows: Row[], index: number): boolean {
  return rows.slice(0, index).some(([name]) => name === rows[index]?.[0]);
}
