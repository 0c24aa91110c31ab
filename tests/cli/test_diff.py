"""`lambdaward diff`: reports, folders, templates and revisions beside each other."""

import json
import subprocess
from textwrap import dedent

import pytest
from cli_samples import CLEAN, WEAK

BETTER = WEAK.replace("AuthType: NONE}", "AuthType: AWS_IAM}", 1)


@pytest.fixture
def git(folder):
    """Runs git in the project."""

    def command(*words: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        ran = subprocess.run(["git", *identity, *words], capture_output=True, text=True, check=True)
        return ran.stdout.strip()

    command("init", "-q")
    return command


@pytest.fixture
def commit(git, write):
    """Commits files, and gives back the commit's id."""

    def made(**files: str) -> str:
        write(**files)
        git("add", "-A")
        git("commit", "-qm", "x")
        return git("rev-parse", "HEAD")

    return made


def changed(ran):
    """The rules that a JSON comparison names as added and as removed."""
    data = json.loads(ran.out)
    return [[entry["id"] for entry in data[part]] for part in ("added", "removed")]


def diff(run, *words):
    return run("diff", *words, "--format", "json", "--select", "LWX002")


def test_two_reports_are_compared(run, write):
    write(**{"template.yaml": WEAK})
    run("scan", "--select", "LWX002", "--format", "json=before.json")
    run("baseline", "--select", "LWX002", "-o", "known.json")
    write(**{"template.yaml": BETTER})
    run("scan", "--select", "LWX002", "--format", "json=after.json")
    assert changed(run("diff", "before.json", "after.json", "--format", "json")) == [[], ["LWX002"]]
    assert changed(run("diff", "after.json", "known.json", "--format", "json")) == [["LWX002"], []]
    assert changed(run("diff", "before.json", "known.json", "--format", "json")) == [[], []]
    assert changed(diff(run, "before.json", ".")) == [[], ["LWX002"]]


@pytest.mark.parametrize(("a", "b"), [("old", "new"), ("old/app.yaml", "new/app.yaml")])
def test_two_folders_or_templates_are_compared_by_what_they_hold(run, write, a, b):
    write(**{"old/app.yaml": WEAK, "new/app.yaml": BETTER})
    assert changed(diff(run, a, b)) == [[], ["LWX002"]]
    assert changed(diff(run, b, a)) == [["LWX002"], []]
    assert changed(diff(run, a, a)) == [[], []]


def test_templates_of_different_names_are_compared(run, write):
    write(**{"a.yaml": WEAK, "b.json": json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})})
    assert changed(diff(run, "a.yaml", "b.json")) == [[], ["LWX002"]]


def test_one_revision_is_compared_with_the_files_as_they_are(run, commit, write):
    commit(**{"template.yaml": CLEAN})
    assert changed(diff(run, "HEAD")) == [[], []]
    write(**{"template.yaml": WEAK})
    assert changed(diff(run, "HEAD")) == [["LWX002"], []]


def test_one_revision_is_compared_with_the_current_folder_alone(run, commit, write, folder, monkeypatch):
    commit(**{"shop/template.yaml": CLEAN, "template.yaml": CLEAN})
    write(**{"shop/template.yaml": WEAK, "template.yaml": WEAK})
    monkeypatch.chdir(folder / "shop")
    assert changed(diff(run, "HEAD")) == [["LWX002"], []]


@pytest.mark.parametrize("words", [["main..HEAD"], ["main", "HEAD"], ["main.."], ["main...HEAD"], ["HEAD~1", "HEAD"]])
def test_revisions_are_compared(run, git, commit, words):
    commit(**{"app/template.yaml": BETTER})
    git("checkout", "-qb", "work")
    commit(**{"app/template.yaml": WEAK})
    ran = diff(run, *words)
    assert changed(ran) == [["LWX002"], []]
    assert json.loads(ran.out)["added"][0]["location"]["file"] == "app/template.yaml"


def test_three_dots_start_where_the_sides_parted(run, git, commit):
    commit(**{"template.yaml": CLEAN})
    git("checkout", "-qb", "work")
    commit(readme="x")
    git("checkout", "-q", "main")
    commit(**{"template.yaml": WEAK})
    assert changed(diff(run, "main..work")) == [[], ["LWX002"]]
    assert changed(diff(run, "main...work")) == [[], []]


def test_a_revision_is_what_was_committed_and_not_what_lies_about(run, commit, write):
    commit(**{"template.yaml": CLEAN})
    write(**{"template.yaml": WEAK, "more.yaml": WEAK})
    assert changed(diff(run, "HEAD", "HEAD")) == [[], []]


def test_only_what_lies_below_the_current_folder_is_compared(run, commit, folder, monkeypatch):
    commit(**{"a/template.yaml": CLEAN, "b/template.yaml": CLEAN})
    commit(**{"a/template.yaml": WEAK, "b/template.yaml": WEAK})
    monkeypatch.chdir(folder / "a")
    added = json.loads(diff(run, "HEAD~1..HEAD").out)["added"]
    assert [entry["location"]["file"] for entry in added] == ["a/template.yaml"]


