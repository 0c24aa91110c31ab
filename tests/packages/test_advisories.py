"""Advisories: what a record says about a version, in the order of its ecosystem; what it does not say is unknown."""

import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osv import component, fixed, osv, store_of

from lambdaward.model import InputError, No, Unsure, Yes
from lambdaward.packages import Ecosystem
from lambdaward.packages.advisories import Store, import_advisories, matches, without_data
from lambdaward.packages.advisories.order import version_key
from lambdaward.packages.advisories.ranges import affects
from lambdaward.packages.advisories.record import Row
from lambdaward.packages.advisories.severity import base_score

PYPI, NPM, GO, MAVEN = Ecosystem.PYPI, Ecosystem.NPM, Ecosystem.GO, Ecosystem.MAVEN


@pytest.fixture
def ask(tmp_path):
    """What some records say about a component: the verdict for each vulnerability, by its name."""

    def look(what, *records):
        return {match.id: type(match.verdict) for match in matches([what], store_of(tmp_path, *records))}

    return look


@pytest.mark.parametrize(
    ("ecosystem", "lower", "higher"),
    [
        (PYPI, "1.0rc1", "1.0"),
        (PYPI, "1.0", "1.0.post1"),
        (PYPI, "1!0.5", "1!1.0"),
        (NPM, "2.0.0-rc.2", "2.0.0-rc.10"),
        (NPM, "2.0.0-rc.10", "2.0.0"),
        (GO, "v0.0.0-20200101000000-abcdefabcdef", "v0.0.0-20210101000000-abcdefabcdef"),
        (GO, "v1.9.0", "1.10.0"),
        (GO, "1.21rc2", "1.21.0"),
        (GO, "1.22.0-0", "1.22beta1"),
        (MAVEN, "1.0-alpha-1", "1.0-beta-1"),
        (MAVEN, "1.0-SNAPSHOT", "1.0"),
        (MAVEN, "2.9.10", "2.9.10.8"),
        (Ecosystem.GEM, "1.0.0.rc1", "1.0.0"),
        (Ecosystem.NUGET, "1.0.0", "1.0.0.1"),
        (Ecosystem.CARGO, "0.9.9", "0.10.0"),
    ],
)
def test_versions_are_ordered_as_their_ecosystem_does(ecosystem, lower, higher):
    assert version_key(ecosystem, lower) < version_key(ecosystem, higher)
    assert not version_key(ecosystem, higher) <= version_key(ecosystem, lower)


@pytest.mark.parametrize(
    ("ecosystem", "one", "other"),
    [
        (PYPI, "1.0", "1.0.0"),
        (PYPI, "2.1.0", "2.1.0+cu118"),
        (GO, "v1.2.0+incompatible", "1.2.0"),
        (GO, "go1.21", "1.21.0"),
        (MAVEN, "1.0.Final", "1.0"),
        (Ecosystem.NUGET, "1.0.0-Alpha", "1.0.0-alpha"),
        (Ecosystem.GEM, "1.16.0-x86_64-linux", "1.16.0"),
    ],
)
def test_versions_that_mean_the_same_are_equal(ecosystem, one, other):
    assert version_key(ecosystem, one) == version_key(ecosystem, other)


@pytest.mark.parametrize(
    ("ecosystem", "text"), [(PYPI, "2004d"), (NPM, "latest"), (GO, "(devel)"), (Ecosystem.NUGET, "a"), (PYPI, "")]
)
def test_what_is_no_version_is_none(ecosystem, text):
    assert version_key(ecosystem, text) is None


@pytest.mark.parametrize(
    ("version", "verdict"), [("1.0", No), ("1.1", Yes), ("1.9", Yes), ("2.0", No), ("3.0", Yes), ("3.1", No)]
)
def test_a_range_goes_from_what_introduced_it_to_what_fixed_it(ask, version, verdict):
    record = osv("CVE-1", "x", *fixed("2.0", "1.1"), *fixed("3.1", "3.0"))
    assert ask(component(PYPI, "x", version), record) == ({} if verdict is No else {"CVE-1": verdict})


@pytest.mark.parametrize(
    ("version", "affected"), [("1.9.9", True), ("2.0.0", True), ("2.0.0+local", True), ("2.0.1", False)]
)
def test_the_last_affected_version_is_affected_itself(ask, version, affected):
    record = osv("CVE-1", "x", {"introduced": "0"}, {"last_affected": "2.0.0"})
    assert bool(ask(component(PYPI, "x", version), record)) is affected


