import { Alert, Badge, Button, Card, Code, Group, Stack, Text } from "@mantine/core";
import { CircleX } from "lucide-react";
import { askExactly } from "../../api/client";
import type { Preview as PreviewAnswer, PreviewedRecord } from "../../api/schema";
import { Empty, Failure } from "../../components/Notice";
import { TimeOf } from "../../components/Time";
import { draft as text } from "../../text/en/draft";
import { HeaderTable } from "../topics/HeaderTable";
import { bestForm, format, oneLine } from "../topics/payload";
import { endInWords } from "./ending";
import { useTrial } from "./useTrial";

const RECORDS = 10;

/** Shows the first records that a source's declaration would produce. */
export function Preview(props: { name: string; spec: object; note?: string | undefined }) {
  const { name, spec, note } = props;
  const looking = useTrial({ name, spec }, (declared) =>
    askExactly<PreviewAnswer>("/api/v1/connectors/preview", {
      ...declared,
      limit: RECORDS,
    }),
  );
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" loading={looking.isPending} onClick={looking.begin}>
        {text.preview}
      </Button>
      <Text size="sm" c="dimmed">
        {text.previewWhat} {note}
      </Text>
      {looking.isEarlier && (
        <Text size="sm" role="status">
          {text.earlier}
        </Text>
      )}
      {looking.error && <Failure error={looking.error} />}
      {looking.data && <Shown answer={looking.data} />}
    </Stack>
  );
}

function Shown({ answer }: { answer: PreviewAnswer }) {
  return (
    <Stack gap="sm" w="100%">
      <Text size="sm" role="status">
        {answer.shows} {endInWords(answer)}
      </Text>
      {answer.error && (
        <Alert color="red" icon={<CircleX size={18} />} title={answer.error.message}>
          <Text size="sm">{answer.error.suggestion ?? answer.error.code}</Text>
        </Alert>
      )}
      {answer.records.length === 0 && !answer.error ? (
        <Empty title={text.nothing} />
      ) : (
        <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
          {answer.records.map((record, index) => (
            // The order does not change.
            <li key={index}>
              <One record={record} />
            </li>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function One({ record }: { record: PreviewedRecord }) {
  const key = oneLine({ content: record.key, encoding: record.keyEncoding });
  const value = { content: record.value, encoding: record.encoding };
  return (
    <Card withBorder padding="sm">
      <Group gap="xs" mb="xs">
        <Badge variant="light" tt="none">
          {record.topic}
        </Badge>
        {record.rejected && (
          <Badge color="orange" variant="light" tt="none">
            {text.rejected}
          </Badge>
        )}
        <Text size="sm" className="wrap-anywhere">
          {text.key}: {key ?? text.none}
        </Text>
        <Text size="sm" c="dimmed">
          <TimeOf millis={record.timestamp} />
        </Text>
      </Group>
      {record.headers.length > 0 && (
        <HeaderTable headers={record.headers} />
      )}
      <Code block mah={240} style={{ overflow: "auto" }} tabIndex={0} aria-label={text.value}>
        {oneLine(value) === undefined ? text.tombstone : format(value, bestForm(value))}
      </Code>
    </Card>
  );
}
