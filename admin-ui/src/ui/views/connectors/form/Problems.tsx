import { Alert, List, Text } from "@mantine/core";
import { Failure } from "../../../components/Notice";
import { connectorForm as text } from "../../../text/en/connectorForm";
import type { Draft } from "./useDraft";

/** All that is wrong with a declaration, or that nothing is. */
export function Problems({ draft }: { draft: Draft }) {
  const { found, isChecking, checkError, isNameRight } = draft;
  if (checkError && found.length === 0) {
    return <Failure error={checkError} />;
  }
  if (found.length === 0 && isNameRight) {
    return (
      <Text size="sm" role="status" c="dimmed">
        {isChecking ? text.checking : text.allRight}
      </Text>
    );
  }
  return (
    <Alert color="orange" title={text.problems} role="status">
      <List size="sm">
        {!isNameRight && (
          <List.Item>
            {text.name}: {text.nameWrong}
          </List.Item>
        )}
        {found.map(({ pointer, message }) => (
          <List.Item key={`${pointer} ${message}`} className="wrap-anywhere">
            {pointer !== "" && <code>{pointer}</code>} {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
