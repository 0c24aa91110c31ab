"""Stacks: parameters, conditions on resources, nesting, exports and imports, and what is assumed on the way."""

import pytest

from lambdaward.model import Dynamic, OneOf, Place, Redacted, Ref, ResourceId, Text, Unknown, show

NESTED = """
Parameters:
  Table: {Type: String}
  Stage: {Type: String, Default: test}
Resources:
  Inner: {Type: Custom::Inner, Properties: {Table: !Ref Table, Stage: !Ref Stage, Stack: !Ref AWS::StackName}}
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Queue: {Value: !GetAtt Queue.Arn}
"""
PARENT = """
Parameters:
  Stage: {Type: String, Default: dev}
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested/child.yaml
      Parameters: {Table: !Ref Table, Stage: !Sub "${Stage}-x"}
  Reader: {Type: Custom::Reader, Properties: {Queue: !GetAtt Child.Outputs.Queue}}
"""
FILES = {"template.yaml": PARENT, "nested/child.yaml": NESTED}


def properties(loaded, name, stack="template.yaml"):
    return loaded.resources[ResourceId(stack, name)].properties


def messages(loaded):
    return [fault.message for fault in loaded.coverage.problems]


class TestParameters:
    """What a parameter's value is, and whether anyone gave it."""

    @pytest.mark.parametrize(
        ("declared", "given", "value"),
        [
            ("{Type: String, Default: a}", {}, "a"),
            ("{Type: String, Default: a}", {"P": "b"}, "b"),
            ("{Type: String, Default: a}", {"template.P": "b"}, "b"),
            ("{Type: String, Default: a}", {"template.yaml.P": "b", "P": "c"}, "b"),
            ("{Type: String, Default: a}", {"other.P": "b"}, "a"),
            ("{Type: Number, Default: 3}", {}, "3"),
            ("{Type: String, Default: 0123}", {}, "0123"),
            ("{Type: String, Default: ''}", {}, ""),
            ("{Type: CommaDelimitedList, Default: 'a, b,c'}", {}, ("a", "b", "c")),
            ("{Type: List<AWS::EC2::Subnet::Id>}", {"P": "subnet-1,subnet-2"}, ("subnet-1", "subnet-2")),
            ("{Type: CommaDelimitedList, Default: ''}", {}, ()),
            ("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}", {}, Text((Dynamic("ssm", "/a/b"),))),
            ("{Type: String, NoEcho: true, Default: hunter2}", {}, Redacted("hunter2")),
            ("{Type: String, NoEcho: true}", {"P": "hunter2"}, Redacted("hunter2")),
            ("{Type: String, AllowedValues: [a, b]}", {}, OneOf(("a", "b"), "parameter P has no default")),
            ("{Type: String, AllowedValues: [a]}", {}, "a"),
            ("{Type: String}", {}, Unknown("parameter P has no default", "give --parameter P=VALUE")),
        ],
    )
    def test_a_value_is_what_is_given_else_the_default_else_open(self, evaluate, declared, given, value):
        assert evaluate("!Ref P", f"Parameters:\n  P: {declared}\n", parameters=given) == value

    def test_a_list_that_an_ssm_parameter_holds_is_unknown(self, evaluate):
        head = "Parameters:\n  P: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /a}\n"
        assert "SSM parameter /a" in evaluate("!Ref P", head).reason

    def test_defaults_are_said_to_be_assumed_and_secrets_stay_hidden(self, estate):
        head = "Parameters:\n  A: {Type: String, Default: x}\n  B: {Type: String, Default: hunter2, NoEcho: true}\n"
        loaded = estate({"t.yaml": head + "Resources: {R: {Type: Custom::R, Properties: {V: !Sub '${A}${B}'}}}\n"})
        assert loaded.coverage.assumed == {"t.yaml:A": "x", "t.yaml:B": "(hidden)"}
        assert loaded.assumptions(Place(ResourceId("t.yaml", "R"), ("V",))) == ("A", "B")

    def test_what_is_said_of_a_whole_resource_does_not_rest_on_what_only_its_code_reads(self, estate):
        head = "Parameters:\n  A: {Type: String, Default: x}\n  B: {Type: String, Default: y}\n"
        text = (
            head + "Resources: {R: {Type: Custom::R, Properties: {V: !Ref A, Environment: {Variables: {K: !Ref B}}}}}\n"
        )
        loaded = estate({"t.yaml": text})
        assert loaded.assumptions(Place(ResourceId("t.yaml", "R"))) == ("A",)
        assert loaded.assumptions(Place(ResourceId("t.yaml", "R"), ("Environment", "Variables", "K"))) == ("B",)

    @pytest.mark.parametrize(
        ("name", "value", "hidden"),
        [
            ("ApiToken", "hunter2", True),
            ("DB_PASSWORD", "hunter2", True),
            ("MaxTokens", "'4096'", False),
            ("TokenTable", "tokens", False),
            ("SecretArn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a", False),
        ],
    )
    def test_what_is_named_like_a_secret_is_hidden_though_it_does_not_say_so(self, estate, name, value, hidden):
        head = f"Parameters:\n  {name}: {{Type: String, Default: {value}}}\n"
        loaded = estate({"t.yaml": head + f"Resources: {{R: {{Type: Custom::R, Properties: {{V: !Ref {name}}}}}}}\n"})
        assert (loaded.coverage.assumed[f"t.yaml:{name}"] == "(hidden)") == hidden
        assert isinstance(properties(loaded, "R", "t.yaml")["V"], Redacted) == hidden

    def test_a_given_value_is_not_assumed(self, estate):
        loaded = estate(FILES, parameters={"Stage": "prod"})
        assert loaded.coverage.assumed == {}


