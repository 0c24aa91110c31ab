// What is shown stands in the address: `#findings?severity=high&q=queue`, `#finding-<fingerprint>`. So every view is a link.

const VIEWS = {
  overview: "Overview",
  findings: "Findings",
  functions: "Functions",
  unsettled: "Open questions",
  suppressed: "Suppressed",
  coverage: "Coverage",
  rules: "Rules",
};
const ITEMS = { finding: "findings", unsettled: "unsettled", suppressed: "suppressed", rule: "rules" };
const FILTERS = ["q", "severity", "kind", "subject", "rule", "function", "sort"];

let state = { view: "overview", item: "" };

function parse(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const found = { view: "overview", item: "" };
  for (const name of FILTERS) if (parameters.get(name)) found[name] = parameters.get(name);
  const [, kind, item] = /^([a-z]+)-(.+)$/.exec(path) ?? [];
  if (Object.hasOwn(ITEMS, kind)) Object.assign(found, { view: ITEMS[kind], item: unescaped(item) });
  else if (Object.hasOwn(VIEWS, path)) found.view = path;
  return found;
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function address(wanted) {
  const kind = Object.keys(ITEMS).find((name) => ITEMS[name] === wanted.view);
  const path = wanted.item && kind ? `${kind}-${encodeURIComponent(wanted.item.toWellFormed())}` : wanted.view;
  const parameters = new URLSearchParams(FILTERS.filter((name) => wanted[name]).map((name) => [name, wanted[name]]));
  return `#${path}${parameters.size ? `?${parameters}` : ""}`;
}

// Change some of the state. Steps of one view replace the address, so that Back leaves the view.
function go(changes) {
  const wanted = { ...state, ...changes };
  history[wanted.view === state.view ? "replaceState" : "pushState"](null, "", address(wanted));
  state = wanted;
  show();
}

function reread() {
  if (location.hash === "#main") return;
  state = parse(location.hash);
  show();
}

const chosen = (name) => new Set((state[name] ?? "").split(",").filter(Boolean));
