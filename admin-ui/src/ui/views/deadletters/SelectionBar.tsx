import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DeadLetterJob } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { count } from "../../components/format";
import { Failure } from "../../components/Notice";
import { deadLetters as text } from "../../text/en/deadletters";
import { countMatching, discard, type Selected } from "./queries";
import { filterOf, type LetterSearch } from "./search";
import { SendDialog } from "./SendDialog";

/** The gateway takes no more names at once. */
const MAX_NAMED = 1_000;

/** What something is to be done with, and how many that are. */
interface Meant {
  selected: Selected;
  letters: string;
}

/** Chooses letters, and does something with those that are chosen. */
export function SelectionBar(props: {
  topic: string;
  search: LetterSearch;
  shown: string[];
  chosen: string[];
  onChoose: (letters: string[]) => void;
  onJob: (job: DeadLetterJob) => void;
}) {
  const { topic, search, shown, chosen, onChoose, onJob } = props;
  const [all, setAll] = useState<Meant>();
  const [asked, setAsked] = useState<"send" | "discard">();
  const matching = useMutation({
    mutationFn: () => countMatching(topic, search),
    onSuccess: (found) =>
      setAll({
        selected: { filter: filterOf(search), upTo: found.upTo },
        letters: text.letters(found.matching, found.complete),
      }),
  });
  const isAgain = search.state !== undefined;
  const named: Meant | undefined =
    chosen.length === 0
      ? undefined
      : {
          selected: { letters: chosen, ...(isAgain && { again: true }) },
          letters: text.letters(chosen.length, true),
        };
  const meant = all ?? named;
  const isTooMany = all === undefined && chosen.length > MAX_NAMED;
  const mayBeSent = search.state === "sent" || search.state === "any";
  const done = (job: DeadLetterJob) => {
    setAsked(undefined);
    setAll(undefined);
    onChoose([]);
    onJob(job);
  };
  return (
    <>
      <Group>
        {meant === undefined ? (
          <>
            <Button variant="default" onClick={() => onChoose(shown)}>
              {text.selectShown}
            </Button>
            <Button variant="default" loading={matching.isPending} onClick={() => matching.mutate()}>
              {text.selectMatching}
            </Button>
          </>
        ) : (
          <>
            <Text role="status" fw={600}>
              {all === undefined
                ? text.selected(chosen.length)
                : `${text.allMatching}: ${all.letters}`}
            </Text>
            {isTooMany ? (
              <Text>{text.tooMany(count(MAX_NAMED))}</Text>
            ) : (
              <>
                <Button onClick={() => setAsked("send")}>{text.send}</Button>
                <Button color="red" variant="outline" onClick={() => setAsked("discard")}>
                  {text.discard}
                </Button>
              </>
            )}
            {all === undefined && (
              <Button
                variant="default"
                loading={matching.isPending}
                onClick={() => matching.mutate()}
              >
                {text.selectMatching}
              </Button>
            )}
            <Button
              variant="default"
              onClick={() => {
                setAll(undefined);
                onChoose([]);
              }}
            >
              {text.unselect}
            </Button>
          </>
        )}
      </Group>
      {matching.error && <Failure error={matching.error} />}
      {meant !== undefined && (
        <>
          <SendDialog
            opened={asked === "send"}
            onClose={() => setAsked(undefined)}
            topic={topic}
            selected={meant.selected}
            letters={meant.letters}
            warning={mayBeSent ? text.sendSent : undefined}
            onJob={done}
          />
          <ConfirmByName
            opened={asked === "discard"}
            onClose={() => setAsked(undefined)}
            title={text.discardTitle(meant.letters)}
            name={topic}
            action={text.discard}
            run={async () => done(await discard(topic, meant.selected))}
          >
            <Text className="wrap-anywhere">{text.discardLoss(meant.letters, topic)}</Text>
            {mayBeSent && <Text>{text.discardSent}</Text>}
          </ConfirmByName>
        </>
      )}
    </>
  );
}
