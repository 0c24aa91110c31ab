// Showing the state: one view at a time.

const SECTIONS = { overview: showOverview, answers: showList, functions: showFunctions, coverage: showCoverage };
const COUNTS = {
  findings: "findings",
  functions: "functions",
  unsettled: "unsettled",
  suppressed: "suppressed",
  rules: "rules",
};

function tellCount(
  shown,
  all,
  noun = state.view === "functions" ? "function" : state.view === "rules" ? "rule" : "finding",
) {
  const named = state.view === "unsettled" ? "open question" : noun;
  byId("count").textContent = shown === all ? plural(all, named) : `${number(shown)} of ${plural(all, named)}`;
}

function drawViews() {
  const links = Object.entries(VIEWS).map(([view, title]) =>
    el(
      "a",
      { id: `to-${view}`, href: `#${view}` },
      title,
      COUNTS[view] ? el("span", { class: "number" }, number(report[COUNTS[view]].length)) : null,
    ),
  );
  document.querySelector("nav").append(...links);
}

function show() {
  const section = Object.hasOwn(SECTIONS, state.view) ? state.view : "answers";
  for (const id of Object.keys(SECTIONS)) byId(id).hidden = id !== section;
  for (const view of Object.keys(VIEWS)) byId(`to-${view}`).removeAttribute("aria-current");
  const here = byId(`to-${state.view}`);
  here.setAttribute("aria-current", "page");
  here.href = address(state);
  if (document.activeElement !== byId("search")) byId("search").value = state.q ?? "";
  document.title = `${VIEWS[state.view]}: lambdaward report`;
  byId("main").tabIndex = ["overview", "coverage"].includes(section) ? 0 : -1;
  SECTIONS[section]();
  if (!document.activeElement.checkVisibility()) byId("main").focus();
}

drawViews();
byId("keys")
  .querySelector("dl")
  .append(...KEYS.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what))));
byId("about").textContent = legible(`lambdaward ${report.facts.version ?? ""} ${report.facts.today ?? ""}`);
setTheme("auto");
for (const node of document.querySelectorAll(".searching, .tools, nav")) node.hidden = false;
addEventListener("hashchange", reread);
reread();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
gather([...report.findings, ...report.functions]);
