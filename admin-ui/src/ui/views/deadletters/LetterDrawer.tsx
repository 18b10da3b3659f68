import { Alert, Drawer, Stack, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useState } from "react";
import type { DeadLetter, DeadLetterJob } from "../../api/schema";
import { size } from "../../components/format";
import { LossQuestion, useLeaveGuard } from "../../components/LeaveGuard";
import { ViewAnchor } from "../../components/Links";
import { Query } from "../../components/Query";
import { Time } from "../../components/Time";
import { deadLetters as text } from "../../text/en/deadletters";
import { RecordDetail } from "../topics/RecordDetail";
import type { Draft } from "./edit";
import { LetterDetails } from "./LetterDetails";
import { LetterEditor } from "./LetterEditor";
import { letterQuery, letterTextQuery } from "./queries";
import { letterSearch } from "./search";

/** What someone has made of a letter, kept while they look at its other parts. */
interface Kept {
  draft: Draft;
  isChanged: boolean;
}

/** One letter as a whole, to be read, changed and sent again. */
export function LetterDrawer(props: {
  topic: string;
  letter: string | undefined;
  onClose: () => void;
  onJob: (job: DeadLetterJob) => void;
}) {
  const { topic, letter, onClose, onJob } = props;
  const [kept, keep] = useState<Kept>();
  const [asked, ask] = useState<"send" | "discard" | "leave">();
  const id = `${topic}/${letter}`;
  const [last, setLast] = useState(id);
  if (last !== id) {
    setLast(id);
    keep(undefined);
    ask(undefined);
  }
  const isDirty = kept?.isChanged === true;
  const guard = useLeaveGuard(
    isDirty,
    (current, next) =>
      current.pathname !== next.pathname || letterSearch({ ...next.search }).letter !== letter,
  );
  const isAsking = asked !== undefined || guard.isAsked;
  const leave = () => {
    if (guard.isAsked) {
      guard.leave();
    } else {
      onClose();
    }
  };
  return (
    <Drawer
      opened={letter !== undefined}
      onClose={isDirty ? () => ask("leave") : onClose}
      // What is asked over it has the key.
      closeOnEscape={!isAsking}
      position="right"
      size="xl"
      title={letter !== undefined && text.letter(letter)}
    >
      {letter !== undefined && (
        <Letter
          key={id}
          topic={topic}
          letter={letter}
          draft={kept?.draft}
          onDraft={(draft, isChanged) => keep({ draft, isChanged })}
          asked={asked === "leave" ? undefined : asked}
          onAsk={ask}
          onJob={onJob}
        />
      )}
      <LossQuestion
        opened={asked === "leave" || guard.isAsked}
        onStay={() => {
          ask(undefined);
          guard.stay();
        }}
        onLeave={leave}
      />
    </Drawer>
  );
}

function Letter(props: { letter: string } & Omit<ComponentProps<typeof LetterEditor>, "letter">) {
  const { topic } = props;
  const query = useQuery(letterQuery(topic, props.letter));
  return (
    <Query query={query}>
      {(letter) => (
        <Stack>
          <Why letter={letter} />
          <Tabs defaultValue="edit" keepMounted={false}>
            <Tabs.List aria-label={text.parts} mb="md">
              <Tabs.Tab value="edit">{text.edit}</Tabs.Tab>
              <Tabs.Tab value="content">{text.content}</Tabs.Tab>
              <Tabs.Tab value="technical">{text.technical}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="edit">
              <LetterEditor {...props} letter={letter} />
            </Tabs.Panel>
            <Tabs.Panel value="content">
              <Content topic={topic} letter={letter} />
            </Tabs.Panel>
            <Tabs.Panel value="technical">
              <LetterDetails letter={letter} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </Query>
  );
}

function Content({ topic, letter }: { topic: string; letter: DeadLetter }) {
  const stored = useQuery(letterTextQuery(topic, letter.id));
  return <RecordDetail record={letter} stored={stored} />;
}

/** What was wrong, with what, and what has become of it. */
function Why({ letter }: { letter: DeadLetter }) {
  const { error, origin, done } = letter;
  return (
    <Alert color={done === undefined ? "red" : "gray"} title={error.message || error.code}>
      <Stack gap={4}>
        {error.suggestion !== undefined && <Line>{error.suggestion}</Line>}
        <Line>
          {letter.connector}: {error.code}
          {error.time !== undefined && (
            <>
              , <Time at={error.time} />
            </>
          )}
        </Line>
        {origin && (
          <Line>
            {text.from}{" "}
            <ViewAnchor
              to="/ui/topics/$topic"
              params={{ topic: origin.topic }}
              search={{ start: "offset", partition: origin.partition, offset: origin.offset }}
              inherit
            >
              {origin.topic} {origin.partition}:{origin.offset}
            </ViewAnchor>
          </Line>
        )}
        {letter.redeliveries > 0 && <Line>{text.redelivered(letter.redeliveries)}</Line>}
        {letter.cutBytes !== undefined && <Line>{text.cut(size(letter.cutBytes))}</Line>}
        {done && (
          <Line>
            {done.act === "sent" ? text.sentTo(done.to ?? "") : text.wasDiscarded},{" "}
            <Time at={done.time} />
          </Line>
        )}
      </Stack>
    </Alert>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" className="wrap-anywhere">
      {children}
    </Text>
  );
}
