import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { CircleCheck, CircleX } from "lucide-react";
import { ask } from "../../api/client";
import type { ConnectionTestResult } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { draft as text } from "../../text/en/draft";
import { useTrial } from "./useTrial";

/** Tries whether what a connector's declaration names can be reached, and says what was found. */
export function ConnectionTest({ name, spec }: { name: string; spec: object }) {
  const testing = useTrial({ name, spec }, (declared) =>
    ask<ConnectionTestResult>("/api/v1/connectors/test", declared),
  );
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" loading={testing.isPending} onClick={testing.begin}>
        {text.test}
      </Button>
      <Text size="sm" c="dimmed">
        {text.testWhat}
      </Text>
      <div role="status">
        {testing.isEarlier && <Text size="sm">{text.earlier}</Text>}
        {testing.error && <Failure error={testing.error} />}
        {testing.data && <Outcome result={testing.data} isEarlier={testing.isEarlier} />}
      </div>
    </Stack>
  );
}

function Outcome(props: { result: ConnectionTestResult; isEarlier: boolean }) {
  const { result, isEarlier } = props;
  const { error, facts } = result;
  return error === undefined ? (
    <Alert color={isEarlier ? "gray" : "green"} icon={<CircleCheck size={18} />} title={text.passed}>
      <List size="sm">
        {facts.map((fact) => (
          <List.Item key={fact} className="wrap-anywhere">
            {fact}
          </List.Item>
        ))}
      </List>
    </Alert>
  ) : (
    <Alert color={isEarlier ? "gray" : "red"} icon={<CircleX size={18} />} title={error.message}>
      <Text size="sm">{error.suggestion ?? error.code}</Text>
    </Alert>
  );
}
