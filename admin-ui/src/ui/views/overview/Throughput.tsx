import { useMemo } from "react";
import { useHistory } from "../../api/history";
import { rate } from "../../components/format";
import { Query } from "../../components/Query";
import { type ChartData, TimeChart } from "../../components/TimeChart";
import { overview as text } from "../../text/en/overview";

const HEIGHT = 160;

/** How many records were written in the last hour. */
export default function Throughput() {
  const history = useHistory({ kind: "records", range: "1h" });
  const data = useMemo(
    (): ChartData => ({
      times: history.data?.times ?? [],
      lines: (history.data?.lines ?? []).map(({ values }) => ({ name: text.records, values })),
    }),
    [history.data],
  );
  return (
    <Query query={history}>
      {() => <TimeChart label={text.throughput} data={data} format={rate} height={HEIGHT} />}
    </Query>
  );
}
