import { withTheme } from "@rjsf/core";
import { Theme } from "@rjsf/mantine";
import { toErrorSchema, type UiSchema } from "@rjsf/utils";
import { useMemo } from "react";
import { ChoiceWidget, YesNoWidget } from "./ChoiceWidgets";
import { formSchema, uiSchemaOf } from "./formSchema";
import { InYamlField } from "./InYamlField";
import { SecretWidget } from "./SecretWidget";
import { FieldTemplate, ObjectTemplate } from "./templates";
import { TextListField } from "./TextListField";
import { TextMapField } from "./TextMapField";
import { TextOrNumber } from "./TextOrNumber";
import { InterpretingValidator, type Mistake, toFormErrors } from "./validator";

const Form = withTheme<Record<string, unknown>>({
  ...Theme,
  templates: {
    ...Theme.templates,
    BaseInputTemplate: TextOrNumber,
    FieldTemplate,
    ObjectFieldTemplate: ObjectTemplate,
  },
  widgets: {
    ...Theme.widgets,
    password: SecretWidget,
    PasswordWidget: SecretWidget,
    SelectWidget: ChoiceWidget,
    CheckboxWidget: YesNoWidget,
  },
  fields: { ...Theme.fields, TextList: TextListField, TextMap: TextMapField, InYaml: InYamlField },
} as Parameters<typeof withTheme<Record<string, unknown>>>[0]);

const VALIDATOR = new InterpretingValidator<Record<string, unknown>>();

/** The options of a connector's type, asked for as its schema says. */
export function OptionsForm(props: {
  schema: object;
  value: Record<string, unknown>;
  mistakes: Mistake[];
  onChange: (value: Record<string, unknown>) => void;
}) {
  const { schema, value, mistakes, onChange } = props;
  const form = formSchema(schema, value);
  const ui = useMemo<UiSchema>(() => uiSchemaOf(schema), [schema]);
  return (
    <Form
      tagName="div"
      idPrefix="option"
      schema={form}
      uiSchema={ui as never}
      validator={VALIDATOR}
      formData={value}
      extraErrors={toErrorSchema(toFormErrors(mistakes)) as never}
      extraErrorsBlockSubmit={false}
      noValidate
      showErrorList={false}
      experimental_defaultFormStateBehavior={{ emptyObjectFields: "skipDefaults" }}
      onChange={({ formData }) => onChange(formData ?? {})}
    >
      {/* The page has the buttons. */}
      <></>
    </Form>
  );
}