def test_each_revision_is_scanned_by_its_own_configuration(run, commit):
    commit(**{"template.yaml": WEAK})
    commit(**{"lambdaward.toml": "ignore = ['LWX']\n"})
    assert changed(run("diff", "HEAD~1..HEAD", "--format", "json"))[1] == ["LWX002"]
    assert changed(run("diff", "HEAD~1..HEAD", "--format", "json", "--isolated")) == [[], []]


def test_fingerprints_of_revisions_are_those_of_a_scan(run, commit):
    commit(**{"app/template.yaml": WEAK})
    run("baseline", "--select", "LWX002")
    assert changed(diff(run, "lambdaward-baseline.json", ".")) == [[], []]
    commit(**{"readme": "x", "lambdaward.toml": "baseline = 'lambdaward-baseline.json'\n"})
    assert changed(diff(run, "HEAD~1", "HEAD")) == [[], ["LWX002"]]


@pytest.mark.parametrize(("limit", "code"), [("info", 1), ("critical", 0)])
def test_a_change_that_adds_findings_at_or_above_the_limit_exits_with_1(run, write, limit, code):
    write(**{"old.yaml": BETTER, "new.yaml": WEAK})
    assert run("diff", "old.yaml", "new.yaml", "--fail-on", limit).code == code
    assert run("diff", "new.yaml", "old.yaml", "--fail-on", limit).code == 0
    assert run("diff", "old.yaml", "new.yaml", "--fail-on", limit, "--exit-zero").code == 0


def test_lost_input_exits_with_4_and_is_named(run, write, commit):
    write(**{"good.yaml": CLEAN, "bad.yaml": "Resources: {"})
    ran = run("diff", "good.yaml", "bad.yaml")
    assert ran.code == 4
    assert ran.err.startswith("error: bad.yaml: ")
    first = commit(**{"app/bad.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    assert run("diff", "HEAD", "HEAD").err.startswith(f"error: {first[:12]}:app/bad.yaml: ")


def test_nothing_on_either_side_exits_with_3(run, write, commit):
    write(**{"a/x": "", "b/x": ""})
    assert run("diff", "a", "b").code == 3
    commit(readme="x")
    assert run("diff", "HEAD", "HEAD").code == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["HEAD", "gone"], "`gone` is neither a path nor a revision of this repository"),
        (["HEAD..gone"], "`gone` is neither a path nor a revision"),
        (["gone"], "`gone` is neither a path nor a revision of this repository"),
        (["--upload-pack=touch x", "HEAD"], "No such option"),
        (["--", "--output=x", "HEAD"], "`--output=x` is neither a path nor a revision"),
    ],
)
def test_what_is_no_side_is_wrong_usage(run, commit, words, said):
    commit(**{"template.yaml": CLEAN})
    ran = run("diff", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_outside_of_a_repository_git_says_so(run, folder, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    ran = run("diff", "a..b")
    assert ran.code == 2
    assert "not a git repository" in ran.err


def test_without_git_the_remedy_is_named(run, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed; compare two folders or two JSON reports instead" in run("diff", "a..b").err


def test_the_terminal_report_reads_like_this(run, write):
    write(**{"old.yaml": WEAK, "new.yaml": WEAK.replace("Door", "Gate").replace("Orders", "Shop")})
    ran = run("diff", "old.yaml", "new.yaml", "--select", "LWX002")
    lines = ran.out.replace("medium", "SEVERE").replace("high", "SEVERE").replace("critical", "SEVERE")
    assert lines == dedent(
        """\
        added: SEVERE[LWX002]: anybody on the internet can call Shop by its URL
         --> new.yaml:7

        removed: SEVERE[LWX002]: anybody on the internet can call Orders by its URL
         --> old.yaml:7

        1 added, 1 removed, 0 unchanged.
        """
    )


def test_the_comment_for_a_pull_request_reads_like_this(run, write):
    write(**{"old.yaml": CLEAN, "new.yaml": WEAK.replace("Orders", "Orders|*x*")})
    ran = run("diff", "old.yaml", "new.yaml", "--select", "LWX002", "--format", "markdown")
    assert ran.out.splitlines()[:6] == [
        "### lambdaward: 1 added, 0 unchanged",
        "",
        "**added**",
        "",
        "| severity | rule | finding | where |",
        "|---|---|---|---|",
    ]
    assert r"Orders\|\*x\*" in ran.out


def test_an_old_severity_and_a_worse_one_of_the_same_finding_is_worsened(run, write):
    entry = {"fingerprint": "0" * 20, "id": "LWX002", "resource": "t/U", "message": "m", "severity": "low"}
    write(
        **{
            "a.json": json.dumps({"version": 1, "findings": [entry]}),
            "b.json": json.dumps({"version": 1, "findings": [{**entry, "severity": "high"}]}),
        }
    )
    ran = run("diff", "a.json", "b.json")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "worsened: high[LWX002]: m")
    assert run("diff", "b.json", "a.json").code == 0