def test_a_listed_version_is_affected_however_it_is_written(ask):
    record = osv("CVE-1", "x", affected={"versions": ["1.0"]})
    assert ask(component(PYPI, "x", "1.0.0"), record) == {"CVE-1": Yes}
    assert ask(component(PYPI, "x", "1.0.1"), record) == {}


def test_a_version_newer_than_a_record_without_an_end_knows_is_not_judged(ask):
    record = osv("CVE-1", "x", {"introduced": "0"}, affected={"versions": ["1.0", "1.1"]})
    assert ask(component(PYPI, "x", "1.1"), record) == {"CVE-1": Yes}
    assert ask(component(PYPI, "x", "0.9"), record) == {"CVE-1": Yes}
    assert ask(component(PYPI, "x", "2.0"), record) == {"CVE-1": Unsure}


def test_commits_are_not_compared_with_versions(ask):
    commits = {"ranges": [{"type": "GIT", "repo": "https://x", "events": [{"introduced": "0"}, {"fixed": "8" * 40}]}]}
    assert ask(component(PYPI, "x", "1.0"), osv("CVE-1", "x", affected=commits)) == {"CVE-1": Unsure}
    listed = osv("CVE-1", "x", affected={**commits, "versions": ["0.9"]})
    assert ask(component(PYPI, "x", "1.0"), listed) == {}


def test_a_module_that_counts_in_another_way_is_not_judged(ask):
    specific = {"ecosystem_specific": {"custom_ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}}
    record = osv("GO-1", "e.com/m", {"introduced": "0"}, ecosystem="Go", kind="SEMVER", affected=specific)
    assert ask(component(GO, "m", "v1.0.0", "e.com"), record) == {"GO-1": Unsure}


def test_a_withdrawn_record_says_nothing(ask):
    record = osv("CVE-1", "x", *fixed("2.0"))
    assert ask(component(PYPI, "x", "1.0"), {**record, "withdrawn": "2026-01-01T00:00:00Z"}) == {}


def test_records_of_one_vulnerability_are_one_match_with_all_names(tmp_path):
    records = (
        osv("PYSEC-1", "x", *fixed("2.0"), aliases=["CVE-1"]),
        osv("GHSA-a", "x", *fixed("2.1"), aliases=["CVE-1"], database_specific={"severity": "HIGH"}),
        osv("PYSEC-2", "x", *fixed("3.0")),
    )
    found = list(matches([component(PYPI, "x", "1.0")], store_of(tmp_path, *records)))
    assert [match.ids for match in found] == [("CVE-1", "GHSA-a", "PYSEC-1"), ("PYSEC-2",)]
    assert found[0].fixed == ("2.0", "2.1")
    assert found[0].score == 8.9


def test_where_records_of_one_vulnerability_contradict_each_other_it_is_not_known(ask):
    records = (
        osv("PYSEC-1", "x", {"introduced": "0"}, aliases=["CVE-1"]),
        osv("GHSA-a", "x", *fixed("2.0"), aliases=["CVE-1"]),
    )
    assert ask(component(PYPI, "x", "2.1"), *records) == {"CVE-1": Unsure}


def test_a_component_without_a_version_may_have_everything(ask):
    assert ask(component(PYPI, "x", ""), osv("CVE-1", "x", *fixed("2.0"))) == {"CVE-1": Unsure}


def test_a_malicious_package_is_malicious_in_every_version(tmp_path):
    store = store_of(
        tmp_path,
        osv(
            "MAL-2026-1", "evil", {"introduced": "0"}, ecosystem="npm", kind="SEMVER", affected={"versions": ["1.0.0"]}
        ),
    )
    for version in ("1.0.0", "9.9.9", ""):
        (match,) = matches([component(NPM, "evil", version)], store)
        assert isinstance(match.verdict, Yes)
        assert match.malicious


@pytest.mark.parametrize(
    ("ecosystem", "stated", "what"),
    [
        ("PyPI", "Flask_Cors.x", component(PYPI, "flask-cors-x", "1.0")),
        ("npm", "@scope/name", component(NPM, "name", "1.0.0", "@scope")),
        ("Maven", "org.apache:log4j", component(MAVEN, "log4j", "1.0", "org.apache")),
        ("Maven:https://repo.example", "org.apache:log4j", component(MAVEN, "log4j", "1.0", "org.apache")),
        ("Go", "github.com/BurntSushi/toml", component(GO, "toml", "v1.0.0", "github.com/BurntSushi")),
        ("Go", "stdlib", component(GO, "stdlib", "1.0.0")),
        ("NuGet", "Newtonsoft.Json", component(Ecosystem.NUGET, "newtonsoft.json", "1.0.0")),
        ("crates.io", "serde-json", component(Ecosystem.CARGO, "serde_json", "1.0.0")),
        ("RubyGems", "rack", component(Ecosystem.GEM, "rack", "1.0.0")),
    ],
)
def test_names_are_compared_as_their_ecosystem_does(ask, ecosystem, stated, what):
    assert ask(what, osv("CVE-1", stated, *fixed("2.0.0"), ecosystem=ecosystem)) == {"CVE-1": Yes}


@pytest.mark.parametrize(
    ("ecosystem", "stated", "what"),
    [
        ("npm", "name", component(NPM, "name", "1.0.0", "@scope")),
        ("PyPI", "name", component(NPM, "name", "1.0.0")),
        ("Go", "e.com/m/v2", component(GO, "m", "v1.0.0", "e.com")),
        ("Maven", "org.other:log4j", component(MAVEN, "log4j", "1.0", "org.apache")),
        ("Debian:12", "name", component(PYPI, "name", "1.0")),
        ("PyPI", "name-extra", component(PYPI, "name", "1.0")),
    ],
)
def test_another_package_of_a_similar_name_is_another(tmp_path, ecosystem, stated, what):
    store = store_of(
        tmp_path, osv("CVE-1", stated, *fixed("2.0.0"), ecosystem=ecosystem), osv("CVE-2", "other", *fixed("1"))
    )
    assert not list(matches([what], store))


def test_a_jar_of_an_unknown_group_may_be_any_of_its_name(ask):
    record = osv("CVE-1", "org.apache:log4j", *fixed("2.0"), ecosystem="Maven")
    assert ask(component(MAVEN, "log4j", "1.0"), record) == {"CVE-1": Unsure}


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
        ("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N", 4.7),
        ("CVSS:3.0/AV:N/AC:H/PR:H/UI:N/S:C/C:H/I:L/A:N", 6.6),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0),
        ("CVSS:4.0/AV:N", -1),
        ("nonsense", -1),
    ],
)
def test_scores_are_those_of_the_specification(vector, score):
    assert base_score(vector) == score


