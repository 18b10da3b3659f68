import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FileText, Lock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError, path, send } from "../../api/client";
import type { SettingDescription, Topic } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { Failure } from "../../components/Notice";
import { Query } from "../../components/Query";
import { settings as text } from "../../text/en/settings";
import { differences, losses } from "./losses";
import { declaredQuery, lookAgain, settingsQuery } from "./queries";
import { SettingFields } from "./SettingFields";
import { type Draft, draftOf, mistakes, patch, settingsOf, withField } from "./settings";

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
            key={topic.name}
          />
        )}
      </Query>
    </Stack>
  );
}

/**
 * Holds only what someone has typed. All else is as it is set now, so that saving does not set back
 * what somebody else has changed meanwhile.
 */
function Form({ topic, settings }: { topic: Topic; settings: SettingDescription[] }) {
  const [typed, setTyped] = useState<Draft>({});
  const beginning = draftOf(settings, { ...topic });
  const draft = { ...beginning, ...typed };
  const wrong = mistakes(settings, draft);
  const [now, then] = [settingsOf(settings, beginning), settingsOf(settings, draft)];
  const changes = patch(now, then);
  const lost = losses(topic.name, differences(now, then));
  const [isAsking, setAsking] = useState(false);
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    mutationFn: () => send("PATCH", path`/api/v1/topics/${topic.name}`, changes),
    onSuccess: async () => {
      await lookAgain(topic.name);
      setTyped({});
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && Object.keys(wrong).length === 0) {
      if (lost.length > 0) {
        setAsking(true);
      } else {
        save.mutate();
      }
    }
  };
  return (
    <>
      <ConfirmByName
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={text.confirmTitle}
        name={topic.name}
        action={text.save}
        run={() => save.mutateAsync()}
      >
        <List>
          {lost.map((line) => (
            <List.Item key={line} className="wrap-anywhere">
              {line}
            </List.Item>
          ))}
        </List>
      </ConfirmByName>
      <form onSubmit={submit}>
        <Stack>
          <SettingFields
            settings={settings}
            draft={draft}
            wrong={wrong}
            refused={refusals(save.error)}
            isReadOnly={topic.internal || save.isPending}
            onChange={(field, value) => setTyped((old) => withField(old, beginning, field, value))}
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
              <Button variant="default" disabled={!isChanged} onClick={() => setTyped({})}>
                {text.undo}
              </Button>
              <Text size="sm" c="dimmed" role="status">
                {isChanged ? "" : save.isSuccess ? text.saved : text.unchanged}
              </Text>
            </Group>
          )}
        </Stack>
      </form>
    </>
  );
}

/** What the gateway says is wrong, by field. */
export function refusals(error: Error | null): Record<string, string> {
  const place = error instanceof ApiError ? error.problem?.path : undefined;
  return error !== null && place?.startsWith("/") ? { [place.slice(1)]: error.message } : {};
}
