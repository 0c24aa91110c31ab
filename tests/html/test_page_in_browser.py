"""The page in a browser: what a reader can see and do. Every test also fails on a console message, an error or a request."""

import pytest
from hostile_scan import hostile
from msgspec import structs
from synthetic_scan import made

from lambdaward.findings import Severity
from lambdaward.model import LiveOrigin

pytestmark = pytest.mark.browser

ROWS = "#list [role=option]"
EVERY_DETAIL = """[...document.querySelectorAll('[role=option]')].map((row) => {
  row.click();
  return document.querySelector('#detail').innerText;
})"""


def texts(tab, selector):
    return tab.locator(selector).all_inner_texts()


def test_it_opens_at_the_overview(report):
    assert report.tab.locator(".tile").count() == 5
    assert report.tab.locator("#digest .card").count() == 4
    assert report.count() == "60 findings"


def test_a_tile_leads_to_the_findings_of_its_severity(report):
    number = report.tab.locator(".tile[data-severity=high] b").inner_text()
    report.tab.click(".tile[data-severity=high]")
    assert report.count() == f"{number} of 60 findings"
    assert set(texts(report.tab, f"{ROWS} .severity")) == {"High"}


def test_severities_add_up_and_the_address_keeps_them(report, show, small):
    tab = report.at("#findings")
    tab.click(".chip[data-severity=low]")
    tab.click(".chip[data-severity=medium]")
    again = show(small)
    again.at(tab.evaluate("location.hash"))
    assert set(texts(again.tab, f"{ROWS} .severity")) == {"Low", "Medium"}
    assert again.count() == report.count()


@pytest.mark.parametrize(("name", "value"), [("subject", "exposure"), ("kind", "advice"), ("rule", "LWI901")])
def test_findings_are_filtered(report, name, value):
    tab = report.at("#findings")
    tab.select_option(f"[data-filter={name}]", value)
    assert report.count() != "60 findings"
    assert f"{name}={value}" in tab.url
    tab.click(".clear")
    assert report.count() == "60 findings"


def test_findings_are_filtered_by_function(report):
    tab = report.at("#functions")
    row = tab.locator("tbody tr:has(a)").first
    name = row.locator("b").inner_text()
    row.locator("a").click()
    assert set(texts(tab, f"{ROWS} .who")) == {name}


def test_search_wants_every_word_and_looks_everywhere(report):
    tab = report.at("#findings")
    tab.fill("#search", "ANSWERS python3.9 DYNAMODB")
    report.until(" of 60")
    assert all("python3.9" in text for text in tab.evaluate(EVERY_DETAIL))
    tab.fill("#search", "no such words")
    report.until("0 of 60")
    assert tab.locator("#detail .empty").inner_text() == "Nothing matches."


def test_a_finding_has_its_proof_its_place_and_its_remedy(report):
    tab = report.at("#findings?rule=LWI901")
    text = tab.locator("#detail").inner_text()
    for part in ("Why high", "Evidence", "How to fix", "About LWI901", "Accept it", "# lambdaward: ignore[LWI901]"):
        assert part in text
    assert "Action: dynamodb:*" in tab.locator("#detail .frame .meant").first.inner_text()


def test_a_frame_marks_what_is_meant(report):
    tab = report.at("#findings")
    assert tab.locator("#detail .frame mark").first.inner_text().startswith("Action: dynamodb:*")


def test_a_link_to_a_finding_opens_it(report, small):
    last = made()[0].findings[-1]
    tab = report.at(f"#finding-{last.fingerprint}")
    assert tab.locator("#detail .trail code").inner_text() == last.fingerprint
    selected = tab.locator(f"{ROWS}[aria-selected=true]")
    assert last.shown in selected.inner_text()
    assert selected.is_visible()


def test_a_link_to_a_finding_that_a_filter_hides_opens_it_all_the_same(report):
    grave = made()[0].findings[0]
    tab = report.at(f"#finding-{grave.fingerprint}?severity=low")
    assert tab.locator("#detail .trail code").inner_text() == grave.fingerprint


@pytest.mark.parametrize(
    "address", ["#nowhere", "#finding-%E0%A4%A", "#findings?severity=none&sort=x", "#__proto__-x", "#constructor"]
)
def test_an_odd_address_is_no_error(report, address):
    report.at(address)


