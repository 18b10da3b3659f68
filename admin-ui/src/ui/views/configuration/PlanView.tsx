import { Alert, Badge, Group, List, Stack, Text, Title } from "@mantine/core";
import type { ConfigPlan, PlannedChange } from "../../api/schema";
import { configuration as text } from "../../text/en/configuration";

const COLORS: Record<string, string> = { create: "green", change: "orange", remove: "red" };

/** What a change would do, what matters first; what stays is only counted. */
export function PlanView({ plan }: { plan: ConfigPlan }) {
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {text.plan}
      </Title>
      {plan.conflicts.length > 0 && (
        <Alert color="red" title={text.conflicts}>
          <Lines lines={plan.conflicts} />
        </Alert>
      )}
      {plan.empty && plan.conflicts.length === 0 && <Text>{text.nothing}</Text>}
      {plan.server.length > 0 && (
        <Alert color="orange" title={text.server}>
          <Lines lines={plan.server} />
        </Alert>
      )}
      <Changes title={text.connectors} changes={plan.connectors} isTopic={false} />
      <Changes title={text.topics} changes={plan.topics} isTopic />
    </Stack>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <List size="sm">
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}

function Changes(props: { title: string; changes: PlannedChange[]; isTopic: boolean }) {
  const { title, changes, isTopic } = props;
  const changing = changes.filter(({ action }) => action !== "keep");
  const kept = changes.length - changing.length;
  if (changes.length === 0) {
    return null;
  }
  return (
    <section>
      <Title order={4} size="h6">
        {title}
      </Title>
      {changing.map((change) => (
        <Change key={change.name} change={change} isTopic={isTopic} />
      ))}
      {kept > 0 && (
        <Text size="sm" c="dimmed">
          {text.kept(kept)}
        </Text>
      )}
    </section>
  );
}

function Change({ change, isTopic }: { change: PlannedChange; isTopic: boolean }) {
  const { action, name, what, settings, differences, replaces } = change;
  return (
    <div>
      <Group gap="xs">
        <Badge color={COLORS[action] ?? "gray"} variant="light" tt="none">
          {text.actions[action] ?? action}
        </Badge>
        <Text fw={600} className="wrap-anywhere">
          {name}
        </Text>
        {!isTopic && action === "change" && (
          <Text size="sm">{replaces ? text.replaces : text.restarts}</Text>
        )}
      </Group>
      <Text size="sm" c="dimmed" className="wrap-anywhere">
        {isTopic && action === "remove" ? text.topicStays : what}
      </Text>
      {differences.length > 0 && (
        <List size="sm">
          {differences.map(({ setting, before, after }) => (
            <List.Item key={setting} className="wrap-anywhere">
              {text.becomes(setting, before ?? text.notSet, after ?? text.notSet)}
            </List.Item>
          ))}
        </List>
      )}
      {!isTopic && action === "change" && (
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          {settings.length > 0 ? text.differs(settings.join(", ")) : text.secretsDiffer}
        </Text>
      )}
    </div>
  );
}
