import { ActionIcon, Button, Group, Input, PasswordInput, Stack, TextInput } from "@mantine/core";
import type { FieldProps } from "@rjsf/utils";
import { Trash } from "lucide-react";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { errorOfAll } from "./fieldErrors";
import { titleOf } from "./inputProps";
import { isKept } from "./SecretWidget";
import { useRows } from "./useRows";

/** Texts by names; values are covered where the schema says that they are secret. */
export function TextMapField(props: FieldProps) {
  const { formData, onChange, fieldPathId, schema } = props;
  const { rows, write, isTaken } = useRows(formData as Record<string, unknown> | undefined, (next) =>
    onChange(next, fieldPathId.path),
  );
  const Value = schema.writeOnly === true ? PasswordInput : TextInput;
  return (
    <Input.Wrapper
      label={titleOf(props)}
      description={schema.description}
      error={errorOfAll(props)}
      labelElement="div"
    >
      <Stack gap="xs" mt={4}>
        {rows.map(([name, value], index) => (
          // A row keeps its place while its name is typed.
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={text.entryName(index + 1)}
              value={name}
              error={isTaken(index) && text.entryTaken}
              onChange={({ currentTarget }) =>
                write(rows.with(index, [currentTarget.value, value]))
              }
            />
            <Value
              aria-label={text.entryValue(name)}
              style={{ flexGrow: 1 }}
              value={isKept(value) ? "" : String(value ?? "")}
              placeholder={isKept(value) ? text.kept : ""}
              onChange={({ currentTarget }) => write(rows.with(index, [name, currentTarget.value]))}
            />
            <ActionIcon
              variant="default"
              aria-label={text.remove(name)}
              onClick={() => write(rows.toSpliced(index, 1))}
            >
              <Trash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            aria-label={`${text.add}: ${titleOf(props)}`}
            disabled={rows.some(([name]) => name === "")}
            onClick={() => write([...rows, ["", ""]])}
          >
            {text.add}
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
}
