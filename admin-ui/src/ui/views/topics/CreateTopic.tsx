import { Accordion, Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { send } from "../../api/client";
import type { SettingDescription, Topic } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { Query } from "../../components/Query";
import { topics as text } from "../../text/en/topics";
import { settingsQuery } from "./queries";
import { SettingFields } from "./SettingFields";
import { refusals } from "./SettingsTab";
import { draftOf, mistakes, settingsOf } from "./settings";

const NAME = /^[A-Za-z0-9.-][A-Za-z0-9._-]{0,248}$/;
const PARTITIONS = "partitions";

/** Asks for what a topic needs, makes it, and goes there. */
export function CreateTopic({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const settings = useQuery(settingsQuery);
  return (
    <Modal opened={opened} onClose={onClose} title={text.create} size="lg">
      <Query query={settings}>{(all) => <Form all={all} />}</Query>
    </Modal>
  );
}

function Form({ all }: { all: SettingDescription[] }) {
  const settings = all.filter(({ name }) => name !== PARTITIONS);
  const most = all.find(({ name }) => name === PARTITIONS)?.maximum ?? Number.MAX_SAFE_INTEGER;
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [partitions, setPartitions] = useState<string | number>(1);
  const [draft, setDraft] = useState(() => draftOf(settings, {}));
  const wrong = mistakes(settings, draft);
  const isNameWrong = name !== "" && (!NAME.test(name) || name === "." || name === "..");
  const isCountWrong = typeof partitions !== "number" || partitions < 1 || partitions > most;
  const create = useMutation({
    mutationFn: () =>
      send<Topic>("POST", "/api/v1/topics", { name, partitions, ...settingsOf(settings, draft) }),
    onSuccess: () => navigate({ to: "/ui/topics/$topic", params: { topic: name } }),
  });
  const refused = refusals(create.error);
  const isReady = name !== "" && !isNameWrong && !isCountWrong && Object.keys(wrong).length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !create.isPending) {
      create.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={text.name}
          description={text.nameHelp}
          error={isNameWrong ? text.nameWrong : refused["name"]}
          value={name}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <NumberInput
          label={text.partitions}
          description={text.partitionsHelp}
          error={isCountWrong ? text.partitionsWrong(most) : refused[PARTITIONS]}
          value={partitions}
          allowDecimal={false}
          maw={200}
          onChange={setPartitions}
        />
        <Accordion variant="contained">
          <Accordion.Item value="settings">
            <Accordion.Control>{text.settings}</Accordion.Control>
            <Accordion.Panel>
              <Stack>
                <SettingFields
                  settings={settings}
                  draft={draft}
                  wrong={wrong}
                  refused={refused}
                  onChange={(field, value) => setDraft((old) => ({ ...old, [field]: value }))}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        {create.error && <Failure error={create.error} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady} loading={create.isPending}>
            {text.createIt}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
