"""A secret of a scanned file is in no report: not raw, not escaped, not in a frame, not in packed data."""

import base64
import datetime as dt
import json
import re
import secrets
import zlib
from html import escape

import pytest
from rendering import rendered

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import settle
from lambdaward.model import Redacted
from lambdaward.reports import FORMATS
from lambdaward.rules import Selection, load, run
from lambdaward.sources import load as read

TODAY = dt.date(2026, 11, 23)
TEMPLATE = """Parameters:
  Password: {{Type: String, NoEcho: true, Default: {0}}}
  ApiToken: {{Type: String, Default: {1}}}
Resources:
  F: # the token is {2}
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.8
      Handler: a.b
      Role: arn:aws:iam::111122223333:role/r
      Code: {{ZipFile: "password = '{3}'"}}
      Environment:
        Variables:
          PLAIN: {4}
          PASSWORD: "{5}"
          URL: postgres://user:{6}@db.example/x
          AWS_LAMBDA_EXEC_WRAPPER: /opt/{7}
          NODE_TLS_REJECT_UNAUTHORIZED: "0"
          FROM_PARAMETER: !Ref ApiToken
          JOINED: !Sub "Bearer ${{Password}} {8}"
          FOLDED: >-
            {9}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUsername: admin
      MasterUserPassword: {10}
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      AuthToken: !Ref ApiToken
  Broker:
    Type: AWS::AmazonMQ::Broker
    Properties:
      Users: [{{Username: a, Password: {11}}}]
"""
SLOTS = 12


@pytest.fixture(scope="module")
def made():
    """Secrets of this run; the third one looks like a token wherever it stands."""
    found = [secrets.token_hex(16) for _ in range(SLOTS)]
    found[2] = "ghp" + "_" + secrets.token_hex(18)
    return found


@pytest.fixture(scope="module")
def scanned(made, tmp_path_factory):
    """A template full of secrets, judged by every rule."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "template.yaml").write_text(TEMPLATE.format(*made))
    estate = read([folder])
    ran = [rule for rule, _ in load().values()]
    scan = settle(run(Analysis(estate, Given(today=TODAY)), Selection(advice=True)), estate, ran, today=TODAY)
    return scan, estate


def forms(secret):
    """A secret as reports might write it."""
    yield secret
    yield escape(secret)
    yield json.dumps(secret)[1:-1]
    yield "".join(f"\\u{ord(char):04x}" for char in secret)
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + secret.encode()).decode()[4:-4]


def unpacked(text):
    """A report, with what is packed inside of it."""
    packed = re.search(r'id="data">([^<]*)</script>', text)
    return text + (zlib.decompress(base64.b64decode(packed[1]), -15).decode() if packed else "")


def test_the_scan_has_findings_on_the_lines_of_secrets(scanned):
    scan, _ = scanned
    found = {(each.rule.id, each.place.path[-1] if each.place.path else "") for each in scan.findings}
    assert ("LWS003", "MasterUserPassword") in found
    assert {each.origin.line for each in scan.findings if each.origin} >= {17, 18, 27}


@pytest.mark.parametrize("verbose", [False, True], ids=["short", "verbose"])
@pytest.mark.parametrize("name", FORMATS)
def test_no_report_has_a_secret_in_any_form(scanned, made, name, verbose):
    text = unpacked(rendered(name, *scanned, verbose=verbose))
    leaked = [at for at, secret in enumerate(made) if any(form in text for form in forms(secret))]
    assert leaked == []


def test_the_search_would_find_one(made):
    for form in forms(made[0]):
        assert any(each in f"before {form} after" for each in forms(made[0]))
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = base64.b64encode(packed.compress(made[0].encode()) + packed.flush()).decode()
    assert made[0] in unpacked(f'<script id="data">{data}</script>')


def test_frames_show_that_something_stands_there(scanned, made):
    text = rendered("terminal", *scanned, verbose=True)
    assert "MasterUserPassword: " + "*" * len(made[10]) in text


def test_a_redacted_value_in_a_message_is_a_mask(made):
    assert f"{Redacted(made[0])} {Redacted(made[0])!r}" == "«redacted» «redacted»"
