import { useEffect, useRef, useState } from "react";

/** Typing has paused after so long. */
const SETTLE_MILLIS = 300;

/**
 * What is typed where the value lives in the address: shown at once, told when typing has paused, or is
 * said to be done. So letters are not lost to an address that comes late, and not each is a request. Who
 * has gone to another view meanwhile, which may take a while to load, is not called back.
 */
export function useSettled<T>(value: T, onSettled: (typed: T) => void) {
  const [typed, type] = useState(value);
  const [told, setTold] = useState(value);
  const [last, setLast] = useState(value);
  if (last !== value) {
    setLast(value);
    // Otherwise it is what was told here.
    if (value !== told) {
      setTold(value);
      type(value);
    }
  }
  const latest = useRef(onSettled);
  latest.current = onSettled;
  useEffect(() => {
    if (typed === told) {
      return;
    }
    const view = window.location.pathname;
    const timer = window.setTimeout(() => {
      if (window.location.pathname === view) {
        setTold(typed);
        latest.current(typed);
      }
    }, SETTLE_MILLIS);
    return () => window.clearTimeout(timer);
  }, [typed, told]);
  const settle = () => {
    if (typed !== told) {
      setTold(typed);
      latest.current(typed);
    }
  };
  return { typed, type, settle };
}
