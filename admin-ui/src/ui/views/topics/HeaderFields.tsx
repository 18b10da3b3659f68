import { ActionIcon, Button, Fieldset, Group, Stack, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { produce as text } from "../../text/en/produce";
import type { NewHeader } from "./produce";

/** The headers of a record that is being written. */
export function HeaderFields(props: {
  headers: NewHeader[];
  onChange: (headers: NewHeader[]) => void;
}) {
  const { headers, onChange } = props;
  const change = (index: number, next: Partial<NewHeader>) =>
    onChange(headers.map((header, i) => (i === index ? { ...header, ...next } : header)));
  return (
    <Fieldset legend={text.headers}>
      <Stack gap="xs">
        {headers.map((header, index) => (
          // Names may repeat; rows are only added at the end.
          <Group key={index} wrap="nowrap" gap="xs">
            <TextInput
              aria-label={text.headerName(index + 1)}
              placeholder={text.headerPlaceholder}
              flex={1}
              value={header.key}
              onChange={(event) => change(index, { key: event.currentTarget.value })}
            />
            <TextInput
              aria-label={text.headerValue(index + 1)}
              flex={2}
              value={header.value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={text.removeHeader(index + 1)}
              onClick={() => onChange(headers.filter((_, i) => i !== index))}
            >
              <X size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<Plus size={14} />}
          onClick={() => onChange([...headers, { key: "", value: "" }])}
        >
          {text.addHeader}
        </Button>
      </Stack>
    </Fieldset>
  );
}
