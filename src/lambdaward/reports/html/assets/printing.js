// On paper there is no scrolling: what the view shows is drawn in full before printing, and taken away after.

function printed() {
  if (Object.hasOwn(LISTS, state.view))
    return listed.map((row) => el("article", { class: "detail" }, LISTS[state.view].detail(row)));
  if (state.view !== "functions") return [];
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      COLUMNS.map(({ title }) => el("th", { scope: "col" }, title)),
    ),
  );
  const rows = functionsWindow.rows.map((row) =>
    el(
      "tr",
      {},
      COLUMNS.map(({ cell }) => el("td", {}, cell(row))),
    ),
  );
  return [el("table", { class: "plain" }, head, el("tbody", {}, rows))];
}

addEventListener("beforeprint", () => {
  byId("printed").replaceChildren(el("h2", {}, VIEWS[state.view]), ...printed());
  for (const about of byId("printed").querySelectorAll("details")) about.remove();
});

addEventListener("afterprint", () => byId("printed").replaceChildren());
