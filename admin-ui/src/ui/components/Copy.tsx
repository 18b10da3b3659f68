import { Button, type ButtonProps, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { common } from "../text/en/common";

/** The button says so long that it is done. */
const SAID_MILLIS = 2_000;

type Outcome = "copied" | "failed";

/** Puts a text on the clipboard, and says that it has, or that the browser did not let it. */
export function Copy({ value, ...look }: { value: string } & Pick<ButtonProps, "size" | "disabled">) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === "copied") {
      const timer = window.setTimeout(() => setOutcome(undefined), SAID_MILLIS);
      return () => window.clearTimeout(timer);
    }
    return undefined;
  }, [outcome]);
  const copy = async () => setOutcome((await copied(value)) ? "copied" : "failed");
  return (
    <>
      <Button variant="default" {...look} onClick={() => void copy()}>
        {outcome === "copied" ? common.copied : common.copy}
      </Button>
      {outcome === "failed" && (
        <Text size="sm" c="red" role="alert">
          {common.notCopied}
        </Text>
      )}
    </>
  );
}

/** Whether a text has come to the clipboard. */
async function copied(text: string): Promise<boolean> {
  // Browsers have it for HTTPS and this machine only.
  if ("clipboard" in navigator) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // It may be forbidden, which the other way need not be.
    }
  }
  return copiedBySelection(text);
}

/** As if somebody had selected it and pressed the keys for copying. */
function copiedBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  // Its own value would have other line ends.
  area.addEventListener("copy", (event) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  });
  document.body.append(area);
  area.focus({ preventScroll: true });
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) {
      focused.focus({ preventScroll: true });
    }
  }
}
