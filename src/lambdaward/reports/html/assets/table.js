// The table of functions: ten thousand rows, of which only those in sight are drawn.

const COLUMNS = [
  {
    name: "shown",
    title: "Function",
    cell: (row) => [el("b", {}, row.shown), el("span", { class: "file" }, row.place)],
  },
  { name: "runtime", title: "Runtime", cell: (row) => row.runtime },
  { name: "role", title: "Role", cell: (row) => row.role },
  { name: "triggers", title: "Triggers", cell: (row) => row.triggers.join(", ") },
  { name: "url", title: "URL", cell: (row) => row.url },
  { name: "vpc", title: "VPC", cell: (row) => (row.vpc ? "yes" : "") },
  { name: "count", title: "Findings", cell: found },
];

function found(row) {
  if (!row.count) return el("span", { class: "none" }, "none");
  return el(
    "a",
    { class: "graded", href: address({ view: "findings", function: row.id }) },
    badge(row.worst),
    el("span", { class: "number" }, number(row.count)),
  );
}

const heads = COLUMNS.map(({ name, title }) =>
  el("th", { scope: "col", "data-column": name }, el("button", { type: "button", onclick: () => sortBy(name) }, title)),
);
const above = el("tr", { class: "pad", "aria-hidden": "true" }, el("td", { colspan: COLUMNS.length }));
const below = el("tr", { class: "pad", "aria-hidden": "true" }, el("td", { colspan: COLUMNS.length }));
const table = el(
  "table",
  { class: "functions" },
  el("caption", { class: "quiet" }, "Functions"),
  el("thead", {}, el("tr", { "aria-rowindex": 1 }, heads)),
  el("tbody", {}, above, below),
);

byId("functions-box").append(table);

const functionsWindow = new Windowed({
  box: byId("functions-box"),
  body: table.tBodies[0],
  draw: (row, at) =>
    el(
      "tr",
      { "aria-rowindex": at + 2 },
      COLUMNS.map(({ cell, name }, column) =>
        el(column ? "td" : "th", { scope: column ? null : "row", class: name, title: row[name] }, cell(row)),
      ),
    ),
  pad: (top, bottom) => {
    above.firstChild.style.height = `${top}px`;
    below.firstChild.style.height = `${bottom}px`;
  },
});
functionsWindow.end = below;

// A column's name sorts up, the name with `-` before it down. Numbers start with the largest.
function sortBy(name) {
  const first = name === "count" ? "-count" : name;
  const second = name === "count" ? "count" : `-${name}`;
  go({ sort: state.sort === first ? second : first });
}

const orders = new Map();

// The functions by the wanted column; sorted once for each.
function ordered() {
  const wanted = state.sort ?? "-count";
  if (!orders.has(wanted)) orders.set(wanted, sorted(report.functions, wanted));
  return orders.get(wanted);
}

function sorted(rows, wanted) {
  const name = wanted.replace("-", "");
  if (!COLUMNS.some((column) => column.name === name)) return rows;
  const way = wanted.startsWith("-") ? -1 : 1;
  const rank = (row) =>
    name === "count" ? row.worst * 1e6 + row.count : name === "vpc" ? Number(row.vpc) : String(row[name]);
  const compare = (a, b) => (a < b ? -1 : Number(a > b));
  return rows
    .map((row) => [rank(row), row])
    .sort((a, b) => way * compare(a[0], b[0]) || a[1].index - b[1].index)
    .map(([, row]) => row);
}

let tabled = "";

function showFunctions() {
  const wanted = JSON.stringify([state.q, state.sort]);
  if (wanted !== tabled) {
    tabled = wanted;
    functionsWindow.set(matching(ordered()));
    table.setAttribute("aria-rowcount", functionsWindow.rows.length + 1);
    const sort = state.sort ?? "-count";
    for (const cell of heads) {
      if (cell.dataset.column === sort.replace("-", ""))
        cell.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
  }
  tellCount(functionsWindow.rows.length, report.functions.length);
}
