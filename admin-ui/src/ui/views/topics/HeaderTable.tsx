import { Table } from "@mantine/core";
import type { Record as TopicRecord } from "../../api/schema";
import { topic as text } from "../../text/en/topic";
import { oneLine } from "./payload";

/** A record's headers, as text in a line each. */
export function HeaderTable({ headers }: { headers: TopicRecord["headers"] }) {
  return (
    <Table aria-label={text.headers}>
      <Table.Tbody>
        {headers.map((header, index) => (
          // Names may repeat; their order does not change.
          <Table.Tr key={`${index}-${header.key}`}>
            <Table.Th scope="row" className="wrap-anywhere">
              {header.key}
            </Table.Th>
            <Table.Td className="wrap-anywhere">
              {oneLine({ content: header.value, encoding: header.encoding }) ?? text.none}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
