// Code frames: the lines around a place, numbered, with what is meant underlined. Secrets were masked before they came here.

function frame(spot) {
  const [label, file, line, column, endLine, endColumn, first, last] = spot;
  if (!label) return null;
  const lines = [];
  for (let at = first; first && at <= last; at += 1) {
    const meant = at >= line && at <= endLine;
    const from = at === line ? column - 1 : 0;
    const to = at === endLine ? endColumn - 1 : Infinity;
    lines.push(codeLine(at, report.lines[file][at], meant ? [from, to] : null));
  }
  const rest = first && endLine > last ? el("span", { class: "rest" }, `… to line ${endLine}`) : null;
  return el("figure", { class: "frame" }, el("figcaption", {}, label), lines.length ? el("pre", {}, lines, rest) : null);
}

function codeLine(at, text, span) {
  const points = Array.from(text);
  const gutter = el("span", { class: "gutter" }, String(at));
  if (!span) return el("span", { class: "line" }, gutter, el("code", {}, text));
  const indent = points.findIndex((point) => point.trim() !== "");
  const from = Math.max(span[0], indent);
  const piece = (start, end) => points.slice(start, end).join("");
  return el("span", { class: "line meant" }, gutter,
    el("code", {}, piece(0, from), el("mark", {}, piece(from, span[1])), span[1] < points.length ? piece(span[1]) : null));
}
