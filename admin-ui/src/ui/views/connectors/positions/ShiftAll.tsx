import { Button, Group, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { positions as text } from "../../../text/en/positions";
import type { Shift } from "./sinkPositions";

const CHOICES = [
  { value: "earliest", label: text.earliest },
  { value: "latest", label: text.latest },
  { value: "back", label: text.back },
  { value: "ahead", label: text.ahead },
] as const;

type Choice = (typeof CHOICES)[number]["value"];

/** Proposes a position for all partitions at once. */
export function ShiftAll({ onShift }: { onShift: (shift: Shift) => void }) {
  const [to, setTo] = useState<Choice>("earliest");
  const [records, setRecords] = useState(100);
  const isByAmount = to === "back" || to === "ahead";
  return (
    <Group align="flex-end">
      <Select
        label={text.allTo}
        data={CHOICES}
        value={to}
        allowDeselect={false}
        onChange={(next) => next && setTo(next)}
      />
      {isByAmount && (
        <NumberInput
          aria-label={to === "back" ? text.back : text.ahead}
          value={records}
          min={1}
          allowDecimal={false}
          w={120}
          onChange={(value) => setRecords(Number(value))}
        />
      )}
      <Button
        variant="default"
        onClick={() => onShift(isByAmount ? { to, records } : { to })}
      >
        {text.apply}
      </Button>
    </Group>
  );
}
