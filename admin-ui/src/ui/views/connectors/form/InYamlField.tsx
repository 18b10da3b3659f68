import { Button, Group, Input, Text } from "@mantine/core";
import type { FieldProps } from "@rjsf/utils";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { errorOfAll } from "./fieldErrors";
import { titleOf } from "./inputProps";

/** What no input fits: it is written in the YAML, for which its example is a start. */
export function InYamlField(props: FieldProps) {
  const { formData, onChange, fieldPathId, schema, required } = props;
  const example = (schema.examples as unknown[] | undefined)?.[0];
  return (
    <Input.Wrapper
      label={titleOf(props)}
      description={schema.description}
      error={errorOfAll(props)}
      withAsterisk={required === true}
      labelElement="div"
    >
      <Group gap="sm" mt={4}>
        <Text size="sm">{formData === undefined ? text.inYaml : text.isInYaml}</Text>
        {formData === undefined && example !== undefined && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${text.useExample}: ${titleOf(props)}`}
            onClick={() => onChange(example, fieldPathId.path)}
          >
            {text.useExample}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
