"""Discovery: what is read under some paths, what is left and why, and what things are called."""

import os
from pathlib import Path

import pytest

from lambdaward.model import ResourceId, UsageError
from lambdaward.sources import LoadOptions, load

TEMPLATE = "Resources:\n  Bucket: {Type: AWS::S3::Bucket}\n"
FUNCTION = """
Resources:
  Handler:
    Type: AWS::Lambda::Function
    Properties: {Code: src/, Runtime: python3.13, Handler: app.handler}
"""


FILES = {"a.yaml": TEMPLATE, "gen/b.yaml": TEMPLATE, "gen/keep/c.yaml": TEMPLATE, "x/gen/d.yaml": TEMPLATE}
STAGED = """
Parameters:
  Stage: {Type: String, Default: dev}
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Ref Stage}
"""
CONFIG = "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "


def read(files, estate, **options):
    """The names of the files that are read in a project."""
    return sorted(estate(files, **options).coverage.files)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", TEMPLATE),
        ("a.yml", "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n"),
        ("a.template", '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}'),
        ("a.json", '{\n "AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}'),
        ("a.YAML", "'Resources':\n  B: {'Type': 'Custom::Thing'}\n"),
        ("deep/er/a.yaml", "\ufeff" + TEMPLATE),
    ],
)
def test_a_template_is_recognised_by_its_content(estate, name, text):
    assert read({name: text}, estate) == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yaml", "services: {}\n"),
        ("policy.json", '{"Statement": [{"Resource": "*", "Condition": {"x": "AWS::x"}}]}'),
        ("event.json", '{"detail": {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}}'),
        ("notes.md", TEMPLATE),
        ("empty.yaml", ""),
        ("list.yaml", "Resources: []\nTransform: x\n"[:14]),
    ],
)
def test_other_files_are_passed_over_quietly(estate, name, text):
    loaded = estate({name: text})
    assert (loaded.coverage.files, loaded.coverage.problems, dict(loaded.coverage.skipped)) == ((), (), {})


def test_a_file_that_the_user_names_is_an_error_when_it_is_no_template(estate):
    (fault,) = estate({"compose.yaml": "services: {}\n"}, paths=["compose.yaml"]).coverage.problems
    assert (fault.file, fault.message, fault.fatal) == (
        "compose.yaml",
        "the file is not a CloudFormation template",
        True,
    )


def test_a_broken_file_is_one_error_and_the_others_are_read(estate):
    loaded = estate({"a.yaml": TEMPLATE + "  Type: AWS::X: [\n", "b.yaml": TEMPLATE})
    assert loaded.coverage.files == ("b.yaml",)
    assert [(fault.file, fault.fatal) for fault in loaded.coverage.problems] == [("a.yaml", True)]


def test_a_path_that_is_not_there_is_a_usage_error(project):
    project({})
    with pytest.raises(UsageError, match=r"nowhere\.yaml is not there"):
        load(["nowhere.yaml"])


def test_nothing_to_scan_is_an_empty_coverage(estate):
    assert estate({}).coverage.files == ()


