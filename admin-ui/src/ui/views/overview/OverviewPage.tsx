import { Paper, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { overviewQuery } from "../../api/queries";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { Section } from "../../components/Section";
import { overview as text } from "../../text/en/overview";
import { AttentionList } from "./AttentionList";
import { PipelineSection } from "./PipelineSection";

const Throughput = lazy(() => import("./Throughput"));

const CHART_HEIGHT = 160;

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <Page title={text.title}>
      <Query query={query}>
        {(overview) => (
          <>
            <Section id="attention" title={text.attention}>
              <AttentionList overview={overview} />
            </Section>
            <Section id="pipelines" title={text.pipelines}>
              {overview.connectors.length === 0 ? (
                <Paper withBorder>
                  <Empty title={text.empty}>
                    <ViewAnchor to="/ui/new-connector" underline="always">
                      {text.emptyMake}
                    </ViewAnchor>
                    {text.emptyCure}
                  </Empty>
                </Paper>
              ) : (
                <PipelineSection overview={overview} />
              )}
            </Section>
            <Section id="throughput" title={text.throughput}>
              <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
                <Throughput />
              </Suspense>
            </Section>
          </>
        )}
      </Query>
    </Page>
  );
}