class TestConditions:
    """Resources and values under conditions, in three values."""

    HEAD = """
Parameters:
  Stage: {Type: String, Default: dev}
  Name: {Type: String}
Conditions:
"""

    @pytest.mark.parametrize(
        ("condition", "truth"),
        [
            ("!Equals [!Ref Stage, dev]", True),
            ("!Equals [1, '1']", True),
            ("!Equals [true, 'true']", True),
            ("!Equals [!Ref AWS::Region, !Ref AWS::Region]", True),
            ("!Equals [!Sub 'a-${AWS::Region}', b]", False),
            ("!Not [!Equals [!Ref Stage, dev]]", False),
            ("!And [!Equals [a, a], !Equals [!Ref Name, x]]", None),
            ("!And [!Equals [a, b], !Equals [!Ref Name, x]]", False),
            ("!Or [!Equals [a, a], !Equals [!Ref Name, x]]", True),
            ("!Or [!Equals [a, b], !Equals [!Ref Name, x]]", None),
            ("!Not [!Equals [!Ref Name, x]]", None),
            ("!Equals [!Ref AWS::Region, us-east-1]", None),
            ("!Equals [!FindInMap [M, a, b], !Ref Stage]", True),
            ("{Condition: Missing}", None),
            ("!Equals [a]", None),
            ("nonsense", None),
        ],
    )
    def test_a_resource_is_there_is_not_there_or_may_be(self, estate, condition, truth):
        text = f"Mappings: {{M: {{a: {{b: dev}}}}}}\n{self.HEAD}  C: {condition}\n"
        loaded = estate({"t.yaml": text + "Resources:\n  R: {Type: Custom::R, Condition: C}\n"})
        resource = loaded.resources.get(ResourceId("t.yaml", "R"))
        assert {
            True: resource and not resource.conditional,
            False: not resource,
            None: resource and resource.conditional,
        }[truth]

    def test_one_that_is_left_out_is_counted_with_the_default_that_decides(self, estate):
        text = self.HEAD + "  Prod: !Equals [!Ref Stage, prod]\nResources:\n  R: {Type: Custom::R, Condition: Prod}\n"
        loaded = estate({"t.yaml": text + "  S: {Type: Custom::S, Properties: {V: !Ref R}}\n"})
        assert loaded.coverage.excluded == {"t.yaml/R": "condition Prod is false (assumed: Stage = dev)"}
        assert properties(loaded, "S", "t.yaml")["V"] == Unknown("resource R is left out by its condition")

    def test_every_use_of_a_condition_rests_on_its_defaults(self, estate):
        text = self.HEAD + "  Dev: !Equals [!Ref Stage, dev]\n  Same: !Condition Dev\nResources:\n"
        text += "".join(f"  {name}: {{Type: Custom::R, Properties: {{V: !If [Same, a, b]}}}}\n" for name in "ABC")
        loaded = estate({"t.yaml": text})
        assert [loaded.assumptions(Place(ResourceId("t.yaml", name), ("V",))) for name in "ABC"] == [("Stage",)] * 3

    @pytest.mark.parametrize("cycle", ["  A: !Condition A\n", "  A: !Not [!Condition B]\n  B: !Or [!Condition A]\n"])
    def test_conditions_in_a_circle_are_unknown(self, estate, cycle):
        loaded = estate({"t.yaml": "Conditions:\n" + cycle + "Resources:\n  R: {Type: Custom::R, Condition: A}\n"})
        assert "depends on itself" in loaded.resources[ResourceId("t.yaml", "R")].conditional


