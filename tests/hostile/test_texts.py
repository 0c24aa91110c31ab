"""Texts of templates that want to be more: markup, control characters, orders to terminals. They stay texts in every report."""

import json

import pytest

EVERY = ("terminal", "json", "html", "sarif", "markdown", "junit", "github")
EVIL = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "the end of markup": "</script></style>--><![CDATA[]]>",
    "an order to a terminal": "\x1b[2J\x1b]0;x\x07\x1b[31m",
    "a workflow command": "\n::error file=x::y\n::set-output name=a::b",
    "half of a pair": "\ud800",
    "text from right to left": "\u202eabc\u2066",
    "a table": "| a | b |\n|--|--|\n`x` [y](javascript:z)",
    "quotes": "\"'`\\\\${}{{}}%s%n",
    "zero": "\\u0000\x7f\x85",
}
NAMED = """{{"Resources": {{{name}: {{"Type": "AWS::Lambda::Function", "Metadata": {{"aws:cdk:path": {name}}}, "Properties": {{
  "FunctionName": {name}, "Description": {name}, "Runtime": {name}, "Handler": {name}, "Role": {name}, "Layers": [{name}],
  "Environment": {{"Variables": {{{name}: {name}}}}}, "Code": {{"ZipFile": {name}}},
  "Tags": [{{"Key": {name}, "Value": {name}}}]}}}},
 "U": {{"Type": "AWS::Lambda::Url", "Properties": {{"TargetFunctionArn": {name}, "AuthType": "NONE", "Qualifier": {name}}}}},
 "P": {{"Type": "AWS::Lambda::Permission", "Properties": {{"FunctionName": {name}, "Principal": "*", "Action": {name}}}}},
 "R": {{"Type": "AWS::IAM::Role", "Properties": {{"RoleName": {name}, "AssumeRolePolicyDocument": {{"Statement": [
   {{"Effect": "Allow", "Action": {name}, "Principal": {{"AWS": {name}}}}}]}}}}}}}},
 "Parameters": {{{name}: {{"Type": "String", "Default": {name}}}}}}}"""


@pytest.mark.parametrize("name", EVIL)
def test_a_text_is_a_text_in_every_report(scan, name):
    found = scan({"t.json": NAMED.format(name=json.dumps(EVIL[name]))}, formats=EVERY)
    assert found["count"] == 4
    reports = found["reports"]
    shown_by_terminals = "".join(text for name, text in reports.items() if name != "html")
    assert not any(character in shown_by_terminals for character in "\x1b\x07\x00\x7f\x85")
    assert "<script>alert" not in reports["html"] + reports["junit"]
    assert not any(line.startswith(("::error file=x", "::set-output")) for line in reports["github"].splitlines())
