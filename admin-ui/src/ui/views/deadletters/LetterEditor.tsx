import { Alert, Button, Checkbox, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeadLetter, DeadLetterJob } from "../../api/schema";
import { CodeEditor, isMixed } from "../../components/CodeEditor";
import { ConfirmByName } from "../../components/ConfirmByName";
import { Query } from "../../components/Query";
import { deadLetters as text } from "../../text/en/deadletters";
import { editor } from "../../text/en/editor";
import { asTombstone, doubt, type Draft, draftOf, editOf, isJson } from "./edit";
import { discard, letterTextQuery } from "./queries";
import { SendDialog } from "./SendDialog";

interface Props {
  topic: string;
  letter: DeadLetter;
  /** Without one nothing was changed yet. */
  draft: Draft | undefined;
  onDraft: (draft: Draft, isChanged: boolean) => void;
  /** The question that is open. */
  asked: "send" | "discard" | undefined;
  onAsk: (question: "send" | "discard" | undefined) => void;
  onJob: (job: DeadLetterJob) => void;
}

/** Changes a letter, sends it again, or discards it. Whoever shows it keeps the draft. */
export function LetterEditor(props: Props) {
  const query = useQuery(letterTextQuery(props.topic, props.letter.id));
  return <Query query={query}>{(asText) => <Form {...props} letter={asText} />}</Query>;
}

function Form({ topic, letter, draft = draftOf(letter), onDraft, asked, onAsk, onJob }: Props) {
  const setDraft = (next: Draft) => onDraft(next, editOf(letter, next) !== undefined);
  const edit = editOf(letter, draft);
  const doubtful = doubt(letter, draft);
  const selected = {
    letters: [letter.id],
    ...(letter.done !== undefined && { again: true }),
  };
  const wasSent = letter.done?.act === "sent";
  const isStuck = letter.destination.kind === "none" && edit?.value === undefined;
  const one = text.letters(1, true);
  const done = (job: DeadLetterJob) => {
    onAsk(undefined);
    onJob(job);
  };
  return (
    <Stack>
      <TextInput
        label={text.editKey}
        placeholder={text.editKeyNone}
        value={draft.key ?? ""}
        onChange={(event) => {
          const key = event.currentTarget.value;
          setDraft({ ...draft, key: key === "" && letter.key === null ? null : key });
        }}
      />
      <Input.Wrapper label={text.editValue} labelElement="div">
        <Stack gap="xs">
          {isMixed(draftOf(letter).value ?? "") && (
            <Alert color="orange">{editor.mixedLineEnds}</Alert>
          )}
          {letter.encoding === "base64" && <Text size="sm">{text.base64}</Text>}
          {draft.value !== null && (
            <CodeEditor
              value={draft.value}
              onChange={(value) => setDraft({ ...draft, value })}
              language={isJson(draftOf(letter).value ?? "") ? "json" : "text"}
              ariaLabel={text.editValue}
              height="16rem"
            />
          )}
          <Checkbox
            label={text.isTombstone}
            checked={draft.value === null}
            onChange={(event) => setDraft(asTombstone(draft, event.currentTarget.checked))}
          />
        </Stack>
      </Input.Wrapper>
      {doubtful === "not-json" && <Alert color="orange">{text.notJson}</Alert>}
      {doubtful === "not-base64" && <Alert color="red">{text.notBase64}</Alert>}
      <Destination letter={letter} />
      <Group>
        <Button
          disabled={isStuck || doubtful === "not-base64"}
          onClick={() => onAsk("send")}
        >
          {edit === undefined ? text.send : text.sendChanged}
        </Button>
        <Button color="red" variant="outline" onClick={() => onAsk("discard")}>
          {text.discard}
        </Button>
      </Group>
      <SendDialog
        opened={asked === "send"}
        onClose={() => onAsk(undefined)}
        topic={topic}
        selected={selected}
        letters={one}
        edit={edit}
        warning={wasSent ? text.sendSentOne : undefined}
        onJob={done}
      />
      <ConfirmByName
        opened={asked === "discard"}
        onClose={() => onAsk(undefined)}
        title={text.discardTitle(text.letter(letter.id))}
        name={topic}
        action={text.discard}
        run={async () => done(await discard(topic, selected))}
      >
        <Text className="wrap-anywhere">{text.discardLoss(text.letter(letter.id), topic)}</Text>
        {wasSent && <Text>{text.discardSentOne}</Text>}
      </ConfirmByName>
    </Stack>
  );
}

/** Where the letter goes if it is sent to where it came from. */
function Destination({ letter }: { letter: DeadLetter }) {
  const { kind, name = "", reason, suggestion } = letter.destination;
  switch (kind) {
    case "connector":
      return <Text size="sm">{text.goesTo.connector(name)}</Text>;
    case "topic":
      return <Text size="sm">{text.goesTo.topic(name)}</Text>;
    default:
      return (
        <Alert color="orange" title={text.cantGo}>
          {reason} {suggestion}
        </Alert>
      );
  }
}
