import { Alert, Badge, Button, Code, Collapse, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { ConcernedRecord, ConnectorError } from "../../../api/schema";
import { Copy } from "../../../components/Copy";
import { ViewAnchor } from "../../../components/Links";
import { connector as text } from "../../../text/en/connector";
import styles from "./ErrorDetail.module.css";

/** An error as a whole: what is wrong, what to do, what it concerns, and where it came from. */
export function ErrorDetail(props: {
  error: ConnectorError;
  trace?: string | undefined;
  /** What happens next. */
  next?: ReactNode;
}) {
  const { error, trace, next } = props;
  return (
    <Alert
      color="red"
      icon={<CircleAlert size={18} />}
      title={error.message}
      classNames={{ body: styles["body"] ?? "", label: "wrap-anywhere" }}
    >
      <Stack gap="xs" align="stretch">
        {error.suggestion !== undefined && <Text size="sm">{error.suggestion}</Text>}
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {error.code}
          </Badge>
          <Badge variant="default" tt="none">
            {categoryOf(error)}
          </Badge>
          {error.attempts > 0 && <Text size="sm">{text.attempts(error.attempts)}</Text>}
          {next}
        </Group>
        <Concern error={error} />
        {trace !== undefined && <Trace trace={trace} />}
      </Stack>
    </Alert>
  );
}

function categoryOf({ category }: ConnectorError): string {
  const known: Record<string, string> = text.categories;
  return known[category] ?? category;
}

function Concern({ error: { concerned, place } }: { error: ConnectorError }) {
  if (concerned === undefined && place === undefined) {
    return null;
  }
  return (
    <Text size="sm" className="wrap-anywhere">
      {text.concerns}{" "}
      {concerned ? (
        <RecordLink concerned={concerned} />
      ) : (
        Object.entries(place ?? {}).map(([name, value]) => `${name}: ${value}`).join(", ")
      )}
    </Text>
  );
}

function RecordLink({ concerned: { topic, partition, offset, records } }: { concerned: ConcernedRecord }) {
  return (
    <>
      <ViewAnchor
        to="/ui/topics/$topic"
        params={{ topic }}
        search={{ start: "offset", partition, offset }}
        underline="always"
      >
        {topic}-{partition}@{offset}
      </ViewAnchor>
      {records > 1 && ` (${text.concernedMany(records)})`}
    </>
  );
}

function Trace({ trace }: { trace: string }) {
  const [isOpen, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
          {isOpen ? text.hideTrace : text.showTrace}
        </Button>
        <Copy size="xs" value={trace} />
      </Group>
      <Collapse expanded={isOpen} id={id}>
        <Code block className={styles["trace"]} tabIndex={0} aria-label={text.trace}>
          {trace}
        </Code>
      </Collapse>
    </>
  );
}
