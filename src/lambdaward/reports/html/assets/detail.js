// One answer in full: what, where, why so severe, on which evidence, how to fix it.

const badge = (severity) => el("span", { class: `severity ${SEVERITIES[severity]}` }, SEVERITIES[severity]);

const part = (title, ...content) => el("section", { class: "part" }, el("h3", {}, title), content);

const list = (texts) =>
  el(
    "ul",
    {},
    texts.map((text) => el("li", {}, coded(text))),
  );

const ruleLink = (id) =>
  el("a", { href: address({ view: "rules", item: id }) }, `${id} ${report.ruleOf.get(id)?.name ?? ""}`);

function head(row, ...badges) {
  return [
    row.by.length ? acceptance(row.by) : null,
    el("p", { class: "eyebrow" }, badges, ruleLink(row.rule)),
    el("h2", { id: "detail-title" }, coded(row.message)),
    el(
      "dl",
      { class: "facts" },
      fact("Resource", el("code", {}, row.shown), ` ${row.type}`),
      row.resource.endsWith(`/${row.shown}`) ? null : fact("Declared as", el("code", {}, row.resource)),
      row.property && fact("Property", el("code", {}, row.property)),
      row.functions.length
        ? fact(
            row.functions.length === 1 ? "Function" : `Functions (${number(row.functions.length)})`,
            functionLinks(row),
          )
        : null,
    ),
    frame(row.at),
  ];
}

const fact = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));

const FEW = 12;

function functionLinks(row) {
  const links = row.functions.slice(0, FEW).map((at) => {
    const each = report.functions[at];
    return el("a", { class: "tag", href: address({ view: "findings", function: each.id }) }, each.shown);
  });
  return row.functions.length > FEW ? [...links, `and ${number(row.functions.length - FEW)} more`] : links;
}

function findingDetail(row) {
  const { ruling } = row;
  return [
    head(
      row,
      badge(row.severity),
      el("span", { class: "plain" }, `${CONFIDENCES[row.confidence]} confidence`),
      ruling.kind === "advice" ? el("span", { class: "plain" }, "advice") : null,
    ),
    row.because.length ? part(`Why ${SEVERITIES[row.severity]}`, list(row.because)) : null,
    row.evidence.length
      ? part(
          "Evidence",
          el(
            "ol",
            { class: "steps" },
            row.evidence.map(([text, at]) => el("li", {}, coded(text), at[0] === row.at[0] ? null : frame(at))),
          ),
        )
      : null,
    row.assumes.length ? part("Assumed", el("p", {}, `Rests on the default of ${row.assumes.join(", ")}.`)) : null,
    row.remediation || row.fix
      ? part(
          "How to fix",
          row.remediation ? el("p", {}, coded(row.remediation)) : null,
          row.fix ? fixing(row.fix) : null,
        )
      : null,
    row.folded.length
      ? part(
          "Implied findings",
          el(
            "ul",
            {},
            row.folded.map(([rule, message]) => el("li", {}, ruleLink(rule), ` ${message}`)),
          ),
        )
      : null,
    about(ruling),
    row.by.length || !row.at[1] ? null : part("Accept it", accepting(row)),
    trail(row),
  ];
}

// How to say that a finding is to stay: a comment, or metadata in JSON, which has no comments.
function accepting(row) {
  const [where, sample] = /\.json(:\d+)*$/.test(row.at[0])
    ? [
        "give the resource this metadata:",
        `"Metadata": {"lambdaward": {"ignore": [{"rules": ["${row.rule}"], "reason": "why it is fine here"}]}}`,
      ]
    : ["write above the resource:", `# lambdaward: ignore[${row.rule}] why it is fine here`];
  return [
    el("p", {}, `Where the decision is to keep it as it is, ${where}`),
    el("pre", { class: "sample" }, sample),
  ];
}

function unsettledDetail(row) {
  return [
    head(row, el("span", { class: "severity open" }, "open")),
    part(
      "Why it is open",
      el(
        "ul",
        {},
        row.unknowns.map(([reason, settle]) =>
          el("li", {}, coded(reason), settle ? el("span", { class: "settle" }, coded(`Settled by: ${settle}`)) : null),
        ),
      ),
    ),
    about(row.ruling),
    trail(row),
  ];
}

function acceptance([reason, until, source, place]) {
  const end = until ? `until ${until}` : "for ever";
  return el(
    "p",
    { class: "note" },
    `Accepted ${end} (${source}${place ? `, ${place}` : ""}): ${reason || "no reason given"}`,
  );
}

function fixing(fix) {
  const edits = fix.edits.map(([property, value]) =>
    el("tr", {}, el("th", { scope: "row" }, property), el("td", {}, el("code", {}, value))),
  );
  return [
    el("p", {}, `${fix.title}${fix.safe ? " (changes nothing that a working application relies on)" : ""}`),
    edits.length ? el("table", { class: "edits" }, edits) : null,
  ];
}

function about(ruling) {
  return el(
    "details",
    { class: "about" },
    el("summary", {}, `About ${ruling.id}: ${ruling.title}`),
    ruleBody(ruling, "h4"),
  );
}

function ruleBody(rule, heading) {
  const written = Object.entries(rule.help).flatMap(([title, text]) => [el(heading, {}, title), prose(text)]);
  const others = rule.standards.map(([name, ids]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, ids)));
  return [
    written,
    others.length ? [el(heading, {}, "Standards and other tools"), el("table", { class: "edits" }, others)] : null,
  ];
}

function ruleDetail(rule) {
  const kind = rule.kind === "advice" ? "advice" : `${CONFIDENCES[rule.confidence]} confidence`;
  return [
    el(
      "p",
      { class: "eyebrow" },
      badge(rule.severity),
      el("span", { class: "plain" }, kind),
      `${rule.id} ${rule.name}`,
    ),
    el("h2", { id: "detail-title" }, rule.title),
    el(
      "p",
      {},
      rule.count
        ? el("a", { href: address({ view: "findings", rule: rule.id }) }, plural(rule.count, "finding"))
        : "No finding in this scan.",
    ),
    ruleBody(rule, "h3"),
  ];
}

function trail(row) {
  return el(
    "p",
    { class: "trail" },
    el("a", { href: address({ view: state.view, item: row.key }) }, "Link to this"),
    " ",
    el("code", {}, row.fingerprint),
  );
}
