import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../testing/render";
import { type Column, type Order, ordered, Rows } from "./Rows";

interface Row {
  name: string;
  size: number;
}

const COLUMNS: Column<Row>[] = [
  { title: "Name", order: ({ name }) => name, cell: ({ name }) => name },
  { title: "Size", isNumber: true, order: ({ size }) => size, cell: ({ size }) => size },
  { title: "Note", cell: () => "" },
];
const ROWS = [
  { name: "b", size: 10 },
  { name: "a", size: 9 },
  { name: "c", size: 10 },
];

afterEach(() => {
  window.scrollTo(0, 0);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const names = (order: Order | undefined) => ordered(ROWS, COLUMNS, order).map(({ name }) => name);

describe("rows", () => {
  it("are ordered by a column, equal ones as they were", () => {
    expect(names({ by: "Name", isDescending: false })).toEqual(["a", "b", "c"]);
    expect(names({ by: "Size", isDescending: true })).toEqual(["b", "c", "a"]);
  });

  it("stay as they are without a column that orders", () => {
    expect(names(undefined)).toEqual(["b", "a", "c"]);
    expect(names({ by: "Note", isDescending: true })).toEqual(["b", "a", "c"]);
  });

  it("tell their order, and can be ordered otherwise", async () => {
    const wanted: Order[] = [];
    show(
      <Rows
        label="All"
        columns={COLUMNS}
        rows={ROWS}
        rowKey={({ name }) => name}
        empty={null}
        order={{ by: "Size", isDescending: true }}
        onOrder={(order) => wanted.push(order)}
      />,
    );
    expect(screen.getByRole("columnheader", { name: "Size" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
    await userEvent.click(screen.getByRole("button", { name: "Size" }));
    await userEvent.click(screen.getByRole("button", { name: "Name" }));
    expect(screen.queryByRole("button", { name: "Note" })).toBeNull();
    expect(wanted).toEqual([
      { by: "Size", isDescending: false },
      { by: "Name", isDescending: false },
    ]);
  });

  it("are in sight where they are, also after something above has grown", () => {
    let top = 100;
    let grow = () => {};
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(42);
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(
      () => new DOMRect(0, top - window.scrollY, 600, 42),
    );
    vi.stubGlobal(
      "ResizeObserver",
      class {
        readonly tell: () => void;
        constructor(tell: () => void) {
          this.tell = tell;
        }
        observe(element: Element) {
          grow = element === document.body ? this.tell : grow;
        }
        unobserve() {}
        disconnect() {}
      },
    );
    const many = Array.from({ length: 2_000 }, (_, i) => ({ name: `row ${i}`, size: i }));
    show(<Rows label="All" columns={COLUMNS} rows={many} rowKey={({ name }) => name} empty={null} />);
    act(() => {
      window.scrollTo(0, 10_000);
      window.dispatchEvent(new Event("scroll"));
    });
    expect(screen.queryByText("row 0")).toBeNull();
    expect(screen.getByText("row 240")).toBeTruthy();

    top = 10_000;
    act(() => grow());
    expect(screen.getByText("row 0")).toBeTruthy();
    expect(screen.queryByText("row 240")).toBeNull();
  });
});
