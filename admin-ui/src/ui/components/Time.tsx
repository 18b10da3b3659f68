import { ago } from "./format";

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A moment in the viewer's zone; the pointer shows it in UTC. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {local.format(new Date(at))}
    </time>
  );
}

/** How long ago, as the gateway tells time; the pointer shows when, in UTC. */
export function Ago({ at, now }: { at: string; now: string }) {
  return (
    <time dateTime={at} title={at}>
      {ago(at, now)}
    </time>
  );
}
