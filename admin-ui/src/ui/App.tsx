import { ConnectorTable } from "./ConnectorTable";
import { plural } from "./format";
import type { Overview } from "./overview";
import { TopicTable } from "./TopicTable";
import { type Connection, useOverview } from "./useOverview";

export function App() {
  const { overview, connection } = useOverview();
  return (
    <>
      <header>
        <h1>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          Sluice
        </h1>
        <ConnectionBadge connection={connection} />
        <nav aria-label="More">
          <a href="/q/openapi?format=json">API</a>
          <a href="/q/health">Health</a>
          <a href="/q/metrics">Metrics</a>
        </nav>
      </header>
      <main className={connection === "lost" ? "stale" : undefined}>
        <Content overview={overview} connection={connection} />
      </main>
    </>
  );
}

function ConnectionBadge({ connection }: { connection: Connection }) {
  const words = { connecting: "Connecting…", live: "Live", lost: "Disconnected" };
  return (
    <p className={`badge ${connection}`} role="status">
      {words[connection]}
    </p>
  );
}

/** The page below its head: what is known, or why nothing is. */
export function Content(props: { overview: Overview | null; connection: Connection }) {
  const { overview, connection } = props;
  if (overview === null) {
    return connection === "lost" ? (
      <p className="notice">
        The gateway does not answer. Is it still running? This page tries again by itself.
      </p>
    ) : (
      <p className="notice">Loading…</p>
    );
  }
  const failing = overview.connectors.filter((c) => c.state === "FAILED").length;
  return (
    <>
      {connection === "lost" && (
        <p className="notice">
          The connection is lost. What you see is of{" "}
          <time dateTime={overview.time}>{new Date(overview.time).toLocaleTimeString()}</time>.
        </p>
      )}
      {failing > 0 && (
        <p className="notice bad" role="status">
          {plural(failing, "connector")} {failing === 1 ? "has" : "have"} failed.
        </p>
      )}
      <ConnectorTable connectors={overview.connectors} now={overview.time} />
      <TopicTable topics={overview.topics} />
    </>
  );
}
