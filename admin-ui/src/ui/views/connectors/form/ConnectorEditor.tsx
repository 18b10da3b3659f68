import { Alert, Button, Fieldset, Group, List, Paper, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { CodeEditor } from "../../../components/CodeEditor";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { Trials } from "../../draft/Trials";
import type { ConnectorType } from "../../../api/schema";
import { Failure } from "../../../components/Notice";
import { Advanced, Basics, isRule } from "./CommonSettings";
import { OptionsForm } from "./OptionsForm";
import type { Spec } from "./specYaml";
import styles from "./ConnectorEditor.module.css";
import { type Draft, useDraft } from "./useDraft";
import type { Mistake } from "./validator";

/** A connector's declaration as a form and as YAML, side by side. */
export default function ConnectorEditor(props: {
  start: { name: string; spec: Spec; replaces?: string };
  /** Without one there are no options: rules have none, and of a type that is gone none are known. */
  type: ConnectorType | undefined;
  action: string;
  isSaving: boolean;
  /** Without it nothing is saved from here. */
  onSave?: ((name: string, spec: Spec) => void) | undefined;
  children?: (draft: Draft) => ReactNode;
}) {
  const { start, type, action, isSaving, onSave, children } = props;
  const draft = useDraft(start, type?.schema);
  // Where there is no button to ask with, what is wrong is shown at once.
  const [isShown, setShown] = useState(onSave === undefined);
  const form = useRef<HTMLFormElement>(null);
  const isWrong = draft.found.length > 0 || !draft.isNameRight || draft.yamlMistakes.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShown(true);
    if (isWrong) {
      // What is wrong is marked by the time that this runs.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
      );
    } else {
      onSave?.(draft.name, draft.spec);
    }
  };
  const change = (spec: Spec) => {
    setShown(true);
    draft.setSpec(spec);
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Stack>
            {start.replaces === undefined && (
              <TextInput
                label={text.name}
                description={text.nameHelp}
                withAsterisk
                value={draft.name}
                error={
                  draft.isNameRight
                    ? ofName(draft)
                    : (isShown || draft.name !== "") && text.nameWrong
                }
                onChange={({ currentTarget }) => draft.setName(currentTarget.value)}
              />
            )}
            {type || isRule(start.spec) ? (
              <Fieldset variant="unstyled" disabled={draft.yamlMistakes.length > 0}>
                <Stack>
                  {draft.yamlMistakes.length > 0 && (
                    <Alert color="orange">{text.formWaits}</Alert>
                  )}
                  <Parts draft={draft} type={type} isShown={isShown} onChange={change} />
                </Stack>
              </Fieldset>
            ) : (
              <Text>{text.yamlHelp}</Text>
            )}
          </Stack>
          <YamlPane draft={draft} onChange={() => setShown(true)} />
        </SimpleGrid>
        {isShown && <Problems draft={draft} />}
        {type && (
          <Trials
            name={draft.name}
            spec={draft.spec}
            hasPreview={type.preview}
            previewNote={type.previewNote}
          />
        )}
        {children?.(draft)}
        {onSave && (
          <Group>
            <Button type="submit" loading={isSaving}>
              {action}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** What the gateway says of the whole, and names the connector in, is about its name: that is not in the spec. */
const ofName = ({ name, found }: Draft) =>
  found.find(({ pointer, message }) => pointer === "" && message.includes(`'${name}'`))?.message;

const isAt = (place: string, { pointer }: Mistake) =>
  pointer === place || pointer.startsWith(`${place}/`);

function Parts(props: {
  draft: Draft;
  type: ConnectorType | undefined;
  isShown: boolean;
  onChange: (spec: Spec) => void;
}) {
  const { draft, type, isShown, onChange } = props;
  const { spec, found } = draft;
  const common = {
    spec,
    onChange,
    mistakeAt: (place: string) =>
      isShown ? found.find((mistake) => isAt(place, mistake))?.message : undefined,
  };
  const config = spec["config"];
  return (
    <>
      <Section title={text.basics}>
        <Basics {...common} />
      </Section>
      {type && (
        <Section title={text.options}>
          <OptionsForm
            schema={type.schema}
            value={typeof config === "object" && config !== null ? (config as Spec) : {}}
            mistakes={isShown ? within(found, "/config") : []}
            onChange={(next) => onChange({ ...spec, config: next })}
          />
        </Section>
      )}
      <Advanced {...common} />
    </>
  );
}

/** The mistakes below a place, as seen from there. */
function within(found: Mistake[], place: string): Mistake[] {
  return found
    .filter(({ pointer }) => pointer.startsWith(`${place}/`))
    .map(({ pointer, message }) => ({ pointer: pointer.slice(place.length), message }));
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function YamlPane({ draft, onChange }: { draft: Draft; onChange: () => void }) {
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

function Problems({ draft }: { draft: Draft }) {
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
