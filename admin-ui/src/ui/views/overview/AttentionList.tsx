import { Alert, Stack, Text } from "@mantine/core";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ConnectorError } from "../../api/schema";
import { ViewAnchor } from "../../components/Links";
import { Time } from "../../components/Time";
import { overview as text } from "../../text/en/overview";
import type { Attention } from "./attention";

/** What needs someone, each with a link to where it is mended. */
export function AttentionList({ items }: { items: Attention[] }) {
  if (items.length === 0) {
    return (
      <Text c="dimmed">
        <CircleCheck size={16} aria-hidden /> {text.calm}
      </Text>
    );
  }
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
      {items.map((item) => (
        <li key={keyOf(item)}>
          <Item item={item} />
        </li>
      ))}
    </Stack>
  );
}

function keyOf(item: Attention): string {
  return item.kind === "offline" ? `topic:${item.topic}` : `connector:${item.connector.name}`;
}

function Item({ item }: { item: Attention }) {
  if (item.kind === "offline") {
    return (
      <Alert color="red" icon={<CircleAlert size={18} />} title={item.topic}>
        {item.reason}{" "}
        <ViewAnchor to="/ui/topics/$topic" params={{ topic: item.topic }}>
          {item.topic}
        </ViewAnchor>
      </Alert>
    );
  }
  const { connector } = item;
  return (
    <Alert
      color={item.kind === "failed" ? "red" : "orange"}
      icon={item.kind === "failed" ? <CircleAlert size={18} /> : <TriangleAlert size={18} />}
      title={
        <ViewAnchor
          to="/ui/connectors/$connector"
          params={{ connector: connector.name }}
          inherit
        >
          {connector.name}
        </ViewAnchor>
      }
    >
      {connector.error && <Why error={connector.error} />}
    </Alert>
  );
}

function Why({ error }: { error: ConnectorError }) {
  return (
    <>
      <Text size="sm" className="wrap-anywhere">
        {error.message} {error.suggestion}
      </Text>
      <Text size="sm" c="dimmed">
        {error.code} · {error.attempts} {text.attempts}
        {error.nextAttempt && (
          <>
            {" "}
            · {text.nextAttempt} <Time at={error.nextAttempt} />
          </>
        )}
      </Text>
    </>
  );
}