class TestIgnoring:
    """What a walk leaves out."""

    def test_what_git_ignores_is_left(self, estate):
        assert read({**FILES, ".gitignore": "gen/\n"}, estate) == ["a.yaml"]
        assert read({**FILES, ".gitignore": "/gen\n"}, estate) == ["a.yaml", "x/gen/d.yaml"]

    def test_a_deeper_file_has_the_last_word(self, estate):
        files = {**FILES, ".gitignore": "*.yaml\n!a.yaml\n", "x/.gitignore": "!gen/*.yaml\n"}
        assert read(files, estate) == ["a.yaml", "x/gen/d.yaml"]

    def test_a_file_above_the_scanned_folder_counts_too(self, estate):
        files = {**FILES, ".gitignore": "x/gen/\n"}
        assert estate(files, paths=["x"]).coverage.files == ()

    def test_what_the_user_names_is_read_all_the_same(self, estate):
        files = {**FILES, ".gitignore": "gen/\n"}
        assert estate(files, paths=["gen"]).coverage.files == ("gen/b.yaml", "gen/keep/c.yaml")
        assert estate(files, paths=["gen/b.yaml"]).coverage.files == ("gen/b.yaml",)

    def test_it_can_be_switched_off(self, estate):
        assert len(read({**FILES, ".gitignore": "*\n"}, estate, use_gitignore=False)) == 4

    def test_lines_that_are_no_pattern_are_passed_over(self, estate):
        assert read({**FILES, ".gitignore": "\\\n!\ngen/\n"}, estate) == ["a.yaml"]

    def test_a_pattern_costs_linear_time(self, estate):
        assert read({"a" * 200 + ".yaml": TEMPLATE, ".gitignore": "*a" * 100 + "b\n"}, estate) == ["a" * 200 + ".yaml"]

    def test_exclude_takes_the_patterns_of_gitignore(self, estate):
        assert read(FILES, estate, exclude=("gen/",)) == ["a.yaml"]
        assert read(FILES, estate, exclude=("gen/b.yaml",)) == ["a.yaml", "gen/keep/c.yaml", "x/gen/d.yaml"]
        assert estate(FILES, paths=["a.yaml"], exclude=("a.*",)).coverage.files == ()

    @pytest.mark.parametrize("folder", [".git", "node_modules", ".venv", "a/node_modules/b"])
    def test_other_peoples_code_is_never_entered(self, estate, folder):
        assert read({f"{folder}/a.yaml": TEMPLATE}, estate) == []

    def test_a_virtual_environment_of_any_name_is_not_entered(self, estate):
        assert read({"env/pyvenv.cfg": "", "env/a.yaml": TEMPLATE}, estate) == []


class TestOtherSources:
    """What is recognised but not read."""

    @pytest.mark.parametrize(
        ("files", "name", "hint"),
        [
            ({"infra/main.tf": "", "infra/vars.tf": ""}, "infra/*.tf", "Terraform"),
            ({"serverless.yml": "service: x\n"}, "serverless.yml", "serverless package"),
            ({"Pulumi.yaml": "name: x\n"}, "Pulumi.yaml", "Pulumi"),
            ({"app/cdk.json": "{}"}, "app/cdk.json", "cdk synth"),
        ],
    )
    def test_sources_that_are_not_read_are_named_once_with_what_to_do(self, estate, files, name, hint):
        ((shown, reason),) = estate(files).coverage.skipped.items()
        assert shown == name
        assert hint in reason

    def test_a_source_that_the_user_names_is_named_too(self, estate):
        assert list(estate({"main.tf": ""}, paths=["main.tf"]).coverage.skipped) == ["main.tf"]

    def test_a_packaged_serverless_application_is_read_from_its_package(self, estate):
        package = ".serverless/cloudformation-template-update-stack.json"
        files = {
            "serverless.yml": "service: x\n",
            "resources/table.yml": "Resources:\n  T: {Type: AWS::DynamoDB::Table}\n",
            package: '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}',
            ".gitignore": ".serverless\n",
        }
        loaded = estate(files)
        assert loaded.coverage.files == (package,)
        assert dict(loaded.coverage.skipped) == {}


class TestBuilds:
    """Sources and their builds."""

    def test_source_and_build_of_one_application_count_once(self, estate):
        files = {"template.yaml": FUNCTION, ".aws-sam/build/template.yaml": FUNCTION, ".gitignore": ".aws-sam/\n"}
        assert read(files, estate) == ["template.yaml"]

    def test_a_build_without_its_source_is_read(self, estate):
        files = {".aws-sam/build/template.yaml": FUNCTION, ".gitignore": ".aws-sam/\n"}
        assert read(files, estate) == [".aws-sam/build/template.yaml"]

    def test_a_file_named_twice_counts_once(self, estate):
        assert len(estate({"a.yaml": TEMPLATE}, paths=["a.yaml", ".", "./a.yaml"]).resources) == 1


