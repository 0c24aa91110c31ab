// Long tables: of many rows of one height, only those in sight (and a few around) are in the document.

const AROUND = 8;

class Windowed {
  // `box` scrolls, `body` holds the rows, `draw(row, index)` makes one, `pad(above, below)` keeps the room of the others.
  constructor({ box, body, draw, pad }) {
    Object.assign(this, { box, body, draw, pad, rows: [], nodes: new Map(), height: 0, top: 0, seen: 0 });
    const look = () => {
      Object.assign(this, { top: box.scrollTop, seen: box.clientHeight });
      this.refresh();
    };
    box.addEventListener("scroll", () => requestAnimationFrame(look), { passive: true });
    new ResizeObserver(look).observe(box);
  }

  // What is in sight is remembered: asking the box in the middle of a change would lay the page out once more.
  get room() {
    return this.seen || this.box.clientHeight;
  }

  scroll(top) {
    if (top !== this.top) this.box.scrollTop = top;
    this.top = top;
  }

  set(rows) {
    this.rows = rows;
    this.clear();
    this.scroll(0);
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
    const top = Math.floor(this.top / this.height);
    const fit = Math.ceil(this.room / this.height);
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
    const room = this.room - this.height;
    if (top < this.top) this.scroll(top);
    else if (top > this.top + room) this.scroll(top - room);
    this.refresh();
  }
}
