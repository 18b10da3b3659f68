import { Accordion, Badge, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { connectorErrorsQuery, queries } from "../../../api/queries";
import type { Connector, PastError } from "../../../api/schema";
import { Empty } from "../../../components/Notice";
import { Query } from "../../../components/Query";
import { Time } from "../../../components/Time";
import { connector as text } from "../../../text/en/connector";
import { ErrorDetail } from "./ErrorDetail";

/** What went wrong before, the latest first; asked anew when something has. */
export function ErrorsTab({ connector: { name, failures, rejected } }: { connector: Connector }) {
  const query = useQuery(connectorErrorsQuery(name));
  useEffect(() => {
    void queries.invalidateQueries(connectorErrorsQuery(name));
  }, [name, failures, rejected]);
  return (
    <Query query={query}>
      {(errors) =>
        errors.length === 0 ? (
          <Empty title={text.noErrors}>{text.errorsCure}</Empty>
        ) : (
          <Accordion variant="separated" multiple order={2}>
            {errors.map((error) => (
              <Item key={keyOf(error)} error={error} />
            ))}
          </Accordion>
        )
      }
    </Query>
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
