import { Accordion, Badge, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { connectorErrorsQuery } from "../../../api/queries";
import type { Connector, PastError } from "../../../api/schema";
import { ViewAnchor } from "../../../components/Links";
import { Empty } from "../../../components/Notice";
import { Query } from "../../../components/Query";
import { Time } from "../../../components/Time";
import { useOnChange } from "../../../components/useOnChange";
import { connector as text } from "../../../text/en/connector";
import { letterTopicsQuery } from "../../deadletters/queries";
import { deadLetterTopicOf } from "./deadLetterTopic";
import { ErrorDetail } from "./ErrorDetail";

/** Of a connector that fails or rejects all the time it is asked so often. */
const FOLLOW_MILLIS = 2_000;

/** What went wrong before, the latest first; asked anew when something has. */
export function ErrorsTab({ connector: { name, failures, rejected } }: { connector: Connector }) {
  const query = useQuery(connectorErrorsQuery(name));
  const cache = useQueryClient();
  useOnChange(
    `${failures} ${rejected}`,
    () => void cache.invalidateQueries(connectorErrorsQuery(name)),
    FOLLOW_MILLIS,
  );
  return (
    <Query query={query}>
      {(errors) =>
        errors.length === 0 ? (
          <Empty title={text.noErrors}>{text.errorsCure}</Empty>
        ) : (
          <Stack gap="xs">
            {errors.some(({ setAside }) => setAside) && (
              <DeadLettersLink connector={name} />
            )}
            <Accordion variant="separated" multiple order={2}>
            {errors.map((error) => (
              <Item key={keyOf(error)} error={error} />
            ))}
            </Accordion>
          </Stack>
        )
      }
    </Query>
  );
}

/** Leads to the connector's own letters, as soon as it is known where they are. */
function DeadLettersLink({ connector }: { connector: string }) {
  const topic = deadLetterTopicOf(useQuery(letterTopicsQuery).data ?? [], connector)?.name;
  return topic === undefined ? (
    <ViewAnchor to="/ui/dead-letters" fz="sm">
      {text.toDeadLetters}
    </ViewAnchor>
  ) : (
    <ViewAnchor to="/ui/dead-letters/$topic" params={{ topic }} search={{ connector }} fz="sm">
      {text.toDeadLetters}
    </ViewAnchor>
  );
}

function keyOf({ task, since, setAside, concerned, code }: PastError): string {
  return JSON.stringify([task, since, setAside, code, concerned]);
}

function Item({ error }: { error: PastError }) {
  return (
    <Accordion.Item value={keyOf(error)}>
      <Accordion.Control>
        <Group gap="sm">
          <Text size="sm" component="span">
            <Time at={error.at} />
          </Text>
          <Badge color={error.setAside ? "orange" : "red"} variant="light" tt="none">
            {error.setAside ? text.setAside : text.failed}
          </Badge>
          <Text size="sm" c="dimmed" component="span">
            {text.task(error.task)}
          </Text>
          <Text size="sm" component="span" className="wrap-anywhere">
            {error.message}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <ErrorDetail
          error={error}
          trace={error.trace}
          next={
            error.since !== error.at && (
              <Text size="sm" component="span">
                {text.firstAt} <Time at={error.since} />
              </Text>
            )
          }
        />
      </Accordion.Panel>
    </Accordion.Item>
  );
}
