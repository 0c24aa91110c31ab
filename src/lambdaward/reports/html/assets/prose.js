// The documentation of rules: paragraphs, lists, fenced code, `code` and links, as elements.

const FENCE = /^(```|~~~)/;
const ITEM = /^[-*] /;

function prose(source) {
  const blocks = [];
  let lines = [];
  let fenced = false;
  const close = () => {
    if (lines.length) blocks.push(fenced ? el("pre", { class: "sample" }, lines.join("\n")) : block(lines));
    lines = [];
  };
  for (const line of source.split("\n")) {
    if (FENCE.test(line)) {
      close();
      fenced = !fenced;
      continue;
    }
    if (!fenced && (!line.trim() || (ITEM.test(line) && lines.length && !ITEM.test(lines[0])))) close();
    if (fenced || line.trim()) lines.push(line);
  }
  close();
  return blocks;
}

function block(lines) {
  if (!ITEM.test(lines[0])) return el("p", {}, inline(lines.join(" ")));
  const items = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.slice(2));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return el(
    "ul",
    {},
    items.map((item) => el("li", {}, inline(item))),
  );
}

// Links are made of documentation only: what a scanned file says is never clickable.
function inline(text) {
  return text
    .split(/(https:\/\/[^\s<>()`]+)/)
    .flatMap((piece) =>
      piece.startsWith("https://") ? el("a", { href: piece, rel: "noreferrer noopener" }, piece) : coded(piece),
    );
}

const coded = (text) =>
  text.split(/(`[^`]+`)/).map((piece) => (/^`.+`$/s.test(piece) ? el("code", {}, piece.slice(1, -1)) : piece));
