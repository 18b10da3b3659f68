import { Alert, Stack, Text } from "@mantine/core";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { Attention, ConnectorError, ConnectorSummary, Overview } from "../../api/schema";
import { count } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Time } from "../../components/Time";
import { overview as text } from "../../text/en/overview";

const IS_OF_CONNECTOR: ReadonlySet<string> = new Set(["failed", "stumbling", "dead-letters"]);

/** What needs someone, each with a link to where it is mended. */
export function AttentionList({ overview }: { overview: Overview }) {
  if (overview.attention.length === 0) {
    return (
      <Text c="dimmed">
        <CircleCheck size={16} aria-hidden /> {text.calm}
      </Text>
    );
  }
  const connectors = new Map(overview.connectors.map((connector) => [connector.name, connector]));
  const omitted = new Map(overview.omittedAttention.map(({ kind, count }) => [kind, count]));
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
      {overview.attention.map((item, index, all) => (
        <Fragment key={`${item.kind}:${item.subject}:${item.kind === "offline" || item.kind === "damage" ? item.message : ""}`}>
          <li>
            <Item
              item={item}
              connector={IS_OF_CONNECTOR.has(item.kind) ? connectors.get(item.subject) : undefined}
            />
          </li>
          {all[index + 1]?.kind !== item.kind && omitted.has(item.kind) && (
            <li>
              <More kind={item.kind} count={omitted.get(item.kind) ?? 0} />
            </li>
          )}
        </Fragment>
      ))}
    </Stack>
  );
}

/** How many more there are of a kind, with a way to the list that has them all. */
function More({ kind, count: more }: { kind: Attention["kind"]; count: number }) {
  return (
    <Text size="sm">
      {text.kinds[kind]}: <AllOf kind={kind}>{text.more(count(more))}</AllOf>
    </Text>
  );
}

function AllOf({ kind, children }: { kind: Attention["kind"]; children: ReactNode }) {
  const looks = { children, inherit: true, underline: "always" } as const;
  switch (kind) {
    case "failed":
      return <ViewAnchor to="/ui/connectors" search={{ state: "FAILED" }} {...looks} />;
    case "stumbling":
      return <ViewAnchor to="/ui/connectors" {...looks} />;
    case "growing-lag":
      return <ViewAnchor to="/ui/groups" {...looks} />;
    case "dead-letters":
      return <ViewAnchor to="/ui/dead-letters" {...looks} />;
    case "configuration":
      return <ViewAnchor to="/ui/configuration" {...looks} />;
    case "offline":
    case "damage":
    case "disk":
      return <ViewAnchor to="/ui/topics" {...looks} />;
  }
}

function Item({
  item,
  connector,
}: {
  item: Attention;
  /** Which it is about, if about one. */
  connector: ConnectorSummary | undefined;
}) {
  const error = item.kind === "dead-letters" ? undefined : connector?.error;
  const isError = item.severity === "error";
  return (
    <Alert
      color={isError ? "red" : "orange"}
      icon={isError ? <CircleAlert size={18} /> : <TriangleAlert size={18} />}
      title={
        <>
          {text.kinds[item.kind]}: <Place item={item} letters={connector?.deadLetterTopic} />
        </>
      }
    >
      <Text size="sm" className="wrap-anywhere" style={{ whiteSpace: "pre-line" }}>
        {item.message}
      </Text>
      {item.suggestion !== undefined && <Text size="sm">{item.suggestion}</Text>}
      {(item.since !== undefined || error) && (
        <Text size="sm" c="dimmed">
          {item.since !== undefined && (
            <>
              {text.since} <Time at={item.since} />
            </>
          )}
          {error && <Attempts error={error} />}
        </Text>
      )}
    </Alert>
  );
}

function Attempts({ error }: { error: ConnectorError }) {
  return (
    <>
      {" "}
      · {error.code} · {error.attempts} {text.attempts}
      {error.nextAttempt !== undefined && (
        <>
          {" "}
          · {text.nextAttempt} <Time at={error.nextAttempt} />
        </>
      )}
    </>
  );
}

/** Where it is mended. */
function Place({
  item: { kind, subject },
  letters,
}: {
  item: Attention;
  /** Where its connector sets records aside. */
  letters: string | undefined;
}) {
  switch (kind) {
    case "failed":
    case "stumbling":
      return (
        <ViewAnchor to="/ui/connectors/$connector" params={{ connector: subject }} inherit underline="always">
          {subject}
        </ViewAnchor>
      );
    case "dead-letters":
      return letters === undefined ? (
        <ViewAnchor to="/ui/dead-letters" inherit underline="always">
          {subject}
        </ViewAnchor>
      ) : (
        <ViewAnchor
          to="/ui/dead-letters/$topic"
          params={{ topic: letters }}
          search={{ connector: subject }}
          inherit
          underline="always"
        >
          {subject}
        </ViewAnchor>
      );
    case "offline":
    case "damage":
      return (
        <ViewAnchor
          to="/ui/topics/$topic"
          params={{ topic: subject }}
          search={{ tab: "partitions" }}
          inherit
          underline="always"
        >
          {subject}
        </ViewAnchor>
      );
    case "growing-lag":
      return (
        <ViewAnchor to="/ui/groups/$group" params={{ group: subject }} inherit underline="always">
          {subject}
        </ViewAnchor>
      );
    case "disk":
      return (
        <ViewAnchor to="/ui/topics" inherit underline="always">
          {subject}
        </ViewAnchor>
      );
    case "configuration":
      return (
        <ViewAnchor to="/ui/configuration" inherit underline="always">
          {subject}
        </ViewAnchor>
      );
  }
}