def test_back_leads_to_the_view_before_as_it_was(report):
    tab = report.at()
    tab.click("#to-findings")
    tab.click(".chip[data-severity=low]")
    tab.click(".chip[data-severity=medium]")
    tab.click("#to-coverage")
    tab.go_back()
    assert tab.locator(".chip[aria-pressed=true]").count() == 2
    tab.go_back()
    assert tab.locator("#to-overview").get_attribute("aria-current") == "page"


def test_back_from_a_search_leads_to_where_it_began(report):
    tab = report.at()
    tab.fill("#search", "invoice")
    report.until(" of 60")
    tab.go_back()
    assert tab.locator("#to-overview").get_attribute("aria-current") == "page"


def test_the_keyboard_alone_is_enough(report):
    tab = report.tab
    tab.keyboard.press("2")
    assert tab.locator("#to-findings").get_attribute("aria-current") == "page"
    tab.keyboard.press("/")
    tab.keyboard.type("invoice")
    report.until(" of 60")
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("j")
    assert tab.locator(f"{ROWS}[aria-selected=true]").get_attribute("aria-posinset") == "3"
    assert tab.locator("#list").get_attribute("aria-activedescendant") == "row-2"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "detail"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "list"


def test_the_first_tab_stop_skips_to_the_content(report):
    report.tab.keyboard.press("Tab")
    assert report.tab.evaluate("document.activeElement.className") == "skip"
    report.tab.keyboard.press("Enter")
    assert report.tab.evaluate("document.activeElement.id") == "main"


def test_shortcuts_are_listed_and_can_be_turned_off(report):
    tab = report.tab
    tab.keyboard.press("?")
    assert "search" in tab.locator("#keys").inner_text()
    tab.uncheck("#single")
    tab.keyboard.press("Escape")
    tab.keyboard.press("2")
    assert tab.locator("#to-overview").get_attribute("aria-current") == "page"


def test_the_theme_follows_the_system_until_the_reader_chooses(show, small):
    shown = show(small, color_scheme="dark")
    tab = shown.at()
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.click("#theme")
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.keyboard.press("t")
    assert (dark, light, tab.evaluate("getComputedStyle(document.body).backgroundColor")) == (
        "rgb(20, 22, 26)",
        "rgb(255, 255, 255)",
        dark,
    )


def test_paper_shows_every_finding_of_the_view(report):
    tab = report.at("#findings?severity=critical")
    shown = int(report.count().split()[0])
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("#printed article:visible").count() == shown
    assert not tab.locator(".views").is_visible()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator("#printed article").count() == 0


def test_functions_are_sorted_by_any_column(report):
    tab = report.at("#functions")
    names = "#functions-box tbody b"
    tab.click("th[data-column=shown] button")
    first = texts(tab, names)[0]
    assert tab.locator("th[data-column=shown]").get_attribute("aria-sort") == "ascending"
    tab.click("th[data-column=shown] button")
    assert texts(tab, names)[0] > first


def test_open_questions_say_what_would_settle_them(report):
    assert "Settled by: --parameter PolicyArn=..." in report.at("#unsettled").locator("#detail").inner_text()


def test_suppressed_findings_say_who_accepted_them(report):
    text = report.at("#suppressed").locator("#detail .note").inner_text()
    assert text.startswith("Accepted until 2027-01-01 (inline, ")
    assert text.endswith("accepted by the platform team")


def test_coverage_shows_what_was_not_read(report):
    text = report.at("#coverage").locator("#coverage").inner_text()
    for part in (
        "Problems while reading (1)",
        "a mapping key stands twice",
        "not a template",
        "AWS::IoT::Thing",
        "IsProd",
        "long gone",
    ):
        assert part in text


def test_a_rule_explains_itself(report):
    tab = report.at("#rule-LWI901")
    assert tab.locator("#detail pre").inner_text().startswith("Policies:\n  - DynamoDBReadPolicy")
    assert tab.locator("#detail li a").get_attribute("href").startswith("https://docs.aws.amazon.com/")


def test_ten_thousand_functions_stay_a_few_rows(show, written):
    shown = show(written(*made(10_000, 2_000)))
    tab = shown.at("#functions")
    assert shown.count() == "10,000 functions"
    assert tab.locator("#functions-box tbody tr").count() < 100
    tab.evaluate("document.querySelector('#functions-box').scrollTop = 1e9")
    tab.wait_for_selector("tr[aria-rowindex='10001']")
    tab.fill("#search", "9999")
    shown.until("1 of 10,000 functions")


