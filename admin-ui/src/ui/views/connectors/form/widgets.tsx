import {
  Button,
  Group,
  Input,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import type {
  BaseInputTemplateProps,
  ErrorSchema,
  FieldProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  RJSFSchema,
  WidgetProps,
} from "@rjsf/utils";
import { useState } from "react";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { isReference } from "./validator";

const COVERED = "****";

/** A secret that is not shown: a reference, or covered. */
export const isKept = (value: unknown) => value === COVERED || isReference(value);

export const errorOf = (errors: string[] | undefined) => (errors?.length ? errors.join(" ") : undefined);

/** What every input has in common; label, description and error are tied to it by the library. */
function common({ id, label, required, disabled, readonly, placeholder, schema, rawErrors }: WidgetProps) {
  return {
    id,
    label,
    placeholder: placeholder ?? "",
    description: schema.description,
    error: errorOf(rawErrors),
    withAsterisk: required === true,
    disabled: disabled === true || readonly === true,
  };
}

export function TextOrNumber(props: BaseInputTemplateProps) {
  const { schema, value, onChange } = props;
  const isNumber = schema.type === "integer" || schema.type === "number";
  return isNumber ? (
    <NumberInput
      {...common(props)}
      value={(value as number | undefined) ?? ""}
      allowDecimal={schema.type === "number"}
      onChange={(next) => onChange(next === "" ? undefined : next)}
    />
  ) : (
    <TextInput
      {...common(props)}
      value={(value as string | undefined) ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}

/** Never shows what is kept; what is written is sent once, and kept by the gateway. */
export function SecretWidget(props: WidgetProps) {
  const { value, onChange } = props;
  const [old, setOld] = useState<unknown>();
  if (isKept(value)) {
    return (
      <Input.Wrapper {...common(props)}>
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
        {...common(props)}
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

export function ChoiceWidget(props: WidgetProps) {
  const { value, onChange, options } = props;
  const choices = options.enumOptions ?? [];
  return (
    <Select
      {...common(props)}
      data={[...new Set(choices.map((choice) => String(choice.value)))]}
      value={value === undefined ? null : String(value)}
      clearable
      onChange={(next) =>
        onChange(choices.find((choice) => String(choice.value) === next)?.value as unknown)
      }
    />
  );
}

/** Three answers: what is not set follows the default. */
export function YesNoWidget(props: WidgetProps) {
  const { value, onChange } = props;
  return (
    <Select
      {...common(props)}
      data={[
        { value: "true", label: text.yes },
        { value: "false", label: text.no },
      ]}
      value={value === undefined ? null : String(value)}
      clearable
      onChange={(next) => onChange(next === null ? undefined : next === "true")}
    />
  );
}

export const titleOf = ({ schema, name }: FieldProps) => schema.title ?? name;

/** What is wrong at a place and below it; below it with what it is called there. */
function errorsWithin(errors: ErrorSchema | undefined, nameOf = (name: string) => name): string[] {
  const { __errors: own = [], ...below } = errors ?? {};
  return [
    ...own,
    ...Object.entries(below).flatMap(([name, each]) =>
      errorsWithin(each as ErrorSchema | undefined).map((error) => `${nameOf(name)}: ${error}`),
    ),
  ];
}

/** What is wrong with a field that has an input for all that is below it, too. */
export function errorOfAll(
  { rawErrors = [], errorSchema }: Pick<FieldProps, "rawErrors" | "errorSchema">,
  nameOf?: (name: string) => string,
): string | undefined {
  // The library tells a place's own errors apart from those below it.
  return errorOf([...rawErrors, ...errorsWithin(errorSchema, nameOf)]);
}

/** A list of texts; one text stands for a list of one. */
export function TextListField(props: FieldProps) {
  const { formData, onChange, fieldPathId, schema, required, uiSchema } = props;
  const values = Array.isArray(formData) ? formData.map(String) : formData ? [String(formData)] : [];
  const choices = ((schema.items as RJSFSchema | undefined)?.enum ?? []).map(String);
  return (
    <TagsInput
      id={fieldPathId.$id}
      label={titleOf(props)}
      description={schema.description}
      placeholder={values.length === 0 ? (uiSchema?.["ui:placeholder"] ?? text.listHelp) : ""}
      error={errorOfAll(props, (index) => values[Number(index)] ?? index)}
      withAsterisk={required === true}
      data={[...new Set(choices)]}
      value={values}
      onChange={(next) => onChange(next.length === 0 ? undefined : next, fieldPathId.path)}
    />
  );
}

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

/** Inputs bring their own label, description and errors. */
export function FieldTemplate({ children, hidden }: FieldTemplateProps) {
  return hidden ? null : <>{children}</>;
}

export function ObjectTemplate({ properties }: ObjectFieldTemplateProps) {
  return (
    <Stack>
      {properties.map(({ name, content }) => (
        <div key={name}>{content}</div>
      ))}
    </Stack>
  );
}
