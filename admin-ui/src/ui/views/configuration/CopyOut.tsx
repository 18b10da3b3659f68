import { Button } from "@mantine/core";
import { Copy } from "../../components/Copy";
import { download } from "../../components/download";
import { configuration as text } from "../../text/en/configuration";

/** Takes a text out of the browser: for files that can't be written from here. */
export function CopyOut({ name, content }: { name: string; content: string }) {
  return (
    <>
      <Copy value={content} />
      <Button variant="default" onClick={() => download(content, name)}>
        {text.download}
      </Button>
    </>
  );
}
