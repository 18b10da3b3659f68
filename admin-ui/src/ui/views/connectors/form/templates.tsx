import { Stack } from "@mantine/core";
import type { FieldTemplateProps, ObjectFieldTemplateProps } from "@rjsf/utils";

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
