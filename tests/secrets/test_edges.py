"""From a function's variables to the stored secrets they refer to, and who may read those."""

import datetime as dt

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.analysis.secrets import Fit
from lambdaward.model import Function, No, ResourceId, Yes
from lambdaward.secrets import Store
from lambdaward.sources import load

TEMPLATE = """Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Own.Arn
      Environment: {{Variables: {{TABLE: orders, DB_PASSWORD: {value}}}}}
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties: {{Name: orders/database}}
  Own:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{{Effect: Allow, Principal: {{Service: lambda.amazonaws.com}}, Action: sts:AssumeRole}}]
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{{Effect: Allow, Action: {action}, Resource: {resource}}}]
"""
SECRET = "secretsmanager:GetSecretValue"


@pytest.fixture
def edges(tmp_path):
    """The edges of the one function of a template."""

    def made(value, action=SECRET, resource="'*'"):
        (tmp_path / "template.yaml").write_text(TEMPLATE.format(value=value, action=action, resource=resource))
        analysis = Analysis(load([tmp_path]), Given(today=dt.date(2026, 11, 23)))
        (function,) = analysis.estate.all(Function)
        return analysis, list(analysis.secrets.edges.of(function))

    return made


def test_a_role_that_reads_exactly_the_secret_it_refers_to(edges):
    _, (edge,) = edges("!Ref Stored", resource="!Ref Stored")
    assert edge.secret == ResourceId(edge.function.id.stack, "Stored")
    assert isinstance(edge.reads, Yes)
    assert isinstance(edge.reads_others, No)


def test_a_role_that_reads_all(edges):
    _, (edge,) = edges("!Ref Stored")
    assert isinstance(edge.reads, Yes)
    assert isinstance(edge.reads_others, Yes)


def test_a_role_that_reads_another_one(edges):
    _, (edge,) = edges("orders/database", resource='"arn:aws:secretsmanager:*:*:secret:billing/*"')
    assert (edge.store, edge.secret) == (Store.SECRETS_MANAGER, None)
    assert isinstance(edge.reads, No)


def test_a_secret_by_name_and_a_parameter_by_path(edges):
    _, (edge,) = edges("orders/database", resource='"arn:aws:secretsmanager:*:*:secret:orders/*"')
    assert isinstance(edge.reads, Yes)
    _, (edge,) = edges("/orders/password", "ssm:GetParameter", '"arn:aws:ssm:*:*:parameter/orders/*"')
    assert edge.store is Store.PARAMETER_STORE
    assert isinstance(edge.reads, Yes)


def test_who_may_read_the_secret_is_told(edges):
    analysis, (edge,) = edges("!Ref Stored", resource="!Ref Stored")
    assert [reader.shown for reader in analysis.secrets.edges.readers(edge)] == ["Own"]


def test_a_plain_variable_refers_to_nothing(edges):
    assert edges("'3600'")[1] == []


@pytest.mark.parametrize(
    ("value", "resource", "fit"),
    [
        ("!Ref Stored", "!Ref Stored", Fit.EXACT),
        ("!Ref Stored", "'*'", Fit.WIDE),
        ("orders/database", '"arn:aws:secretsmanager:*:*:secret:billing/*"', Fit.BROKEN),
        ("'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf:pw::'", "'*'", Fit.WIDE),
    ],
)
def test_how_a_role_fits_a_reference_is_one_word(edges, value, resource, fit):
    _, (edge,) = edges(value, resource=resource)
    assert edge.fit is fit
    assert edge.unknown is None


def test_what_cloudformation_puts_in_is_no_reference_of_the_function(edges):
    assert edges('"{{resolve:secretsmanager:orders:SecretString:pw}}"')[1] == []
