import { Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { History as HistoryIcon, Trash2 } from "lucide-react";
import { path, send } from "../../api/client";
import { overviewQuery } from "../../api/queries";
import type { Group as ConsumerGroup } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { ViewAnchor } from "../../components/Links";
import { Page } from "../../components/Page";
import { isGone, Query } from "../../components/Query";
import { Section } from "../../components/Section";
import { common } from "../../text/en/common";
import { group as text } from "../../text/en/groups";
import { GroupStateBadge } from "./GroupStateBadge";
import { LagHistory } from "./LagHistory";
import { MemberTable } from "./MemberTable";
import { PositionTable } from "./PositionTable";
import { ResetDialog } from "./ResetDialog";
import { useLiveGroup } from "./useLiveGroup";

const route = getRouteApi("/ui/groups/$group");

export function GroupPage() {
  const { group: name } = route.useParams();
  const query = useLiveGroup(name);
  const connectors = useQuery(overviewQuery).data?.connectors;
  const connector = connectors?.find((one) => one.name === query.data?.connector);
  return (
    <Page title={name} actions={query.data && !isGone(query) && <Actions group={query.data} />}>
      <Query query={query} gone={text.gone}>
        {(group) => (
          <>
            <Group gap="sm">
              <GroupStateBadge state={group.state} connector={connector?.state} />
              <Badge variant="default" tt="none">
                {group.type}
              </Badge>
              <Text size="sm">
                {common.records(group.lag)} {text.waiting}
              </Text>
              {group.connector !== undefined && (
                <Text size="sm">
                  {text.ofConnector}{" "}
                  <ViewAnchor to="/ui/connectors/$connector" params={{ connector: group.connector }}>
                    {group.connector}
                  </ViewAnchor>
                </Text>
              )}
            </Group>
            <Section id="history" title={text.history}>
              <LagHistory group={group} />
            </Section>
            <Section id="positions" title={text.partitions}>
              <PositionTable group={group} />
            </Section>
            <Section id="members" title={text.members}>
              <MemberTable group={group} />
            </Section>
          </>
        )}
      </Query>
    </Page>
  );
}

function Actions({ group }: { group: ConsumerGroup }) {
  const navigate = route.useNavigate();
  const [isMoving, moving] = useDisclosure();
  const [isRemoving, removing] = useDisclosure();
  const remove = async () => {
    await send("DELETE", path`/api/v1/groups/${group.name}`);
    notifications.show({ message: text.removed });
    await navigate({ to: "/ui/groups" });
  };
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<HistoryIcon size={16} aria-hidden />}
        onClick={moving.open}
      >
        {text.reset}
      </Button>
      {group.connector === undefined && (
        <Button
          variant="default"
          leftSection={<Trash2 size={16} aria-hidden />}
          onClick={removing.open}
        >
          {text.remove}
        </Button>
      )}
      <ResetDialog group={group} opened={isMoving} onClose={moving.close} />
      <ConfirmByName
        title={text.removeTitle(group.name)}
        name={group.name}
        action={text.removeAction}
        run={remove}
        opened={isRemoving}
        onClose={removing.close}
      >
        <Text size="sm">{text.removeLost(common.partitions(group.partitions))}</Text>
      </ConfirmByName>
    </Group>
  );
}
