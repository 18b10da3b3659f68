import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FileText, Lock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError, path, send } from "../../api/client";
import type { SettingDescription, Topic } from "../../api/schema";
import { Failure } from "../../components/Notice";
import { Query } from "../../components/Query";
import { settings as text } from "../../text/en/settings";
import { declaredQuery, lookAgain, settingsQuery } from "./queries";
import { SettingFields } from "./SettingFields";
import { draftOf, mistakes, patch, settingsOf } from "./settings";

/** What is set for a topic, and can be changed. */
export function SettingsTab({ topic }: { topic: Topic }) {
  const settings = useQuery(settingsQuery);
  const declared = useQuery(declaredQuery);
  return (
    <Stack>
      {topic.internal && (
        <Alert color="gray" icon={<Lock size={18} />}>
          {text.internal}
        </Alert>
      )}
      {declared.data?.has(topic.name) && (
        <Alert color="blue" icon={<FileText size={18} />} title={text.declared}>
          {text.declaredMeans}
        </Alert>
      )}
      <Query query={settings}>
        {(all) => (
          <Form
            topic={topic}
            settings={all.filter(({ name }) => name !== "partitions")}
            key={JSON.stringify(topic, all.map(({ name }) => name))}
          />
        )}
      </Query>
    </Stack>
  );
}

/** Lives as long as what is set stays the same. */
function Form({ topic, settings }: { topic: Topic; settings: SettingDescription[] }) {
  const beginning = draftOf(settings, { ...topic });
  const [draft, setDraft] = useState(beginning);
  const wrong = mistakes(settings, draft);
  const changes = patch(settingsOf(settings, beginning), settingsOf(settings, draft));
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    mutationFn: () => send("PATCH", path`/api/v1/topics/${topic.name}`, changes),
    onSuccess: () => lookAgain(topic.name),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && Object.keys(wrong).length === 0) {
      save.mutate();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SettingFields
          settings={settings}
          draft={draft}
          wrong={wrong}
          refused={refusals(save.error)}
          isReadOnly={topic.internal || save.isPending}
          onChange={(field, value) => setDraft((old) => ({ ...old, [field]: value }))}
        />
        {save.error && <Failure error={save.error} />}
        {!topic.internal && (
          <Group>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={!isChanged || Object.keys(wrong).length > 0}
            >
              {text.save}
            </Button>
            <Button variant="default" disabled={!isChanged} onClick={() => setDraft(beginning)}>
              {text.undo}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {save.isSuccess ? text.saved : isChanged ? "" : text.unchanged}
            </Text>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** What the gateway says is wrong, by field. */
export function refusals(error: Error | null): Record<string, string> {
  const place = error instanceof ApiError ? error.problem?.path : undefined;
  return error !== null && place?.startsWith("/") ? { [place.slice(1)]: error.message } : {};
}
