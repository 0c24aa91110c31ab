// What was read, what was not, and what was assumed: a report that hides its blind spots is a wrong report.

const LONG = 200;

function pairs(title, first, second, rows) {
  if (!rows.length) return null;
  const lines = (from, to) =>
    rows.slice(from, to).map((cells) =>
      el(
        "tr",
        {},
        cells.map((cell, at) => el(at ? "td" : "th", { scope: at ? null : "row" }, coded(String(cell)))),
      ),
    );
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      [first, ...[second].flat()].map((name) => el("th", { scope: "col" }, name)),
    ),
  );
  const filled = el("tbody", {}, lines(0, LONG));
  const more =
    rows.length > LONG
      ? el(
          "button",
          {
            type: "button",
            onclick: (event) => {
              filled.append(...lines(LONG));
              event.target.remove();
            },
          },
          `Show all ${number(rows.length)}`,
        )
      : null;
  return el(
    "section",
    { class: "card wide" },
    el("h3", {}, `${title} (${number(rows.length)})`),
    el("table", { class: "plain" }, head, filled),
    more,
  );
}

let coverageDrawn = false;

function showCoverage() {
  tellCount(report.coverage.files.length, report.coverage.files.length, "file");
  if (coverageDrawn) return;
  coverageDrawn = true;
  byId("coverage").append(...nodes(coverageCards()));
}

function coverageCards() {
  const { files, skipped, problems, modelled, unmodelled, excluded, assumed, stale } = report.coverage;
  const counted = (table) =>
    Object.entries(table)
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => [name, number(count)]);
  return [
    pairs(
      "Problems while reading",
      "Where",
      ["What", "What to do", "Lost"],
      problems.map(([place, message, remedy, fatal]) => [place, message, remedy, fatal ? "the file" : "a part"]),
    ),
    pairs("Files not read", "File", "Why", Object.entries(skipped)),
    pairs("Parameters assumed", "Parameter", "Default used", Object.entries(assumed)),
    pairs("Resources left out", "Resource", "Why", Object.entries(excluded)),
    pairs("Suppressions that match nothing", "Rules", ["Reason", "Where"], stale),
    pairs("Resource types not modelled", "Type", "Resources", counted(unmodelled)),
    pairs("Resource types modelled", "Type", "Resources", counted(modelled)),
    pairs(
      "Files read",
      "File",
      [],
      files.map((file) => [file]),
    ),
  ];
}
