import { useEffect, useRef } from "react";

/**
 * Does something when a value has become another: soon, but not more often than the time says, and
 * always once more after the last change.
 */
export function useOnChange(value: unknown, act: () => void, everyMillis: number): void {
  const latest = useRef(act);
  latest.current = act;
  const seen = useRef(value);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<number>(undefined);
  useEffect(() => {
    if (Object.is(seen.current, value)) {
      return;
    }
    seen.current = value;
    timer.current ??= window.setTimeout(
      () => {
        timer.current = undefined;
        last.current = performance.now();
        latest.current();
      },
      Math.max(0, last.current + everyMillis - performance.now()),
    );
  }, [value, everyMillis]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
}
