import { isExact } from "../api/json";
import { ago } from "./format";

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A moment in the viewer's zone; the pointer shows it in UTC. One beyond all calendars as it is. */
export function Time({ at }: { at: string }) {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? (
    at
  ) : (
    <time dateTime={at} title={at}>
      {local.format(moment)}
    </time>
  );
}

/** As `Time`, of milliseconds since the epoch: whoever writes a record may write any number there. */
export function TimeOf({ millis }: { millis: number }) {
  const moment = new Date(isExact(millis) ? Number.NaN : millis);
  return Number.isNaN(moment.getTime()) ? (
    isExact(millis) ? millis.rawJSON : String(millis)
  ) : (
    <Time at={moment.toISOString()} />
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
