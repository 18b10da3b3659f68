import { Button, CopyButton } from "@mantine/core";
import { configuration as text } from "../../text/en/configuration";

/** Takes a text out of the browser: for files that can't be written from here. */
export function CopyOut({ name, content }: { name: string; content: string }) {
  return (
    <>
      <CopyButton value={content}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? text.copied : text.copy}
          </Button>
        )}
      </CopyButton>
      <Button variant="default" onClick={() => download(name, content)}>
        {text.download}
      </Button>
    </>
  );
}

function download(name: string, content: string) {
  const url = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
