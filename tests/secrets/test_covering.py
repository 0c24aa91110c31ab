"""What a scan says is shown with the secrets starred, and everything else as it is."""

from making import Maker

from lambdaward.analysis.secrets.covering import Cover
from lambdaward.findings import Evidence
from lambdaward.model import Comment, FileOrigin, SourceFile


def test_a_secret_is_starred_in_lines_comments_and_texts_at_any_depth():
    secret = Maker(1).text(20)
    cover = Cover([secret])
    file = SourceFile("a.yaml", (f"token: {secret}",), (Comment(1, f"was {secret}", own_line=True),))
    assert secret not in repr(cover.over({"a.yaml": file}))
    assert cover.over((Evidence(f"it is {secret}"),)) == (Evidence("it is " + "*" * 20),)


def test_each_line_of_a_key_is_starred_however_its_ends_are_written():
    key = Maker(2).pem()
    line = key.splitlines()[3]
    assert line not in Cover([key]).over(f"x {line} y")
    assert line not in Cover([key.replace("\n", "\\n")]).over(f"x {line} y")


def test_a_quote_in_a_secret_is_found_as_json_writes_it():
    secret = 'tulip"42"kettle'
    assert Cover([secret]).over('{"a": "tulip\\"42\\"kettle"}') == '{"a": "*****************"}'


def test_plain_words_and_places_stay_readable():
    assert Cover(["postgres"]).over("postgres of Orders") == "postgres of Orders"
    origin = FileOrigin("tulip42kettle.yaml", 1, 1, 1, 2)
    assert Cover(["tulip42kettle"]).over(Evidence("x", origin=origin)).origin is origin


def test_nothing_changes_where_there_is_no_secret():
    evidence = (Evidence("x"),)
    assert Cover([]).over(evidence) is evidence
    assert Cover([Maker(3).text(30)]).over(evidence) is evidence
