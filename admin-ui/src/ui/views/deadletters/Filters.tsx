import { Button, Group, Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { DeadLetterTopic } from "../../api/schema";
import { MomentField } from "../../components/MomentField";
import { Suggested } from "../../components/Suggested";
import { Typed } from "../../components/Typed";
import { deadLetters as text } from "../../text/en/deadletters";
import { isFiltered, letterSearch, type LetterSearch } from "./search";

const route = getRouteApi("/ui/dead-letters/$topic");
const OPEN = "open";

/** Which letters are shown; all of it is in the address. */
export function Filters({ summary }: { summary: DeadLetterTopic | undefined }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (changed: { [K in keyof LetterSearch]: LetterSearch[K] | null | undefined }) =>
    void navigate({
      search: (old) => letterSearch({ ...old, ...changed, letter: undefined }),
      replace: true,
    });
  return (
    <Group align="flex-end" role="search" aria-label={text.filters}>
      <Select
        label={text.state}
        w={130}
        value={search.state ?? OPEN}
        allowDeselect={false}
        data={Object.entries(text.states).map(([value, label]) => ({ value, label }))}
        onChange={(value) => go({ state: value as LetterSearch["state"] | null })}
      />
      {/* Only the codes of open letters are known: others can be typed. */}
      <Suggested
        label={text.error}
        w={190}
        placeholder={text.anyError}
        value={search.code ?? ""}
        clearable
        clearButtonProps={{ "aria-label": text.anyError }}
        data={summary?.errors.map(({ code }) => code) ?? []}
        onChange={(code) => go({ code })}
      />
      {(summary?.connectors.length ?? 0) > 1 && (
        <Select
          label={text.connector}
          placeholder={text.anyConnector}
          value={search.connector ?? null}
          clearable
          clearButtonProps={{ "aria-label": text.anyConnector }}
          searchable
          data={withChosen(summary?.connectors ?? [], search.connector)}
          onChange={(connector) => go({ connector })}
        />
      )}
      <Typed
        label={text.text}
        w={180}
        placeholder={text.textHint}
        value={search.text ?? ""}
        onChange={(typed) => go({ text: typed })}
      />
      <Typed
        label={text.origin}
        w={180}
        value={search.origin ?? ""}
        onChange={(origin) => go({ origin })}
      />
      <MomentField
        label={text.since}
        clearable
        w={180}
        value={search.since}
        onChange={(since) => go({ since })}
      />
      <MomentField
        label={text.until}
        clearable
        w={180}
        value={search.until}
        onChange={(until) => go({ until })}
      />
      {isFiltered(search) && (
        <Button variant="default" onClick={() => void navigate({ search: {} })}>
          {text.clear}
        </Button>
      )}
    </Group>
  );
}

function withChosen(values: string[], chosen: string | undefined): string[] {
  return chosen === undefined || values.includes(chosen) ? values : [chosen, ...values];
}
