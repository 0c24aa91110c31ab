// Which rows match, and the controls that say so.

const SAID = [
  "id",
  "name",
  "title",
  "subject",
  "message",
  "rule",
  "shown",
  "resource",
  "type",
  "property",
  "because",
  "runtime",
  "role",
  "url",
  "triggers",
  "place",
  "by",
];

// All that can be found of a row, in small letters.
function textOf(row) {
  row.text ??= row.whole([...SAID.map((name) => row.packed(name)), ...linked(row)].flat().join("\n")).toLowerCase();
  return row.text;
}

// Make the texts while nothing else is to be done, so that the first search is as fast as the next.
function gather(rows, from = 0) {
  requestIdleCallback((idle) => {
    let at = from;
    while (at < rows.length && idle.timeRemaining() > 2) textOf(rows[at++]);
    if (at < rows.length) gather(rows, at);
  });
}

// What an answer says through others: its rule's name, its places, its evidence, the functions it touches.
function linked(row) {
  if (!row.ruling) return [];
  const functions = row.functions.map((at) => report.functions[at].shown);
  const evidence = [...row.packed("evidence")].map(([text, at]) => `${text} ${at[0]}`);
  return [row.ruling.name, row.packed("at")[0], ...evidence, ...functions];
}

const TESTS = {
  severity: (row) =>
    row.severity === undefined ? state.view !== "suppressed" : chosen("severity").has(SEVERITIES[row.severity]),
  kind: (row) => (row.ruling ?? row).kind === state.kind,
  subject: (row) => (row.ruling ?? row).subject === state.subject,
  rule: (row) => (row.rule ?? row.id) === state.rule,
  function: (row) => !row.functions || row.functions.some((at) => report.functions[at].id === state.function),
};

// The rows of a table that pass every filter that is set, but one that may be left out.
function matching(rows, except = "") {
  const tests = Object.keys(TESTS)
    .filter((name) => name !== except && state[name])
    .map((name) => TESTS[name]);
  const words = (state.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => tests.every((test) => test(row)) && words.every((word) => textOf(row).includes(word)));
}

function severityChips(rows, shown) {
  const counts = SEVERITIES.map(() => 0);
  for (const row of state.severity ? matching(rows, "severity") : shown) counts[row.severity] += 1;
  const on = chosen("severity");
  return SEVERITIES.map((name, at) => {
    const toggle = () => {
      const next = chosen("severity");
      if (!next.delete(name)) next.add(name);
      go({ severity: [...next].join(","), item: "" });
    };
    return el(
      "button",
      { type: "button", class: "chip", "aria-pressed": String(on.has(name)), "data-severity": name, onclick: toggle },
      el("span", { class: `severity ${name}` }, name),
      el("span", { class: "number" }, number(counts[at])),
    );
  }).reverse();
}

function picker(name, label, options) {
  const change = (event) => go({ [name]: event.target.value, item: "" });
  const every = el("option", { value: "" }, "all");
  const rest = options.map(([value, text]) => el("option", { value, selected: state[name] === value }, text));
  return el("label", {}, `${label} `, el("select", { "data-filter": name, onchange: change }, every, rest));
}

function functionPicker() {
  const touched = report.functions.filter((each) => each.count);
  const change = (event) => go({ function: event.target.value, item: "" });
  const fill = (event) => {
    const list = byId("function-names");
    if (!list.childElementCount) list.append(...touched.map((each) => el("option", { value: each.id }, each.shown)));
    event.target.select();
  };
  return el(
    "label",
    {},
    "Function ",
    el("input", {
      list: "function-names",
      "data-filter": "function",
      placeholder: "all",
      value: state.function ?? "",
      autocomplete: "off",
      onfocus: fill,
      onchange: change,
    }),
    el("datalist", { id: "function-names" }),
  );
}

const sortedNames = (rows, of) => [...new Set(rows.map(of))].sort();

// The controls are drawn anew with every change of the rows that are shown; the one that was used keeps the focus.
function drawFilters(rows, shown) {
  const bar = byId("filters");
  const held = bar.contains(document.activeElement) ? focusName(document.activeElement) : "";
  const graded = rows.some((row) => row.severity !== undefined);
  const rulings = rows.map((row) => row.ruling ?? row);
  const answers = state.view !== "rules";
  const rules = sortedNames(rulings, (rule) => rule.id);
  const set = FILTERS.some((name) => state[name] && name !== "sort");
  bar.replaceChildren(
    ...nodes([
      graded && answers
        ? el("div", { class: "chips", role: "group", "aria-label": "Severity" }, severityChips(rows, shown))
        : null,
      picker(
        "subject",
        "Subject",
        sortedNames(rulings, (rule) => rule.subject).map((name) => [name, name]),
      ),
      picker(
        "kind",
        "Kind",
        sortedNames(rulings, (rule) => rule.kind).map((name) => [name, name]),
      ),
      answers
        ? picker(
            "rule",
            "Rule",
            rules.map((id) => [id, `${id} ${report.ruleOf.get(id).name}`]),
          )
        : null,
      answers ? functionPicker() : null,
      set ? el("button", { type: "button", class: "clear", onclick: clearFilters }, "Clear filters") : null,
    ]),
  );
  if (held) (bar.querySelector(held) ?? byId("list")).focus();
}

const focusName = (node) =>
  node.dataset.severity
    ? `[data-severity="${node.dataset.severity}"]`
    : node.dataset.filter
      ? `[data-filter="${node.dataset.filter}"]`
      : ".clear";

function clearFilters() {
  go(Object.fromEntries([...FILTERS.map((name) => [name, ""]), ["item", ""]]));
}
