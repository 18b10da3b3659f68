import { Button, Group as Row, Modal, NumberInput, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ask, path } from "../../api/client";
import type { Group, OffsetPlan } from "../../api/schema";
import { MomentField } from "../../components/MomentField";
import { Failure } from "../../components/Notice";
import { group as text } from "../../text/en/groups";
import { CarryOut } from "./CarryOut";
import { bodyOf, choices, type ResetForm, TARGETS } from "./reset";

/** More are found by typing. */
const SHOWN_CHOICES = 50;

/** Moves positions of a group, after it has shown what that changes. */
export function ResetDialog({
  group,
  opened,
  onClose,
}: {
  group: Group;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={text.resetTitle(group.name)}>
      <Form group={group} onClose={onClose} />
    </Modal>
  );
}

/** Lives as long as the dialog is open: each opening begins anew. */
function Form({ group, onClose }: { group: Group; onClose: () => void }) {
  const [form, setForm] = useState<ResetForm>({ to: "earliest" });
  const plan = useMutation({
    mutationFn: (wanted: ResetForm) =>
      ask<OffsetPlan>(path`/api/v1/groups/${group.name}/offsets/plan`, bodyOf(wanted)),
  });
  const change = (next: Partial<ResetForm>) => {
    setForm({ ...form, ...next });
    // A plan for something else must not be carried out.
    plan.reset();
  };
  const isComplete = bodyOf(form) !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) {
      plan.mutate(form);
    }
  };
  return (
    <Stack>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label={text.to}
            data={TARGETS.map((to) => ({ value: to, label: text.tos[to] }))}
            value={form.to}
            allowDeselect={false}
            onChange={(to) => change({ to: TARGETS.find((known) => known === to) ?? "earliest" })}
          />
          <TargetField form={form} onChange={change} />
          <Select
            label={text.which}
            placeholder={text.all}
            clearable
            searchable
            limit={SHOWN_CHOICES}
            data={choices(group)}
            value={form.which ?? null}
            onChange={(which) => change({ which: which ?? undefined })}
          />
          <Row>
            <Button type="submit" variant="default" disabled={!isComplete} loading={plan.isPending}>
              {text.preview}
            </Button>
          </Row>
          {plan.error && <Failure error={plan.error} />}
        </Stack>
      </form>
      {plan.data && <CarryOut group={group.name} plan={plan.data} onClose={onClose} />}
    </Stack>
  );
}

function TargetField({
  form,
  onChange,
}: {
  form: ResetForm;
  onChange: (next: Partial<ResetForm>) => void;
}) {
  switch (form.to) {
    case "earliest":
    case "latest":
      return null;
    case "time":
      return (
        <MomentField label={text.time} value={form.time} onChange={(time) => onChange({ time })} />
      );
    case "shift":
      return (
        <NumberInput
          label={text.by_records}
          allowDecimal={false}
          value={form.by ?? ""}
          onChange={(by) => onChange({ by: typeof by === "number" ? by : undefined })}
        />
      );
    case "offset":
      return (
        <NumberInput
          label={text.offsetNumber}
          allowDecimal={false}
          allowNegative={false}
          value={form.offset ?? ""}
          onChange={(offset) => onChange({ offset: typeof offset === "number" ? offset : undefined })}
        />
      );
  }
}
