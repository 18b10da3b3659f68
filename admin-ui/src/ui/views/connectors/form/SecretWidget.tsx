import { Button, Group, Input, PasswordInput, Stack, Text } from "@mantine/core";
import type { WidgetProps } from "@rjsf/utils";
import { useState } from "react";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { inputProps } from "./inputProps";
import { isReference } from "./validator";

const COVERED = "****";

/** A secret that is not shown: a reference, or covered. */
export const isKept = (value: unknown) => value === COVERED || isReference(value);

/** Never shows what is kept; what is written is sent once, and kept by the gateway. */
export function SecretWidget(props: WidgetProps) {
  const { value, onChange } = props;
  const [old, setOld] = useState<unknown>();
  if (isKept(value)) {
    return (
      <Input.Wrapper {...inputProps(props)}>
        <Group gap="sm">
          <Text size="sm">{text.kept}</Text>
          <Button
            size="xs"
            variant="default"
            aria-label={`${text.replace}: ${props.label}`}
            onClick={() => {
              setOld(value);
              onChange(undefined);
            }}
          >
            {text.replace}
          </Button>
        </Group>
      </Input.Wrapper>
    );
  }
  return (
    <Stack gap={4} align="stretch">
      <PasswordInput
        {...inputProps(props)}
        value={(value as string | undefined) ?? ""}
        autoComplete="new-password"
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      />
      {old !== undefined && (
        <div>
          <Button size="xs" variant="default" onClick={() => onChange(old)}>
            {text.keep}
          </Button>
        </div>
      )}
    </Stack>
  );
}
