// The documentation of rules: paragraphs, lists, fenced code, `code` and links, as elements.

function prose(source) {
  const blocks = [];
  for (const chunk of source.split(/\n(?=```)|(?<=\n```)\n|\n{2,}/)) blocks.push(...block(chunk));
  return blocks;
}

function block(chunk) {
  const lines = chunk.split("\n").filter((line) => line.trim());
  if (!lines.length) return [];
  if (lines[0].startsWith("```")) return [el("pre", { class: "sample" }, lines.filter((line) => !line.startsWith("```")).join("\n"))];
  if (!/^[-*] /.test(lines[0])) return [el("p", {}, inline(lines.join(" ")))];
  const items = [];
  for (const line of lines) {
    if (/^[-*] /.test(line)) items.push(line.slice(2));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return [el("ul", {}, items.map((item) => el("li", {}, inline(item))))];
}

function inline(text) {
  return text.split(/(`[^`]+`|https:\/\/[^\s<>()]+)/).map((piece) => {
    if (piece.startsWith("`")) return el("code", {}, piece.slice(1, -1));
    if (piece.startsWith("https://")) return el("a", { href: piece, rel: "noreferrer noopener" }, piece);
    return piece;
  });
}
