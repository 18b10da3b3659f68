const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** 1234567 → 1,234,567 */
export function count(value: number): string {
  return whole.format(value);
}

/** Records a second; a dash while it is not known yet. */
export function rate(perSecond: number | undefined): string {
  if (perSecond === undefined) {
    return "–";
  }
  return `${perSecond < 10 ? one.format(perSecond) : whole.format(perSecond)}/s`;
}

/** 1536 → 1.5 KiB */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? one.format(value) : whole.format(value)} ${UNITS[unit]}`;
}

/** How long before `now` something happened, in its largest unit; both as the gateway tells time. */
export function ago(since: string, now: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86_400
    ? `${Math.floor(seconds / 3600)} h`
    : `${Math.floor(seconds / 86_400)} d`;
}

/** 1 task, 2 tasks */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}