class TestNesting:
    """Nested stacks: values go down, outputs come up, identities cross."""

    def test_identities_cross_in_both_directions(self, estate):
        loaded = estate(FILES)
        assert properties(loaded, "Inner", "template.yaml/Child")["Table"] == Text(
            (Ref(ResourceId("template.yaml", "Table")),)
        )
        assert properties(loaded, "Reader")["Queue"].parts[-1] == Ref(
            ResourceId("template.yaml/Child", "Queue"), "QueueName"
        )

    def test_a_value_from_a_default_of_the_parent_is_assumed_in_the_child(self, estate):
        loaded = estate(FILES)
        assert properties(loaded, "Inner", "template.yaml/Child")["Stage"] == "dev-x"
        assert loaded.coverage.assumed["template.yaml/Child:Stage"] == "dev-x (Stage of template.yaml)"

    def test_each_stack_has_symbols_of_its_own(self, estate):
        stack = properties(estate(FILES), "Inner", "template.yaml/Child")["Stack"]
        assert stack.parts[0].stack == "template.yaml/Child"

    def test_a_nested_template_is_not_loaded_on_its_own(self, estate):
        assert {identity.stack for identity in estate(FILES).resources} == {"template.yaml", "template.yaml/Child"}

    def test_names_and_places_are_those_of_the_nested_file(self, estate):
        loaded = estate(FILES)
        assert set(loaded.coverage.files) == {"template.yaml", "nested/child.yaml"}
        origin = loaded.origin(Place(ResourceId("template.yaml/Child", "Queue")))
        assert (origin.file, origin.line) == ("nested/child.yaml", 7)

    @pytest.mark.parametrize("url", ["https://s3.amazonaws.com/b/t.yaml", "!Sub 'https://${B}/t.yaml'"])
    def test_a_remote_template_is_a_stack_whose_outputs_are_holes(self, estate, url):
        text = PARENT.replace("nested/child.yaml", url)
        loaded = estate({"template.yaml": text})
        assert properties(loaded, "Reader")["Queue"] == Text(
            (Ref(ResourceId("template.yaml", "Child"), "Outputs.Queue"),)
        )

    def test_a_template_that_is_missing_is_one_problem_in_its_place(self, estate):
        (fault,) = estate({"template.yaml": PARENT}).coverage.problems
        assert (fault.line, fault.fatal) == (9, False)
        assert "nested/child.yaml" in fault.message

    def test_a_nested_file_that_is_broken_is_one_error(self, estate):
        loaded = estate({**FILES, "nested/child.yaml": NESTED + "  ["})
        assert [fault.file for fault in loaded.coverage.problems if fault.fatal] == ["nested/child.yaml"]

    def test_templates_that_nest_each_other_end(self, estate):
        stack = "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s}}\n  R: {Type: Custom::R}\n"
        loaded = estate({"a.yaml": stack % "b.yaml", "b.yaml": stack % "a.yaml"})
        assert [message.split("`")[1] for message in messages(loaded)] == ["a.yaml"]
        assert ResourceId("a.yaml/N", "R") in loaded.resources

    def test_an_output_that_depends_on_itself_is_unknown(self, estate):
        parent = """
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {In: !GetAtt Child.Outputs.Out}}
  R: {Type: Custom::R, Properties: {V: !GetAtt Child.Outputs.Out}}
"""
        child = (
            "Parameters: {In: {Type: String}}\nResources: {R: {Type: Custom::R}}\nOutputs: {Out: {Value: !Ref In}}\n"
        )
        value = properties(estate({"template.yaml": parent, "child.yaml": child}), "R")["V"]
        assert show(value) == "${Child.Outputs.Out}"


class TestExports:
    """Exports and imports between the files of one scan."""

    EXPORT = "Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {O: {Value: !Ref B, Export: {Name: %s}}}\n"
    IMPORT = "Resources: {R: {Type: Custom::R, Properties: {V: !ImportValue %s}}}\n"

    def imported(self, estate, exports, name):
        files = {f"{letter}.yaml": self.EXPORT % export for letter, export in zip("abc", exports, strict=False)}
        return properties(estate({**files, "z.yaml": self.IMPORT % name}), "R", "z.yaml")["V"]

    def test_an_import_is_the_resource_that_another_stack_exports(self, estate):
        assert self.imported(estate, ["x", "y"], "x") == Text((Ref(ResourceId("a.yaml", "B")),))

    def test_account_and_region_in_names_are_the_same_for_all(self, estate):
        value = self.imported(estate, ["!Sub '${AWS::Region}-x'"], "{'Fn::Sub': '${AWS::Region}-x'}")
        assert value == Text((Ref(ResourceId("a.yaml", "B")),))

    @pytest.mark.parametrize(("exports", "name"), [
        ([], "x"), (["x", "x"], "x"), (["!Sub '${AWS::StackName}-x'"], "{'Fn::Sub': '${AWS::StackName}-x'}"),
        (["!Ref Nothing"], "{Ref: Nothing}"),
    ])  # fmt: skip
    def test_one_that_is_not_certain_is_unknown(self, estate, exports, name):
        assert isinstance(self.imported(estate, exports, name), Unknown)

    def test_a_nested_stack_exports_too(self, estate):
        nest = "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}\n"
        loaded = estate({"a.yaml": self.EXPORT % "x", "p.yaml": nest, "z.yaml": self.IMPORT % "x"})
        assert properties(loaded, "R", "z.yaml")["V"] == Text((Ref(ResourceId("p.yaml/N", "B")),))

    def test_imports_in_a_circle_end(self, estate):
        text = "Resources: {R: {Type: Custom::R}}\nOutputs: {O: {Value: !ImportValue %s, Export: {Name: %s}}}\n"
        files = {"a.yaml": text % ("y", "x"), "b.yaml": text % ("x", "y"), "z.yaml": self.IMPORT % "x"}
        assert "depends on itself" in properties(estate(files), "R", "z.yaml")["V"].reason
