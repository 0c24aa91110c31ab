// The overview below the numbers: where findings gather, and what to know about the scan.

const TOP = 8;
const SAYINGS = {
  version: "lambdaward",
  today: "Judged by the date",
  baseline_gone: "Entries of the baseline that are gone",
};

function barTable(title, rows) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map(([, count]) => count));
  const lines = rows.map(([name, count]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      el("td", {}, bar(count / most)),
      el("td", { class: "number" }, number(count)),
    ),
  );
  return el("section", { class: "card" }, el("h3", {}, title), el("table", { class: "bars" }, lines));
}

function bar(share) {
  const node = el("span", { class: "bar", "aria-hidden": "true" });
  node.style.inlineSize = `${6 * share}rem`;
  return node;
}

const gravest = (rows) =>
  rows
    .filter((row) => row.count)
    .sort(byWorst)
    .slice(0, TOP);

function topRules() {
  return gravest(report.rules).map((rule) => [
    el("a", { class: "graded", href: address({ view: "findings", rule: rule.id }) }, badge(rule.worst), rule.title),
    rule.count,
  ]);
}

function topFunctions() {
  return gravest(report.functions).map((row) => [
    [
      el("a", { class: "graded", href: address({ view: "findings", function: row.id }) }, badge(row.worst), row.shown),
      el("span", { class: "place" }, nearby(row.place)),
    ],
    row.count,
  ]);
}

function openQuestions() {
  const counts = new Map();
  for (const row of report.unsettled) counts.set(row.rule, (counts.get(row.rule) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, TOP)
    .map(([id, count]) => [
      el("a", { href: address({ view: "unsettled", rule: id }) }, report.ruleOf.get(id).title),
      count,
    ]);
}

function reading() {
  const { coverage, facts } = report;
  const rows = [
    ["Files read", coverage.files.length],
    ["Files not read", Object.keys(coverage.skipped).length],
    ["Problems while reading", coverage.problems.length],
    ["Resource types not modelled", Object.keys(coverage.unmodelled).length],
    ["Resources left out by conditions", Object.keys(coverage.excluded).length],
    ["Parameters assumed", Object.keys(coverage.assumed).length],
  ].map(([name, count]) =>
    el("div", {}, el("dt", {}, el("a", { href: "#coverage" }, name)), el("dd", {}, number(count))),
  );
  const said = Object.entries(SAYINGS)
    .filter(([name]) => facts[name])
    .map(([name, title]) => el("div", {}, el("dt", {}, title), el("dd", {}, facts[name])));
  return el("section", { class: "card" }, el("h3", {}, "The scan"), el("dl", { class: "facts" }, rows, said));
}

let overviewDrawn = false;

function showOverview() {
  tellCount(report.findings.length, report.findings.length);
  if (overviewDrawn) return;
  overviewDrawn = true;
  byId("digest").replaceChildren(
    ...nodes([
      barTable("What was found", topRules()),
      barTable("Functions to look at first", topFunctions()),
      barTable("Open questions", openQuestions()),
      reading(),
    ]),
  );
}
