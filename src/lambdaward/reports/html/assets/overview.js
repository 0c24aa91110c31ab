// The overview below the numbers: where findings gather, and what to know about the scan.

const TOP = 8;

function barTable(title, rows) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map(([, count]) => count));
  const lines = rows.map(([name, count]) =>
    el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, el("meter", { min: 0, max: most, value: count, "aria-hidden": "true" })), el("td", { class: "number" }, number(count))));
  return el("section", { class: "card" }, el("h3", {}, title), el("table", { class: "bars" }, lines));
}

const top = (rows) => rows.filter((row) => row.count).sort((a, b) => b.count - a.count).slice(0, TOP);

function topRules() {
  return top([...report.rules]).map((rule) => [el("a", { href: address({ view: "findings", rule: rule.id }) }, badge(rule.severity), ` ${rule.title}`), rule.count]);
}

function topFunctions() {
  const worst = [...report.functions].filter((row) => row.count).sort((a, b) => b.worst - a.worst || b.count - a.count).slice(0, TOP);
  return worst.map((row) => [el("a", { href: address({ view: "findings", function: row.id }) }, badge(row.worst), ` ${row.shown}`), row.count]);
}

function openQuestions() {
  const counts = new Map();
  for (const row of report.unsettled) counts.set(row.rule, (counts.get(row.rule) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, TOP).map(([id, count]) => [el("a", { href: address({ view: "unsettled", rule: id }) }, report.ruleOf.get(id).title), count]);
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
  ].map(([name, count]) => el("div", {}, el("dt", {}, el("a", { href: "#coverage" }, name)), el("dd", {}, number(count))));
  const said = Object.entries(facts).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
  return el("section", { class: "card" }, el("h3", {}, "The scan"), el("dl", { class: "facts" }, rows, said));
}

let overviewDrawn = false;

function showOverview() {
  tellCount(report.findings.length, report.findings.length);
  if (overviewDrawn) return;
  overviewDrawn = true;
  const cards = [barTable("Most frequent rules", topRules()), barTable("Functions to look at first", topFunctions()), barTable("Open questions", openQuestions()), reading()];
  byId("digest").replaceChildren(...cards.filter(Boolean));
}
