// The report's data: unpacked once, turned from columns into rows, and indexed.

const SEVERITIES = ["info", "low", "medium", "high", "critical"];
const CONFIDENCES = ["low", "medium", "high"];

async function unpack(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated).json();
}

function rowsOf(columns) {
  const names = Object.keys(columns);
  if (!names.length) return [];
  return columns[names[0]].map((_, at) => {
    const row = { at };
    for (const name of names) row[name] = columns[name][at];
    return row;
  });
}

function indexed(data) {
  const report = { ...data };
  for (const table of ["findings", "suppressed", "unsettled", "functions", "rules"]) report[table] = rowsOf(data[table]);
  report.ruleOf = new Map(report.rules.map((rule) => [rule.id, rule]));
  for (const table of ["findings", "suppressed", "unsettled"]) {
    for (const row of report[table]) {
      row.key = row.fingerprint;
      row.ruling = report.ruleOf.get(row.rule);
    }
  }
  for (const rule of report.rules) rule.key = rule.id;
  tally(report);
  return report;
}

// How often each rule and each function occurs among the findings, and the function's worst severity.
function tally(report) {
  for (const rule of report.rules) rule.count = 0;
  for (const each of report.functions) Object.assign(each, { count: 0, worst: -1 });
  for (const finding of report.findings) {
    finding.ruling.count += 1;
    for (const at of finding.functions) {
      const touched = report.functions[at];
      touched.count += 1;
      touched.worst = Math.max(touched.worst, finding.severity);
    }
  }
}

const report = indexed(await unpack(byId("data").textContent));
