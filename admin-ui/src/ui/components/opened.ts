import { useRouter } from "@tanstack/react-router";
import { useRef } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Whether it was opened from the view that the step before in the history shows. */
    isOpenedHere?: boolean;
  }
}

/** How to go to something of a list that is shown over it: the list stays where it is. */
export const OPENING = { state: { isOpenedHere: true }, resetScroll: false } as const;

/** How to leave it where there is no way back to the list; who closes it has been asked, if need be. */
export const CLOSING = { replace: true, resetScroll: false, ignoreBlocker: true } as const;

/**
 * Closes what was opened over a list: by going back to where it was opened, so that nobody walks
 * through it again on the way back; where the address came from elsewhere, by what is given.
 */
export function useClose(): (closeInPlace: () => void) => void {
  const router = useRouter();
  const left = useRef<unknown>(undefined);
  return (closeInPlace) => {
    const here = router.latestLocation;
    if (here.state.isOpenedHere !== true) {
      closeInPlace();
    } else if (left.current !== here) {
      // Going back takes a moment, in which one may want it closed once more.
      left.current = here;
      router.history.back({ ignoreBlocker: true });
    }
  };
}
