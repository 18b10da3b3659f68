import { Table } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import styles from "./Rows.module.css";

export interface Column<T> {
  title: string;
  isNumber?: boolean;
  cell: (row: T) => ReactNode;
}

const ROW_HEIGHT = 42;
const OVERSCAN = 20;

/**
 * A table that stays fast with thousands of rows: only those in sight are in the document. On narrow
 * screens it scrolls to the side within itself.
 */
export function Rows<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  empty: ReactNode;
}) {
  const { label, columns, rows, rowKey, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(box.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <div ref={box}>
      {rows.length === 0 ? (
        empty
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table highlightOnHover aria-label={label} aria-rowcount={rows.length + 1}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th
                    key={column.title}
                    scope="col"
                    className={column.isNumber ? "number" : ""}
                  >
                    {column.title}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Gap height={before} columns={columns.length} />
              {items.map((item) => {
                const row = rows[item.index];
                return (
                  row !== undefined && (
                    <Table.Tr
                      key={rowKey(row)}
                      data-index={item.index}
                      ref={virtual.measureElement}
                      aria-rowindex={item.index + 2}
                    >
                      {columns.map((column) => (
                        <Table.Td
                          key={column.title}
                          className={column.isNumber ? "number" : "wrap-anywhere"}
                        >
                          {column.cell(row)}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  )
                );
              })}
              <Gap height={after} columns={columns.length} />
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}

/** Stands for rows that are not in the document. */
function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    height > 0 && (
      <tr aria-hidden>
        <td colSpan={columns} className={styles["gap"]} style={{ height }} />
      </tr>
    )
  );
}
