// A list beside the detail of its chosen row: findings, open questions, suppressed findings, rules.

const grade = (row) =>
  row.severity === undefined ? el("span", { class: "severity open" }, "open") : badge(row.severity);
const answerDetail = (row) => (row.severity === undefined ? unsettledDetail(row) : findingDetail(row));

// Rules that found something come first, the gravest of them before the others.
const byWeight = (a, b) => Boolean(b.count) - Boolean(a.count) || b.severity - a.severity || b.count - a.count;

const LISTS = {
  findings: { rows: report.findings, detail: answerDetail, none: "No findings." },
  suppressed: { rows: report.suppressed, detail: answerDetail, none: "Nothing was suppressed." },
  unsettled: { rows: report.unsettled, detail: answerDetail, none: "No question stayed open." },
  rules: { rows: [...report.rules].sort(byWeight), detail: ruleDetail, none: "No rule ran." },
};

let listed = [];
let active = -1;
let drawn = "";

const body = byId("list").appendChild(el("div", { role: "presentation", class: "rows" }));

const listing = new Windowed({
  box: byId("list"),
  body,
  draw: drawLine,
  pad: (above, below) => {
    body.style.paddingTop = `${above}px`;
    body.style.paddingBottom = `${below}px`;
  },
});

const LONG_TEXT = 300;

// The end of a place tells places apart: the last folder, the file and the line.
const nearby = (place) => place.replace(/:(\d+):\d+$/, ":$1").split("/").slice(-2).join("/");

function drawLine(row, at) {
  const isRule = state.view === "rules";
  const place = isRule ? plural(row.count, "finding") : nearby(row.at[0]);
  return el(
    "div",
    {
      class: "row",
      role: "option",
      id: `row-${at}`,
      "aria-selected": String(at === active),
      "aria-setsize": listed.length,
      "aria-posinset": at + 1,
      onclick: () => choose(at),
    },
    grade(row),
    el("span", { class: "what" }, coded((isRule ? row.title : row.message).slice(0, LONG_TEXT))),
    el(
      "span",
      { class: "where" },
      el("span", { class: "rule" }, isRule ? row.id : row.rule),
      el("span", { class: "who" }, isRule ? row.name : row.shown),
      el("span", { class: "file" }, el("bdi", {}, place)),
    ),
  );
}

function choose(at) {
  if (at < 0 || at >= listed.length) return;
  go({ item: listed[at].key });
}

// Draw the list when its rows changed, and the detail of the chosen row, or of the first where there is room for both.
function showList() {
  const { rows, none } = LISTS[state.view];
  const { item, ...rest } = state;
  const wanted = JSON.stringify(rest);
  if (wanted !== drawn) {
    drawn = wanted;
    listed = matching(rows);
    active = -1;
    byId("answers-title").textContent = VIEWS[state.view];
    drawFilters(rows, listed);
    listing.set(listed);
  }
  tellCount(listed.length, rows.length);
  const chosenRow = item
    ? rows.find((row) => row.key === item)
    : matchMedia("(min-width: 60rem)").matches
      ? listed[0]
      : undefined;
  mark(chosenRow ? listed.indexOf(chosenRow) : -1);
  byId("answers").classList.toggle("opened", Boolean(item && chosenRow));
  showDetail(chosenRow, rows.length ? "Nothing matches." : none);
}

function mark(at) {
  listing.nodes.get(active)?.setAttribute("aria-selected", "false");
  active = at;
  const box = byId("list");
  if (at < 0) return box.removeAttribute("aria-activedescendant");
  listing.reveal(at);
  listing.nodes.get(at).setAttribute("aria-selected", "true");
  return box.setAttribute("aria-activedescendant", `row-${at}`);
}

function showDetail(row, otherwise) {
  const detail = byId("detail");
  const back = el("button", { type: "button", class: "back", onclick: closeDetail }, "Back to the list");
  const empty = () => el("p", { class: "empty" }, listed.length ? "Choose a row." : otherwise);
  detail.replaceChildren(back, ...nodes(row ? LISTS[state.view].detail(row) : empty()));
  detail.scrollTop = 0;
  if (row) detail.setAttribute("aria-labelledby", "detail-title");
  else detail.removeAttribute("aria-labelledby");
}

function closeDetail() {
  const at = active;
  go({ item: "" });
  byId("list").focus();
  if (at >= 0) mark(at);
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

// Move the choice as a key says; whether it was such a key.
function step(key) {
  if (!Object.hasOwn(STEPS, key) || !listed.length) return false;
  choose(Math.max(0, Math.min(listed.length - 1, active + STEPS[key])));
  return true;
}

byId("list").addEventListener("keydown", (event) => {
  if (event.key === "Enter") byId("detail").focus();
  else if (event.key.length === 1 || !step(event.key)) return;
  event.preventDefault();
});