def test_what_nobody_gave_advisories_of_is_said(tmp_path):
    store = store_of(tmp_path, osv("CVE-1", "x", *fixed("2.0")))
    parts = [component(PYPI, "x", "1.0"), component(NPM, "y", "1.0.0"), component(Ecosystem.GENERIC, "zlib", "1.0")]
    assert [unknown.reason for unknown in without_data(parts, store)] == [
        "there are no advisories of npm packages here"
    ]
    assert len(without_data(parts, None)) == 2


YAML = """
id: PYSEC-1
modified: 2024-10-08T17:22:06Z
affected:
- package: {ecosystem: PyPI, name: x}
  ranges:
  - type: ECOSYSTEM
    events:
    - introduced: "0"
    - fixed: 1.10
"""


def test_records_are_read_from_folders_zips_and_dumps_alike(tmp_path):
    record = osv("CVE-1", "x", *fixed("1.10"))
    folder = tmp_path / "folder" / "pypi"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(json.dumps(record))
    (folder / "README.md").write_text("no record")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("CVE-1.json", json.dumps(record))
    (tmp_path / "dump.json").write_text(json.dumps([record]))
    (tmp_path / "dump.jsonl").write_text(f"{json.dumps(record)}\n\n{json.dumps(osv('CVE-2', 'y'))}\n")
    for source, count in (("folder", 1), ("a.zip", 1), ("dump.json", 1), ("dump.jsonl", 2)):
        done = import_advisories(tmp_path / f"of-{source}", [tmp_path / source])
        assert done.held["pypi"].advisories == count
        assert not done.passed


def test_versions_in_yaml_are_texts_and_no_numbers(tmp_path):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text(YAML)
    import_advisories(tmp_path / "store", [tmp_path / "records"])
    (row,) = Store(tmp_path / "store").rows(PYPI, "x")
    assert row.ranges == ((("introduced", "0"), ("fixed", "1.10")),)
    assert row.modified == "2024-10-08T17:22:06Z"


