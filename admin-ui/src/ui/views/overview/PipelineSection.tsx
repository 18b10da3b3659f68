import { Checkbox, Group, Paper, Text, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Overview } from "../../api/schema";
import { count } from "../../components/format";
import { Empty, Loading } from "../../components/Notice";
import { overview as text } from "../../text/en/overview";
import { isTroubledOnly, MAX_DRAWN, type PipelineFilter, selected } from "./selection";

const PipelineGraph = lazy(() => import("./PipelineGraph"));
const route = getRouteApi("/");

/** With fewer there is nothing to look for. */
const FEW = 10;

/** The pipelines as a graph; of many only some. */
export function PipelineSection({ overview }: { overview: Overview }) {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: PipelineFilter) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const connectors = selected(overview, filter);
  const drawn = connectors.slice(0, MAX_DRAWN);
  const isFiltered = drawn.length < overview.connectors.length;
  return (
    <>
      {(overview.connectors.length > FEW || isFiltered) && (
        <Group>
          <TextInput
            type="search"
            aria-label={text.find}
            placeholder={text.find}
            value={filter.q ?? ""}
            onChange={(event) => change({ q: event.currentTarget.value })}
          />
          <Checkbox
            label={text.onlyTroubled}
            checked={isTroubledOnly(overview, filter)}
            onChange={(event) => change({ troubled: event.currentTarget.checked })}
          />
          {isFiltered && (
            <Text size="sm" c="dimmed" role="note">
              {text.shown(count(drawn.length), count(overview.connectors.length))}{" "}
              {drawn.length < connectors.length && text.tooMany}
            </Text>
          )}
        </Group>
      )}
      <Paper withBorder>
        {drawn.length === 0 ? (
          <Empty title={filter.q === undefined ? text.noneTroubled : text.noneFound} />
        ) : (
          <Suspense fallback={<Loading />}>
            <PipelineGraph overview={{ ...overview, connectors: drawn }} />
          </Suspense>
        )}
      </Paper>
    </>
  );
}
