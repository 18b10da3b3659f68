import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileText, Lock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError, path, send } from "../../api/client";
import { topicQuery } from "../../api/queries";
import type { SettingDescription, Topic } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { LeaveGuard, type Place } from "../../components/LeaveGuard";
import { Failure } from "../../components/Notice";
import { Query } from "../../components/Query";
import { settings as text } from "../../text/en/settings";
import { differences, losses } from "./losses";
import { declaredQuery, lookAgain, settingsQuery } from "./queries";
import { SettingFields } from "./SettingFields";
import { recordSearch } from "./search";
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

/** What saving changes, and what is lost by it. */
interface Change {
  changes: Record<string, unknown>;
  lost: string[];
}

function changeOf(topic: Topic, settings: SettingDescription[], typed: Draft): Change {
  const beginning = draftOf(settings, { ...topic });
  const now = settingsOf(settings, beginning);
  const then = settingsOf(settings, { ...beginning, ...typed });
  return { changes: patch(now, then), lost: losses(topic.name, differences(now, then)) };
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
  const [asked, setAsked] = useState<Change>();
  const [isAsking, setAsking] = useState(false);
  const isRight = Object.keys(wrong).length === 0;
  const isChanged = Object.keys(changeOf(topic, settings, typed).changes).length > 0;
  const save = useMutation({
    mutationFn: ({ changes }: Change) =>
      send("PATCH", path`/api/v1/topics/${topic.name}`, changes),
    onSuccess: async () => {
      await lookAgain(topic.name);
      setTyped({});
    },
  });
  const cache = useQueryClient();
  // What is lost depends on what is set now, which may be other than what is shown.
  const look = useMutation({
    mutationFn: () => cache.fetchQuery({ ...topicQuery(topic.name), staleTime: 0 }),
    onSuccess: (fresh) => {
      const change = changeOf(fresh, settings, typed);
      if (!isRight || Object.keys(change.changes).length === 0) {
        return;
      }
      if (change.lost.length > 0) {
        setAsked(change);
        setAsking(true);
      } else {
        save.mutate(change);
      }
    },
  });
  const error = look.error ?? save.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && isRight && !look.isPending && !save.isPending) {
      save.reset();
      look.mutate();
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
        run={async () => asked && (await save.mutateAsync(asked))}
      >
        <List>
          {asked?.lost.map((line) => (
            <List.Item key={line} className="wrap-anywhere">
              {line}
            </List.Item>
          ))}
        </List>
      </ConfirmByName>
      <LeaveGuard isDirty={isChanged} isLeft={isTabLeft} />
      <form onSubmit={submit}>
        <Stack>
          <SettingFields
            settings={settings}
            draft={draft}
            wrong={wrong}
            refused={refusals(error)}
            isReadOnly={topic.internal || save.isPending}
            onChange={(field, value) => setTyped((old) => withField(old, beginning, field, value))}
          />
          {error && <Failure error={error} />}
          {!topic.internal && (
            <Group>
              <Button
                type="submit"
                loading={save.isPending}
                disabled={!isChanged || !isRight}
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

const isTabLeft = (current: Place, next: Place) =>
  current.pathname !== next.pathname ||
  recordSearch({ ...current.search }).tab !== recordSearch({ ...next.search }).tab;

/** What the gateway says is wrong, by field. */
export function refusals(error: Error | null): Record<string, string> {
  const place = error instanceof ApiError ? error.problem?.path : undefined;
  return error !== null && place?.startsWith("/") ? { [place.slice(1)]: error.message } : {};
}
