// The report's data: unpacked once, turned from columns into rows, and indexed.

const SEVERITIES = ["info", "low", "medium", "high", "critical"];
const TABLES = ["findings", "suppressed", "unsettled", "waived", "functions", "rules"];
const CONFIDENCES = ["low", "medium", "high"];

async function unpack(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated).json();
}

// Rows that take a value from its column when it is first asked for.
function rowsOf(columns) {
  const names = Object.keys(columns);
  class Row {
    constructor(index) {
      this.index = index;
    }
    // A value as it is packed, and a packed text as it was: cheaper than a property for what is looked at once.
    packed(name) {
      return columns[name]?.[this.index] ?? "";
    }
    whole(text) {
      return columns.stack ? written(text, columns, this.index) : text;
    }
  }
  for (const name of names) {
    Object.defineProperty(Row.prototype, name, {
      get() {
        const value = this.whole(columns[name][this.index]);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  }
  return names.length ? columns[names[0]].map((_, index) => new Row(index)) : [];
}

// A value with its row's name and stack where the marks for them stand.
function written(value, columns, at) {
  if (typeof value === "string")
    return value.replace(/[\u0001\u0002]/g, (mark) => columns[mark === "\u0001" ? "shown" : "stack"][at]);
  if (Array.isArray(value)) return value.map((member) => written(member, columns, at));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, written(member, columns, at)]));
}

function indexed(data) {
  const report = { ...data };
  for (const table of TABLES) report[table] = rowsOf(data[table]);
  report.suppressed.push(...report.waived);
  report.ruleOf = new Map(report.rules.map((rule) => [rule.id, rule]));
  for (const row of [...report.findings, ...report.unsettled, ...report.suppressed]) {
    row.key = row.fingerprint;
    row.ruling = report.ruleOf.get(row.rule);
  }
  for (const rule of report.rules) rule.key = rule.id;
  tally(report);
  return report;
}

// How often each rule and each function occurs among the findings, and how grave the gravest of them is.
function tally(report) {
  for (const each of [...report.rules, ...report.functions]) Object.assign(each, { count: 0, worst: -1 });
  for (const finding of report.findings) {
    for (const each of [finding.ruling, ...finding.functions.map((at) => report.functions[at])]) {
      each.count += 1;
      each.worst = Math.max(each.worst, finding.severity);
    }
  }
}

const byWorst = (a, b) => b.worst - a.worst || b.count - a.count;

const report = indexed(await unpack(byId("data").textContent));
