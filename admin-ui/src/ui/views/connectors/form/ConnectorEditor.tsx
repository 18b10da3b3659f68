import { Alert, Button, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import type { ConnectorType } from "../../../api/schema";
import { Section } from "../../../components/Section";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { Trials } from "../../draft/Trials";
import { Advanced, Basics, isRule } from "./CommonSettings";
import { OptionsForm } from "./OptionsForm";
import { Problems } from "./Problems";
import type { Spec } from "./specYaml";
import { type Draft, useDraft } from "./useDraft";
import type { Mistake } from "./validator";
import { YamlPane } from "./YamlPane";

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
      <Section isFramed id="basics" title={text.basics}>
        <Basics {...common} />
      </Section>
      {type && (
        <Section isFramed id="options" title={text.options}>
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
