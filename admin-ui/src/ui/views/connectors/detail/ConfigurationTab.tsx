import { Stack, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Connector } from "../../../api/schema";
import { Loading } from "../../../components/Notice";
import { connector as text } from "../../../text/en/connector";
import { isDeclared } from "../origin";

const ConfigurationYaml = lazy(() => import("./ConfigurationYaml"));

/** What was declared, as it would stand in a file. */
export function ConfigurationTab({ connector }: { connector: Connector }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {isDeclared(connector) ? text.configurationFile : text.configurationApi}
      </Text>
      <Suspense fallback={<Loading />}>
        <ConfigurationYaml connector={connector} />
      </Suspense>
    </Stack>
  );
}
