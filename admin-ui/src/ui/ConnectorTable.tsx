import { ago, count, plural, size } from "./format";
import type { Connector } from "./overview";

export function ConnectorTable({ connectors, now }: { connectors: Connector[]; now: string }) {
  return (
    <section aria-labelledby="connectors">
      <h2 id="connectors">
        Connectors <span className="count">{connectors.length}</span>
      </h2>
      {connectors.length === 0 ? (
        <p className="empty">
          No connectors yet. Declare sources, sinks and rules under <code>connectors:</code> in the
          configuration file; they appear here as soon as it is saved.
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col" className="number">
                Records
              </th>
              <th scope="col" className="number">
                Bytes
              </th>
              <th scope="col" className="number">
                Waiting
              </th>
              <th scope="col" className="number">
                Set aside
              </th>
            </tr>
          </thead>
          {connectors.map((connector) => (
            <ConnectorRows key={connector.name} connector={connector} now={now} />
          ))}
        </table>
      )}
    </section>
  );
}

/** A line for the connector, and one for what is wrong with it. */
function ConnectorRows({ connector, now }: { connector: Connector; now: string }) {
  const { error, since } = connector;
  return (
    <tbody>
      <tr>
        <th scope="row" data-label="Name">
          {connector.name}
          <small>
            {connector.kind} · {connector.type} · {plural(connector.tasks, "task")}
          </small>
        </th>
        <td data-label="State">
          <span className={`state ${connector.state.toLowerCase()}`}>
            {connector.state.toLowerCase()}
          </span>
          {since && (
            <small>
              for <time dateTime={since}>{ago(since, now)}</time>
            </small>
          )}
        </td>
        <td data-label="Records" className="number">
          {count(connector.records)}
        </td>
        <td data-label="Bytes" className="number">
          {size(connector.bytes)}
        </td>
        <td data-label="Waiting" className="number">
          {connector.kind === "source" ? "–" : count(connector.lag)}
        </td>
        <td data-label="Set aside" className="number">
          {count(connector.rejected)}
        </td>
      </tr>
      {error && (
        <tr className="error">
          <td colSpan={6}>
            <p>
              <strong>{error.message}</strong> {error.suggestion}
            </p>
            <small>
              {error.code} ({error.category}) · {plural(error.attempts, "failed attempt")}
              {connector.restarts > 0 && ` · ${plural(connector.restarts, "restart")}`} ·{" "}
              {error.nextAttempt ? (
                <>
                  next attempt{" "}
                  <time dateTime={error.nextAttempt}>
                    {new Date(error.nextAttempt).toLocaleTimeString()}
                  </time>
                </>
              ) : (
                "not tried again by itself"
              )}
            </small>
          </td>
        </tr>
      )}
    </tbody>
  );
}