@pytest.mark.parametrize("text", ["a: &x [*x]", "[" * 5000, "{", "id: a\naffected: 1", "\xff"])
def test_hostile_yaml_is_passed_over_with_its_place(tmp_path, text):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "bad.yaml").write_bytes(text.encode("latin-1"))
    (tmp_path / "records" / "good.json").write_text(json.dumps(osv("CVE-1", "x")))
    done = import_advisories(tmp_path / "store", [tmp_path / "records"])
    assert done.held["pypi"].advisories == 1
    assert [passed.place for passed in done.passed] in ([], ["bad.yaml"])


def test_a_damaged_record_is_named_and_the_others_are_read(tmp_path):
    dump = tmp_path / "dump.json"
    dump.write_text(json.dumps([osv("CVE-1", "x"), {"id": "CVE-2", "affected": "all"}, {"id": 3}, 7]))
    done = import_advisories(tmp_path / "store", [dump])
    assert done.held["pypi"].advisories == 1
    assert [passed.reason for passed in done.passed] == ["it is no record in OSV form"]


def test_a_file_without_advisories_is_an_error_and_leaves_the_store(tmp_path):
    store_of(tmp_path, osv("CVE-1", "x"))
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(InputError, match="no advisory"):
        import_advisories(tmp_path / "empty", [tmp_path / "other.json"])
    assert not (tmp_path / "empty").exists()


def test_imports_add_up_and_the_record_that_was_changed_last_is_kept(tmp_path):
    old, new = osv("CVE-1", "x", *fixed("2.0")), osv("CVE-1", "x", *fixed("3.0"))
    store_of(tmp_path, old, osv("CVE-2", "y"))
    for record in ({**new, "modified": "2026-09-01T00:00:00Z"}, old):
        store = store_of(tmp_path, record)
    (row,) = store.rows(PYPI, "x")
    assert row.ranges[0][-1] == ("fixed", "3.0")
    assert store.rows(PYPI, "y")
    assert store.held[PYPI].newest == "2026-09-01"
    assert len(list((tmp_path / "store").iterdir())) == 2


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_advisories_give_the_same_store_in_whatever_order(tmp_path):
    records = [osv(f"CVE-{n}", f"p{n % 7}", *fixed("2.0")) for n in range(40)]
    for name, some in (("a", records), ("b", records[::-1])):
        (tmp_path / name).mkdir()
        store_of(tmp_path / name, *some)
    assert files(tmp_path / "a" / "store") == files(tmp_path / "b" / "store")


@given(names=st.sets(st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z]{1,2})?", fullmatch=True), min_size=1, max_size=30))
def test_every_package_is_found_in_a_store_and_no_other(tmp_path_factory, names):
    store = store_of(tmp_path_factory.mktemp("s"), *(osv(f"CVE-{name}", name) for name in names))
    for name in names:
        assert [row.id for row in store.rows(PYPI, name)] == [f"CVE-{name}"]
        for other in (name + "0", name[:-1], "-", "~"):
            assert bool(store.rows(PYPI, other)) is (other in names)


COBOL = (
    '{"version": 1, "folder": "0123456789abcdef", "held": {"cobol": {"advisories": 1, "packages": 1, "newest": ""}}}'
)
NEWER = '{"version": 9, "folder": "0123456789abcdef", "held": {}}'
OUTSIDE = '{"version": 1, "folder": "..", "held": {}}'


@pytest.mark.parametrize("manifest", ["", "{", NEWER, OUTSIDE, COBOL])
def test_a_store_that_cannot_be_read_is_an_error_that_says_what_to_do(tmp_path, manifest):
    (tmp_path / "advisories.json").write_text(manifest)
    with pytest.raises(InputError, match="advisories import"):
        Store(tmp_path)


def test_a_folder_without_advisories_is_no_store(tmp_path):
    with pytest.raises(InputError, match="there are no advisories"):
        Store(tmp_path)


def naive(events, version):
    """Whether a version lies between events, by going through all versions up to it."""
    inside = False
    for at in range(version + 1):
        inside = (inside and ("last_affected", at - 1) not in events) or ("introduced", at) in events
        inside = inside and ("fixed", at) not in events
    return inside


EVENTS = st.tuples(st.sampled_from(["introduced", "fixed", "last_affected"]), st.integers(1, 12))


@given(st.lists(EVENTS, max_size=6, unique_by=lambda event: event[1]), st.integers(1, 13))
def test_ranges_are_those_of_a_naive_reading(events, version):
    row = Row("CVE-1", ranges=(tuple((kind, f"{value}.0.0") for kind, value in events),))
    assert isinstance(affects(row, NPM, f"{version}.0.0"), Yes) is naive(events, version)
