import { count, rate, size } from "./format";
import type { Topic } from "./overview";

export function TopicTable({ topics }: { topics: Topic[] }) {
  const own = topics.filter((topic) => !topic.internal);
  const internal = topics.filter((topic) => topic.internal);
  return (
    <section aria-labelledby="topics">
      <h2 id="topics">
        Topics <span className="count">{own.length}</span>
      </h2>
      {own.length === 0 ? (
        <p className="empty">
          No topics yet. They appear when a source writes its first record, when the configuration
          file declares them, or with <code>POST /api/v1/topics</code>.
        </p>
      ) : (
        <Rows topics={own} />
      )}
      {internal.length > 0 && (
        <details>
          <summary>The gateway’s own topics ({internal.length})</summary>
          <Rows topics={internal} />
        </details>
      )}
    </section>
  );
}

function Rows({ topics }: { topics: Topic[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="number">
            Records
          </th>
          <th scope="col" className="number">
            Rate
          </th>
          <th scope="col" className="number">
            Size
          </th>
          <th scope="col" className="number">
            Partitions
          </th>
        </tr>
      </thead>
      {topics.map((topic) => (
        <tbody key={topic.name}>
          <tr>
            <th scope="row" data-label="Name">
              <a href={`/api/v1/topics/${encodeURIComponent(topic.name)}/records`}>{topic.name}</a>
            </th>
            <td data-label="Records" className="number">
              {count(topic.records)}
            </td>
            <td data-label="Rate" className="number">
              {rate(topic.recordsPerSecond)}
            </td>
            <td data-label="Size" className="number">
              {size(topic.sizeBytes)}
            </td>
            <td data-label="Partitions" className="number">
              {count(topic.partitions)}
            </td>
          </tr>
          {topic.offline.map((reason) => (
            <tr key={reason} className="error">
              <td colSpan={5}>
                <strong>Offline:</strong> {reason}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
