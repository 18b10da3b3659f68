import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { confirm as text } from "../text/en/confirm";
import { NameField } from "./NameField";
import { Failure } from "./Notice";

interface Question {
  /** What is to be done, as a title: “Delete the topic”. */
  title: string;
  /** What has to be typed, letter by letter. */
  name: string;
  /** Says what is to be typed, if that is no name. */
  label?: string;
  /** What the button says. */
  action: string;
  /** Does it; what it throws is shown in place, and it can be tried again. */
  run: () => Promise<unknown>;
  /** False while what is to be done is still to be said, by fields among the children. */
  isReady?: boolean;
  /** Says exactly what will be lost. */
  children: ReactNode;
}

/**
 * Asks before something is lost for good: says what, and wants its name typed. Closes by itself once
 * it is done; while it is being done, it can't be closed.
 */
export function ConfirmByName({
  opened,
  onClose,
  ...question
}: Question & { opened: boolean; onClose: () => void }) {
  const [isRunning, setRunning] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={question.title}
      closeOnEscape={!isRunning}
      closeOnClickOutside={!isRunning}
      withCloseButton={!isRunning}
    >
      <Form {...question} onRunning={setRunning} onClose={onClose} />
    </Modal>
  );
}

/** Lives as long as the dialog is open: each opening begins anew. */
function Form({
  name,
  label,
  action,
  run,
  isReady = true,
  children,
  onRunning,
  onClose,
}: Question & { onRunning: (isRunning: boolean) => void; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const act = useMutation({
    mutationFn: run,
    onMutate: () => onRunning(true),
    onSettled: () => onRunning(false),
    onSuccess: onClose,
  });
  const isMeant = typed === name && isReady;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isMeant && !act.isPending) {
      act.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        <NameField
          name={name}
          value={typed}
          onChange={setTyped}
          disabled={act.isPending}
          {...(label !== undefined && { label })}
        />
        {act.error && <Failure error={act.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={act.isPending}>
            {text.cancel}
          </Button>
          <Button type="submit" color="red" disabled={!isMeant} loading={act.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
