import { Checkbox, Group, Paper, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Overview } from "../../api/schema";
import { count } from "../../components/format";
import { Empty, Loading } from "../../components/Notice";
import { Typed } from "../../components/Typed";
import { overview as text } from "../../text/en/overview";
import { drawn, isTroubledOnly, type PipelineFilter, selected } from "./selection";

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
  const chosen = selected(overview, filter);
  const { connectors, hiddenTopics } = drawn(chosen);
  const isFiltered = connectors.length < overview.connectors.length;
  return (
    <>
      {(overview.connectors.length > FEW || isFiltered) && (
        <Group>
          <Typed
            type="search"
            aria-label={text.find}
            placeholder={text.find}
            value={filter.q ?? ""}
            onChange={(q) => change({ q })}
          />
          <Checkbox
            label={text.onlyTroubled}
            checked={isTroubledOnly(overview, filter)}
            onChange={(event) => change({ troubled: event.currentTarget.checked })}
          />
          {isFiltered && (
            <Text size="sm" c="dimmed" role="note">
              {text.shown(count(connectors.length), count(overview.connectors.length))}{" "}
              {connectors.length < chosen.length && text.tooMany}
            </Text>
          )}
        </Group>
      )}
      {hiddenTopics > 0 && (
        <Text size="sm" c="dimmed" role="note">
          {text.hiddenTopics(count(hiddenTopics))}
        </Text>
      )}
      <Paper withBorder>
        {connectors.length === 0 ? (
          <Empty title={filter.q === undefined ? text.noneTroubled : text.noneFound} />
        ) : (
          <Suspense fallback={<Loading />}>
            <PipelineGraph overview={{ ...overview, connectors }} />
          </Suspense>
        )}
      </Paper>
    </>
  );
}
