import { Alert, Stack, Text, Title } from "@mantine/core";
import { CodeEditor } from "../../../components/CodeEditor";
import { connectorForm as text } from "../../../text/en/connectorForm";
import styles from "./ConnectorEditor.module.css";
import type { Draft } from "./useDraft";

/** A declaration as YAML, and what is wrong with it as such. */
export function YamlPane({ draft, onChange }: { draft: Draft; onChange: () => void }) {
  const { yaml, yamlMistakes } = draft;
  return (
    <Stack gap="xs" component="section" aria-label={text.yaml} className={styles["yaml"] ?? ""}>
      <Title order={2} size="h4">
        {text.yaml}
      </Title>
      <Text size="sm" c="dimmed">
        {text.yamlHelp}
      </Text>
      <CodeEditor
        language="yaml"
        ariaLabel={text.yaml}
        value={yaml}
        onChange={(next) => {
          onChange();
          draft.setYaml(next);
        }}
        diagnostics={yamlMistakes.map((mistake) => ({
          ...mistake,
          message: mistake.message || text.notMap,
          severity: "error" as const,
        }))}
      />
      {yamlMistakes.length > 0 && <Alert color="orange">{text.yamlWrong}</Alert>}
    </Stack>
  );
}