class TestSamconfig:
    """What SAM's own configuration says."""

    def name(self, loaded):
        return loaded.resources[ResourceId("template.yaml", "B")].properties["BucketName"]

    @pytest.mark.parametrize("value", ['"Stage=prod Other=x"', '["Stage=prod", "Other=x"]', "'Stage=\"prod\"'"])
    def test_its_parameter_values_are_better_assumptions_than_defaults(self, estate, value):
        loaded = estate({"template.yaml": STAGED, "samconfig.toml": CONFIG + value})
        assert self.name(loaded) == "prod"
        assert loaded.coverage.assumed == {"template.yaml:Stage": "prod (samconfig)"}

    def test_given_values_win(self, estate):
        files = {"template.yaml": STAGED, "samconfig.toml": CONFIG + '"Stage=prod"'}
        assert self.name(estate(files, parameters={"Stage": "x"})) == "x"

    @pytest.mark.parametrize(
        "config", ["[[[", "default = 1", "[default]\ndeploy = 2", "\udcff", CONFIG + "3", "x = " + "9" * 5000]
    )
    def test_one_that_says_nothing_useful_is_passed_over(self, estate, project, config):
        (project({}) / "samconfig.toml").write_bytes(config.encode("utf-8", "surrogateescape"))
        assert self.name(estate({"template.yaml": STAGED})) == "dev"


class TestNames:
    """What files and resources are called."""

    def test_files_below_the_current_folder_are_named_relative_to_it(self, estate, project, monkeypatch):
        root = project({"app/template.yaml": TEMPLATE})
        assert load([root / "app"]).coverage.files == ("app/template.yaml",)
        assert load(["./app/../app"]).coverage.files == ("app/template.yaml",)

    def test_other_files_are_named_as_the_user_named_them(self, project, monkeypatch):
        root = project({"app/template.yaml": TEMPLATE, "elsewhere/x": ""})
        monkeypatch.chdir(root / "elsewhere")
        assert load(["../app"]).coverage.files == ("../app/template.yaml",)
        assert load([root / "app"]).coverage.files == (f"{root.as_posix()}/app/template.yaml",)

    def test_identities_are_relative_to_the_project_wherever_the_scan_starts(self, project, monkeypatch):
        root = project({"app/template.yaml": TEMPLATE})
        identity = ResourceId("app/template.yaml", "Bucket")
        assert list(load([root]).resources) == [identity]
        assert list(load([root / "app" / "template.yaml"]).resources) == [identity]
        monkeypatch.chdir(root / "app")
        assert list(load(["template.yaml"]).resources) == [identity]

    def test_two_folders_that_are_no_project_keep_their_resources_apart(self, tmp_path, monkeypatch):
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "template.yaml").write_text(TEMPLATE)
        monkeypatch.chdir(tmp_path)
        assert len(load(["a", "b"], LoadOptions()).resources) == 2


class TestLinks:
    """Symbolic links, loops and pipes."""

    def test_a_link_to_a_file_outside_of_the_project_is_not_followed(self, project, tmp_path_factory):
        outside = tmp_path_factory.mktemp("outside")
        (outside / "secret.yaml").write_text(TEMPLATE)
        root = project({})
        (root / "link.yaml").symlink_to(outside / "secret.yaml")
        (root / "folder").symlink_to(outside)
        loaded = load([root])
        assert loaded.coverage.files == ()
        assert list(loaded.coverage.skipped) == ["link.yaml"]

    def test_a_loop_of_links_ends(self, project):
        root = project({"a.yaml": TEMPLATE})
        (root / "loop").symlink_to(root)
        (root / "self.yaml").symlink_to(root / "self.yaml")
        assert load([root]).coverage.files == ("a.yaml",)

    def test_a_pipe_is_not_read(self, project):
        os.mkfifo(project({"a.yaml": TEMPLATE}) / "pipe.yaml")
        assert load([Path()]).coverage.files == ("a.yaml",)
