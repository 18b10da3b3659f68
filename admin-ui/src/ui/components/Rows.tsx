import { Table, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import styles from "./Rows.module.css";

export interface Column<T> {
  title: string;
  isNumber?: boolean;
  /** By what the rows can be ordered; without it they can't be. */
  order?: (row: T) => number | string;
  /** Whether narrow screens leave it out: what it says can be seen elsewhere, too. */
  isDetail?: boolean;
  cell: (row: T) => ReactNode;
}

/** By which column rows are ordered: its title, and whether the largest is the first. */
export interface Order {
  by: string;
  isDescending: boolean;
}

/** The rows in this order; equal ones stay as they were. */
export function ordered<T>(rows: T[], columns: Column<T>[], order: Order | undefined): T[] {
  const value = columns.find((column) => column.title === order?.by)?.order;
  if (value === undefined) {
    return rows;
  }
  const sign = order?.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  });
}

const ROW_HEIGHT = 42;

/** Narrower than so many pixels for each column no table becomes. */
const COLUMN_WIDTH = 100;
const NARROW_COLUMN_WIDTH = 85;
const NARROW = "(max-width: 47.99em)";
const OVERSCAN = 20;

/**
 * A table that stays fast with thousands of rows: only those in sight are in the document. On narrow
 * screens it has fewer columns, and scrolls to the side within itself if they are still too many.
 */
export function Rows<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  empty: ReactNode;
  /** How the rows are ordered now. */
  order?: Order | undefined;
  /** Called with the order that is wanted; without it nobody can want one. */
  onOrder?: (order: Order) => void;
}) {
  const { label, rows, rowKey, empty, order, onOrder } = props;
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const columns = props.columns.filter(({ isDetail = false }) => !(isNarrow && isDetail));
  const box = useRef<HTMLDivElement>(null);
  const top = useTop(box);
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
        <Table.ScrollContainer minWidth={columns.length * (isNarrow ? NARROW_COLUMN_WIDTH : COLUMN_WIDTH)}>
          <Table highlightOnHover aria-label={label} aria-rowcount={rows.length + 1}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Heading key={column.title} column={column} order={order} onOrder={onOrder} />
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

/** Where on the page something begins, in pixels; measured again when the page becomes longer or shorter. */
function useTop(box: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      // Whole pixels: what is added up may differ by a trifle each time.
      setTop(Math.round((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    };
    measure();
    const growth = new ResizeObserver(measure);
    growth.observe(document.body);
    return () => growth.disconnect();
  }, [box]);
  return top;
}

function Heading<T>(props: {
  column: Column<T>;
  order: Order | undefined;
  onOrder: ((order: Order) => void) | undefined;
}) {
  const { column, order, onOrder } = props;
  const { title, isNumber = false } = column;
  const isChosen = order?.by === title;
  const isDescending = isChosen && order.isDescending;
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <Table.Th
      scope="col"
      className={isNumber ? "number" : ""}
      {...(isChosen && { "aria-sort": isDescending ? "descending" : "ascending" })}
    >
      {column.order === undefined || onOrder === undefined ? (
        title
      ) : (
        <UnstyledButton
          className={styles["order"] ?? ""}
          onClick={() => onOrder({ by: title, isDescending: isChosen ? !isDescending : isNumber })}
        >
          {title}
          <Arrow size={14} aria-hidden className={isChosen ? "" : (styles["unchosen"] ?? "")} />
        </UnstyledButton>
      )}
    </Table.Th>
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
