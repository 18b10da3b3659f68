import { Paper, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { overviewQuery } from "../../api/queries";
import { Empty, Loading } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { overview as text } from "../../text/en/overview";
import { AttentionList } from "./AttentionList";
import { attention } from "./attention";

const PipelineGraph = lazy(() => import("./PipelineGraph"));

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <Page title={text.title}>
      <Query query={query}>
        {(overview) => (
          <>
            <Stack component="section" gap="sm" aria-labelledby="attention">
              <Title order={2} size="h4" id="attention">
                {text.attention}
              </Title>
              <AttentionList items={attention(overview)} />
            </Stack>
            <Stack component="section" gap="sm" aria-labelledby="pipelines">
              <Title order={2} size="h4" id="pipelines">
                {text.pipelines}
              </Title>
              <Paper withBorder>
                {overview.connectors.length === 0 ? (
                  <Empty title={text.empty}>{text.emptyCure}</Empty>
                ) : (
                  <Suspense fallback={<Loading />}>
                    <PipelineGraph overview={overview} />
                  </Suspense>
                )}
              </Paper>
            </Stack>
          </>
        )}
      </Query>
    </Page>
  );
}
