// Code frames: the lines around a place, numbered, with what is meant underlined. Secrets were masked before they came here.

function frame([label, line, column, endLine, endColumn, first, source]) {
  if (!label) return null;
  const lines = source.map((text, index) => {
    const at = first + index;
    const meant = at >= line && at <= endLine;
    return codeLine(at, text, meant ? [at === line ? column - 1 : 0, at === endLine ? endColumn - 1 : Infinity] : null);
  });
  const rest =
    lines.length && endLine >= first + lines.length ? el("span", { class: "rest" }, `… to line ${endLine}`) : null;
  return el(
    "figure",
    { class: "frame" },
    el("figcaption", {}, label),
    lines.length ? el("pre", {}, lines, rest) : null,
  );
}

function codeLine(at, text, span) {
  const points = Array.from(text);
  const gutter = el("span", { class: "gutter" }, String(at));
  if (!span) return el("span", { class: "line" }, gutter, el("code", {}, text));
  const indent = points.findIndex((point) => point.trim() !== "");
  const from = Math.max(span[0], indent);
  const piece = (start, end) => points.slice(start, end).join("");
  return el(
    "span",
    { class: "line meant" },
    gutter,
    el(
      "code",
      {},
      piece(0, from),
      el("mark", {}, piece(from, span[1])),
      span[1] < points.length ? piece(span[1]) : null,
    ),
  );
}
