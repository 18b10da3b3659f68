import { Button, Checkbox, Group, Text, UnstyledButton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DeadLetter, DeadLetterJob } from "../../api/schema";
import { count } from "../../components/format";
import { Empty, Failure, Loading } from "../../components/Notice";
import { QueryFailure } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { Time } from "../../components/Time";
import { deadLetters as text } from "../../text/en/deadletters";
import { PayloadLine } from "../topics/PayloadLine";
import styles from "../topics/RecordTable.module.css";
import { lettersQuery } from "./queries";
import { filterOf, isFiltered, type LetterSearch } from "./search";
import { SelectionBar } from "./SelectionBar";

interface Props {
  topic: string;
  search: LetterSearch;
  onShow: (letter: string) => void;
  onJob: (job: DeadLetterJob) => void;
}

/**
 * Letters in lines, the newest first, of which some or all can be chosen. What is chosen counts as long
 * as topic and filter stay the same.
 */
export function LetterList(props: Props) {
  return <Letters key={JSON.stringify([props.topic, filterOf(props.search)])} {...props} />;
}

function Letters({ topic, search, onShow, onJob }: Props) {
  const pages = useInfiniteQuery(lettersQuery(topic, search));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (pages.data === undefined) {
    return pages.error ? (
      <QueryFailure query={pages} />
    ) : (
      <Loading />
    );
  }
  const letters = pages.data.pages.flatMap((page) => page.letters);
  const examined = pages.data.pages.reduce((sum, page) => sum + page.examined, 0);
  const shownChosen = letters.map(({ id }) => id).filter((id) => chosen.has(id));
  const choose = (id: string, isChosen: boolean) =>
    setChosen((old) => new Set(isChosen ? [...old, id] : [...old].filter((one) => one !== id)));
  return (
    <>
      {letters.length > 0 && (
        <SelectionBar
          topic={topic}
          search={search}
          shown={letters.map(({ id }) => id)}
          chosen={shownChosen}
          onChoose={(ids) => setChosen(new Set(ids))}
          onJob={onJob}
        />
      )}
      <Rows
        label={text.title}
        columns={columns(chosen, choose, onShow)}
        rows={letters}
        rowKey={({ id }) => id}
        empty={
          pages.hasNextPage ? null : (
            <Empty title={isFiltered(search) ? text.noMatch : text.noMatchOpen} />
          )
        }
      />
      {pages.error && <Failure error={pages.error} />}
      <Group>
        {pages.hasNextPage && (
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {letters.length === 0 ? text.lookFurther : text.more}
          </Button>
        )}
        <Button
          variant="default"
          loading={pages.isRefetching && !pages.isFetchingNextPage}
          onClick={() => void pages.refetch()}
        >
          {text.refresh}
        </Button>
        {letters.length === 0 && pages.hasNextPage && (
          <Text c="dimmed">{text.examined(count(examined))}</Text>
        )}
        {letters.length > 0 && !pages.hasNextPage && <Text c="dimmed">{text.end}</Text>}
      </Group>
    </>
  );
}

function columns(
  chosen: ReadonlySet<string>,
  choose: (id: string, isChosen: boolean) => void,
  onShow: (id: string) => void,
): Column<DeadLetter>[] {
  return [
    {
      title: text.select,
      cell: ({ id }) => (
        <Checkbox
          aria-label={text.selectOne(id)}
          checked={chosen.has(id)}
          onChange={(event) => choose(id, event.currentTarget.checked)}
        />
      ),
    },
    {
      title: text.time,
      cell: ({ id, error }) => (
        <UnstyledButton
          className={styles["open"] ?? ""}
          aria-label={text.show(id)}
          onClick={() => onShow(id)}
        >
          {error.time === undefined ? text.unknownTime : <Time at={error.time} />}
        </UnstyledButton>
      ),
    },
    {
      title: text.message,
      cell: ({ error, done }) => (
        <>
          <Text size="sm" lineClamp={3}>
            {error.message}
          </Text>
          <Text size="xs" c="dimmed">
            {error.code}
            {done && ` · ${done.act === "sent" ? text.sentTo(done.to ?? "") : text.wasDiscarded}`}
          </Text>
        </>
      ),
    },
    { title: text.from, isDetail: true, cell: (letter) => <Text size="sm">{placeOf(letter)}</Text> },
    {
      title: text.key,
      isDetail: true,
      cell: (letter) => <PayloadLine {...keyOf(letter)} none={text.none} />,
    },
    {
      title: text.value,
      isDetail: true,
      cell: (letter) => <PayloadLine {...valueOf(letter)} none={text.tombstone} />,
    },
  ];
}

const keyOf = (letter: DeadLetter) => ({ content: letter.key, encoding: letter.keyEncoding });
const valueOf = (letter: DeadLetter) => ({ content: letter.value, encoding: letter.encoding });

/** Where the record stood, in a line. */
function placeOf({ origin, place, connector }: DeadLetter): string {
  if (origin) {
    return `${origin.topic} ${origin.partition}:${origin.offset}`;
  }
  const parts = Object.entries(place).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? connector : parts.join(", ");
}
