import { Alert, Button, Group as Row, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { path, send } from "../../api/client";
import type { Group, OffsetPlan } from "../../api/schema";
import { NameField } from "../../components/NameField";
import { Failure } from "../../components/Notice";
import { group as text } from "../../text/en/groups";
import { PlanTable } from "./PlanTable";
import { groupQuery } from "./useLiveGroup";

/** Shows a plan, and carries it out for who types the group's name. Lives as long as the plan. */
export function CarryOut(props: { group: string; plan: OffsetPlan; onClose: () => void }) {
  const { group, plan, onClose } = props;
  const cache = useQueryClient();
  const [typed, setTyped] = useState("");
  const move = useMutation({
    mutationFn: () =>
      send<Group>("POST", path`/api/v1/groups/${group}/offsets`, {
        changes: plan.changes.map(({ topic, partition, from, to }) => ({
          topic,
          partition,
          from,
          to,
        })),
      }),
    onSuccess: (moved) => {
      cache.setQueryData(groupQuery(group).queryKey, moved);
      notifications.show({ message: text.applied });
      onClose();
    },
  });
  const isPossible = plan.blocked === undefined && plan.changes.length > 0;
  const isMeant = isPossible && typed === group;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isMeant && !move.isPending) {
      move.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <PlanTable plan={plan} />
        {plan.blocked && (
          <Alert color="orange" icon={<CircleAlert size={18} />} title={text.blocked}>
            <Text size="sm">
              {plan.blocked.detail} {plan.blocked.suggestion}
            </Text>
          </Alert>
        )}
        {isPossible && (
          <NameField name={group} value={typed} onChange={setTyped} disabled={move.isPending} />
        )}
        {move.error && <Failure error={move.error} />}
        <Row justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text.close}
          </Button>
          <Button type="submit" disabled={!isMeant} loading={move.isPending}>
            {text.apply}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
