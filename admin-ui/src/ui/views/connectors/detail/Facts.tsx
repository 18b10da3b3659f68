import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../../api/queries";
import type { Connector } from "../../../api/schema";
import { Fact } from "../../../components/Fact";
import { count, rate } from "../../../components/format";
import { State } from "../../../components/State";
import { connector as text } from "../../../text/en/connector";
import { isDeclared } from "../origin";
import { AllTopicLinks } from "../TopicLinks";

const CLOSE_LINES = { rowGap: "var(--mantine-spacing-sm)" };

/** What a connector is and does, in a line, or several where there is no room. */
export function Facts({ connector }: { connector: Connector }) {
  const { data: perSecond } = useQuery({
    ...overviewQuery,
    select: ({ connectors }) =>
      connectors.find(({ name }) => name === connector.name)?.recordsPerSecond,
  });
  return (
    <Group gap="xl" align="flex-start" style={CLOSE_LINES}>
      <State state={connector.state} />
      <Group
        component="dl"
        m={0}
        flex={1}
        // On a phone it has the whole width, below the state.
        miw={300}
        gap="xl"
        align="flex-start"
        style={CLOSE_LINES}
      >
        <Fact name={text.facts.type}>
          {connector.kind} · {connector.type}
        </Fact>
        <Fact name={text.facts.delivery}>{connector.delivery}</Fact>
        <Fact name={text.facts.origin}>
          {isDeclared(connector) ? text.origins.file : text.origins.api}
        </Fact>
        {connector.reads.length > 0 && (
          <Fact name={text.facts.reads}>
            <AllTopicLinks topics={connector.reads} />
          </Fact>
        )}
        {connector.writes.length > 0 && (
          <Fact name={text.facts.writes}>
            <AllTopicLinks topics={connector.writes} />
          </Fact>
        )}
        <Fact name={text.facts.rate}>{rate(perSecond)}</Fact>
        {connector.kind !== "source" && (
          <Fact name={text.facts.lag}>{count(connector.lag)}</Fact>
        )}
        <Fact name={text.facts.records}>{count(connector.records)}</Fact>
      </Group>
    </Group>
  );
}
