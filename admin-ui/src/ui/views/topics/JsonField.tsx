import { Text } from "@mantine/core";
import { useMemo } from "react";
import { CodeEditor } from "../../components/CodeEditor";
import { jsonMistakeAt } from "../../components/editor/jsonMistake";
import { produce as text } from "../../text/en/produce";
import { placeOf } from "./produce";

/** JSON that is being written, and what is wrong with it; loaded with the editor's language. */
export default function JsonField(props: {
  value: string;
  /** What is wrong, if something is. */
  fault: string | undefined;
  onChange: (value: string) => void;
}) {
  const { value, fault, onChange } = props;
  const place = useMemo(() => {
    const at = fault === undefined ? undefined : jsonMistakeAt(value);
    return at === undefined ? undefined : placeOf(value, at);
  }, [fault, value]);
  const diagnostics = useMemo(
    () =>
      fault === undefined || place === undefined
        ? []
        : [{ ...place, message: fault, severity: "error" as const }],
    [fault, place],
  );
  return (
    <div>
      <CodeEditor
        ariaLabel={text.value}
        language="json"
        height="14rem"
        value={value}
        diagnostics={diagnostics}
        onChange={onChange}
      />
      {fault !== undefined && (
        <Text size="sm" c="red">
          {place !== undefined && `${text.at(place.line, place.column)}: `}
          {fault}
        </Text>
      )}
    </div>
  );
}
