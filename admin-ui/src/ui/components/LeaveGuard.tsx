import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { leave as text } from "../text/en/leave";

/** What the address says of a view. */
export interface Place {
  pathname: string;
  search: object;
}

const toOtherView = (current: Place, next: Place) => current.pathname !== next.pathname;

/** Asks before changes are lost by leaving the view or the page. */
export function LeaveGuard(props: {
  isDirty: boolean;
  /** Whether going from one place to another leaves what was changed; unless said, another view does. */
  isLeft?: (current: Place, next: Place) => boolean;
  onLeave?: () => void;
}) {
  const { isDirty, isLeft = toOtherView, onLeave } = props;
  const guard = useLeaveGuard(isDirty, isLeft);
  return (
    <LossQuestion
      opened={guard.isAsked}
      onStay={guard.stay}
      onLeave={() => {
        onLeave?.();
        guard.leave();
      }}
    />
  );
}

/** As `LeaveGuard`, for those who ask themselves. */
export function useLeaveGuard(isDirty: boolean, isLeft: (current: Place, next: Place) => boolean) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && isLeft(current, next),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return {
    isAsked: blocker.status === "blocked",
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
  };
}

export function LossQuestion(props: {
  opened: boolean;
  onStay: () => void;
  onLeave: () => void;
}) {
  const { opened, onStay, onLeave } = props;
  return (
    <Modal opened={opened} onClose={onStay} title={text.title}>
      <Stack>
        <Text>{text.loses}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            {text.stay}
          </Button>
          <Button color="red" onClick={onLeave}>
            {text.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