@pytest.mark.parametrize("view", ["overview", "findings", "functions", "unsettled", "suppressed", "coverage", "rules"])
def test_hostile_texts_are_inert_and_legible(show, written, view):
    tab = show(written(*hostile())).at(f"#{view}")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("img, main script").count() == 0
    shown = tab.locator("main").inner_text()
    assert "\u202e" not in shown
    assert view == "rules" or "<img src=x onerror=alert(1)>" in shown


def test_hostile_addresses_are_inert(report):
    tab = report.at("#finding-<img src=x onerror=alert(1)>?q=<script>alert(1)</script>&function=<b>")
    assert tab.locator("main img, main script").count() == 0


def test_without_scripts_the_numbers_and_the_gravest_findings_are_there(show, small):
    shown = show(small, java_script_enabled=False)
    shown.tab.goto(small)
    assert shown.tab.locator(".tile").count() == 5
    assert shown.tab.locator("noscript tbody tr").count() == 50


def test_a_narrow_window_shows_the_list_and_then_the_detail(show, small):
    tab = show(small).at("#findings")
    tab.set_viewport_size({"width": 400, "height": 800})
    assert not tab.locator("#detail").is_visible()
    tab.locator(ROWS).nth(1).click()
    assert not tab.locator("#list").is_visible()
    tab.click(".back")
    assert tab.locator("#list").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= 400")


def test_what_was_found_is_told_the_gravest_first(report):
    order = ["Critical", "High", "Medium", "Low", "Info"]
    first, functions = (
        texts(report.tab, f"#digest .card:has(h3:text-is('{title}')) .severity")
        for title in ("What was found", "Functions to look at first")
    )
    assert first == sorted(first, key=order.index)
    assert functions == sorted(functions, key=order.index)
    rules = texts(report.at("#rules"), f"{ROWS} .severity")
    assert rules == sorted(rules, key=order.index)


def test_a_rule_counts_as_grave_as_the_gravest_that_it_found(show, written):
    scan, estate = made(4, 20)
    mild = next(finding for finding in scan.findings if finding.rule.severity == Severity.LOW)
    raised = (structs.replace(mild, severity=Severity.CRITICAL), *(f for f in scan.findings if f is not mild))
    tab = show(written(structs.replace(scan, findings=raised), estate)).at()
    line = tab.locator("#digest .card:has(h3:text-is('What was found')) tr", has_text=mild.rule.title)
    assert line.locator(".severity").inner_text() == "Critical"


def test_a_row_says_where_it_is_by_the_end_of_its_path(report):
    grave = made()[0].findings[0]
    place = report.at("#findings").locator(f"{ROWS} .file").first.inner_text()
    assert place == "/".join(grave.origin.file.split("/")[-2:]) + f":{grave.origin.line}"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("t.yaml", "# lambdaward: ignore["),
        ("t.json", '"Metadata": {"lambdaward": {"ignore": [{"rules": ["'),
        (None, None),
    ],
    ids=["yaml", "json", "live"],
)
def test_it_says_how_to_accept_a_finding_where_it_stands(show, written, file, told):
    scan, estate = made(1, 1)
    live = LiveOrigin(
        "111122223333", "eu-west-1", "arn:aws:lambda:eu-west-1:111122223333:function:a", "GetFunction", ""
    )
    origin = structs.replace(scan.findings[0].origin, file=file) if file else live
    moved = structs.replace(scan, findings=(structs.replace(scan.findings[0], origin=origin),))
    text = show(written(moved, estate)).at("#findings").locator("#detail").inner_text()
    assert ("Accept it" in text) == bool(told)
    assert not told or told in text


def test_a_text_without_end_is_clipped_in_its_row_and_whole_in_its_detail(show, written):
    scan, estate = made(1, 1)
    long = structs.replace(scan, findings=(structs.replace(scan.findings[0], message="x" * 1_000_000),))
    tab = show(written(long, estate)).at("#findings")
    assert len(tab.locator(f"{ROWS} .what").inner_text()) <= 300
    assert len(tab.locator("#detail-title").inner_text()) == 1_000_000


def test_a_search_right_after_opening_finds_what_a_later_one_finds(show, small):
    shown = show(small)
    shown.at("#findings?q=invoice")
    early = shown.count()
    shown.at("#findings")
    shown.tab.evaluate("new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))")
    shown.tab.fill("#search", "invoice")
    shown.until(early)
    assert early.endswith(" of 60 findings")
