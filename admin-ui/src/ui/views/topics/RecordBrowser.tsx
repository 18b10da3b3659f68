import { Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Topic } from "../../api/schema";
import { MomentField } from "../../components/MomentField";
import { CLOSING, OPENING, useClose } from "../../components/opened";
import { useSettled } from "../../components/useSettled";
import { topic as text } from "../../text/en/topic";
import { LiveRecords } from "./LiveRecords";
import { firstOffset } from "./positions";
import { SearchForm } from "./SearchForm";
import { SearchResults } from "./SearchResults";
import { StoredRecords } from "./StoredRecords";
import { isSame, isSearching, type RecordSearch, STARTS } from "./search";

const route = getRouteApi("/ui/topics/$topic");
const NEWEST = "newest";
const ALL = "all";

/** A topic's records: where to look, and what is there. */
export function RecordBrowser({ topic }: { topic: Topic }) {
  const search = route.useSearch();
  return (
    <Stack>
      <Where topic={topic} />
      <Records topic={topic} search={search} />
    </Stack>
  );
}

function Records({ topic, search }: { topic: Topic; search: RecordSearch }) {
  const navigate = route.useNavigate();
  const [turn, setTurn] = useState(0);
  const again = () => setTurn(turn + 1);
  const { record: shown, ...where } = search;
  const close = useClose();
  const onShow = (record: string | undefined) =>
    record === undefined
      ? close(() => void navigate({ search: where, ...CLOSING }))
      : void navigate({ search: { ...where, record }, ...OPENING });
  const looking = { shown, onShow };
  // What is typed stays while another partition is chosen.
  const { tab: _, partition: __, ...sought } = where;
  switch (search.start) {
    case "live":
      return <LiveRecords topic={topic.name} partition={search.partition} {...looking} />;
    case "search":
      return (
        <>
          <SearchForm
            key={JSON.stringify(sought)}
            search={where}
            onSearch={(next) => (isSame(search, next) ? again() : void navigate({ search: next }))}
          />
          {isSearching(search) && (
            <SearchResults
              topic={topic.name}
              search={where}
              turn={turn}
              onAgain={again}
              {...looking}
            />
          )}
        </>
      );
    case "offset":
      return search.partition === undefined ? (
        <Text>{text.offsetNeedsPartition}</Text>
      ) : (
        <StoredRecords topic={topic} search={where} {...looking} />
      );
    default:
      return <StoredRecords topic={topic} search={where} {...looking} />;
  }
}

function Where({ topic }: { topic: Topic }) {
  const { record: _, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: RecordSearch) => void navigate({ search: next });
  const { partition, start } = search;
  return (
    <Group align="flex-end">
      <Select
        label={text.start}
        value={start ?? NEWEST}
        allowDeselect={false}
        data={Object.entries(text.starts).map(([value, label]) => ({ value, label }))}
        onChange={(value) => {
          const known = STARTS.find((one) => one === value);
          go({ ...(partition !== undefined && { partition }), ...(known && { start: known }) });
        }}
      />
      <Select
        label={text.partition}
        value={partition === undefined ? ALL : String(partition)}
        allowDeselect={false}
        searchable={topic.partitions > 10}
        limit={50}
        data={[
          { value: ALL, label: text.allPartitions },
          ...topic.partitionDetails.map((one) => String(one.partition)),
        ]}
        onChange={(value) => {
          const { partition: _, ...others } = search;
          go(value === ALL || value === null ? others : { ...others, partition: Number(value) });
        }}
      />
      {start === "time" && (
        <MomentField
          label={text.time}
          miw={220}
          value={search.time}
          onChange={(time) =>
            time !== undefined && void navigate({ search: { ...search, time }, replace: true })
          }
        />
      )}
      {start === "offset" && partition !== undefined && (
        <OffsetField
          value={search.offset ?? firstOffset(topic, partition)}
          onChange={(offset) =>
            void navigate({ search: (old) => ({ ...old, offset }), replace: true })
          }
        />
      )}
    </Group>
  );
}

/** Where to begin; looked for when typing has paused. */
function OffsetField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { typed, type, settle } = useSettled<number | string>(
    value,
    (next) => typeof next === "number" && onChange(next),
  );
  return (
    <NumberInput
      label={text.offset}
      value={typed}
      min={0}
      allowDecimal={false}
      onChange={type}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
