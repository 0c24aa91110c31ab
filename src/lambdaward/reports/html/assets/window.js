// Long tables: of many rows of one height, only those in sight (and a few around) are in the document.

const AROUND = 8;

class Windowed {
  // `box` scrolls, `body` holds the rows, `draw(row, index)` makes one, `pad(above, below)` keeps the room of the others.
  constructor({ box, body, draw, pad }) {
    Object.assign(this, { box, body, draw, pad, rows: [], nodes: new Map(), height: 0 });
    box.addEventListener("scroll", () => requestAnimationFrame(() => this.refresh()), { passive: true });
    new ResizeObserver(() => this.refresh()).observe(box);
  }

  set(rows) {
    this.rows = rows;
    this.clear();
    this.box.scrollTop = 0;
    this.refresh();
  }

  clear() {
    for (const node of this.nodes.values()) node.remove();
    this.nodes.clear();
  }

  // Rows that stay in sight keep their node, and with it the focus.
  refresh() {
    const [first, last] = this.range();
    for (const [at, node] of this.nodes) {
      if (at >= first && at < last) continue;
      node.remove();
      this.nodes.delete(at);
    }
    let before = null;
    for (let at = last - 1; at >= first; at -= 1) {
      let node = this.nodes.get(at);
      if (!node) {
        node = this.draw(this.rows[at], at);
        this.nodes.set(at, node);
        this.body.insertBefore(node, before ?? this.end ?? null);
      }
      before = node;
    }
    this.pad(first * this.height, (this.rows.length - last) * this.height);
  }

  range() {
    if (!this.rows.length) return [0, 0];
    this.measure();
    const top = Math.floor(this.box.scrollTop / this.height);
    const fit = Math.ceil(this.box.clientHeight / this.height);
    return [
      Math.max(0, Math.min(top, this.rows.length - fit) - AROUND),
      Math.min(this.rows.length, top + fit + AROUND),
    ];
  }

  measure() {
    if (this.height) return;
    const probe = this.draw(this.rows[0], 0);
    this.body.append(probe);
    this.height = probe.getBoundingClientRect().height || 1;
    probe.remove();
  }

  reveal(at) {
    const top = at * this.height;
    const box = this.box;
    const room = box.clientHeight - this.height;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + room) box.scrollTop = top - room;
    this.refresh();
  }
}
