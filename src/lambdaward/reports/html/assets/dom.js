// Building the document. Text only ever becomes text: nothing here parses markup, and the page's policy forbids it.

// Characters that hide or reorder what stands around them are spelled out.
const HIDING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const legible = (text) =>
  String(text).replace(HIDING, (c) => `‹U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);

// An element with attributes (`on…` are listeners) and children (nodes or text; null and false are skipped).
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : legible(value));
  }
  node.append(...nodes(children));
  return node;
}

const nodes = (children) =>
  [children]
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "")
    .map((child) => (child instanceof Node ? child : legible(child)));

const byId = (id) => document.getElementById(id);

const number = (value) => value.toLocaleString("en");

const plural = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
