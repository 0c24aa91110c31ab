// The keyboard, and the choice of theme.

const THEMES = ["auto", "light", "dark"];
const KEYS = [
  ["/", "search"],
  ["j k ↓ ↑", "next, previous row"],
  ["Enter", "read the chosen row"],
  ["Esc", "back to the list; then leave the search"],
  ["1 … 7", "views"],
  ["t", "theme"],
  ["?", "these shortcuts"],
];

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId("theme").textContent = `Theme: ${name}`;
}

const nextTheme = () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);

const ACTIONS = {
  "/": () => byId("search").focus(),
  "?": () => byId("keys").showModal(),
  t: nextTheme,
};

const typing = (node) => node.matches("input:not([type=checkbox]), select, textarea");

function escape(event) {
  if (event.target === byId("search")) {
    if (state.q) search("");
    event.target.blur();
  } else if (byId("detail").contains(event.target) || byId("answers").classList.contains("opened")) closeDetail();
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  if (event.key === "Escape") return escape(event);
  if (typing(event.target) || event.key.length > 1 || !byId("single").checked) return;
  const view = Object.keys(VIEWS)[Number(event.key) - 1];
  if (view) location.hash = byId(`to-${view}`).hash;
  else if (Object.hasOwn(ACTIONS, event.key)) ACTIONS[event.key]();
  else if (byId("answers").hidden || !step(event.key)) return;
  event.preventDefault();
});

let waiting = 0;

function search(text) {
  byId("search").value = text;
  const searchable = ["overview", "coverage"].includes(state.view) ? "findings" : state.view;
  go({ view: searchable, q: text, item: "" });
}

byId("search").addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => search(event.target.value), 60);
});

byId("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  event.preventDefault();
  (byId("answers").hidden ? byId("functions-box") : byId("list")).focus();
});

byId("theme").addEventListener("click", nextTheme);
byId("help").addEventListener("click", ACTIONS["?"]);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
