"""Asking osv.dev, of which a server on this machine plays the part: what is sent, and what no answer can do."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lambdaward.model import InputError, UsageError
from lambdaward.remote import OSV, Question, records
from lambdaward.remote.service import PATIENCE, Service

ASKED = (Question("PyPI", "a", "1.0"), Question("npm", "@s/b", "2.0.0"))


class Answers:
    """A server that answers as it is told, and what it was asked."""

    def __init__(self):
        self.asked, self.told = [], {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size)
                outer.asked.append((self.command, self.path, json.loads(body) if body else None, dict(self.headers)))
                told = outer.told.get(self.path, (404, b"", {}))
                status, data, headers = told.pop(0) if isinstance(told, list) else told
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_GET  # noqa: N815 - as the server calls it

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tell(self, path, answer, status=200, **headers):
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.told[path] = (status, data, headers)


@pytest.fixture
def answers():
    served = Answers()
    yield served
    served.server.shutdown()
    served.server.server_close()


def batch(*ids_of_each):
    return {"results": [{"vulns": [{"id": name} for name in ids]} if ids else {} for ids in ids_of_each]}


def test_every_advisory_is_given_once_in_the_order_of_ids(answers):
    answers.tell("/v1/querybatch", batch(["GHSA-2", "CVE-1"], ["GHSA-2"]))
    answers.tell("/v1/vulns/GHSA-2", b'{"id": "GHSA-2"}')
    answers.tell("/v1/vulns/CVE-1", b'{"id": "CVE-1"}')
    assert list(records(ASKED, answers.address)) == [b'{"id": "CVE-1"}', b'{"id": "GHSA-2"}']


def test_names_ecosystems_and_versions_are_sent_and_nothing_else(answers):
    answers.tell("/v1/querybatch", batch([], []))
    assert list(records(ASKED, answers.address)) == []
    ((method, path, body, headers),) = answers.asked
    assert (method, path) == ("POST", "/v1/querybatch")
    assert body == {
        "queries": [
            {"package": {"ecosystem": "PyPI", "name": "a"}, "version": "1.0"},
            {"package": {"ecosystem": "npm", "name": "@s/b"}, "version": "2.0.0"},
        ]
    }
    assert headers["User-Agent"] == "lambdaward"
    assert set(headers) == {
        "Accept-Encoding", "Content-Length", "Host", "User-Agent", "Content-Type", "Accept", "Connection",
    }  # fmt: skip


def test_a_package_without_a_version_is_asked_for_whole(answers):
    answers.tell("/v1/querybatch", batch([]))
    list(records([Question("PyPI", "a")], answers.address))
    assert answers.asked[0][2] == {"queries": [{"package": {"ecosystem": "PyPI", "name": "a"}}]}


def test_further_pages_are_asked_for_the_packages_that_have_them(answers):
    first = {"results": [{"vulns": [{"id": "A-1"}], "next_page_token": "more"}, {"vulns": [{"id": "B-1"}]}]}
    pages = [json.dumps(each).encode() for each in (first, batch(["A-2"]))]
    answers.told["/v1/querybatch"] = [(200, page, {}) for page in pages]
    for name in ("A-1", "A-2", "B-1"):
        answers.tell(f"/v1/vulns/{name}", {"id": name})
    assert len(list(records(ASKED, answers.address))) == 3
    assert [query["package"]["name"] for query in answers.asked[1][2]["queries"]] == ["a"]
    assert answers.asked[1][2]["queries"][0]["page_token"] == "more"


def test_pages_without_an_end_are_given_up(answers):
    answers.tell("/v1/querybatch", {"results": [{"next_page_token": "again"}]})
    with pytest.raises(InputError, match="pages without an end"):
        list(records(ASKED[:1], answers.address))


@pytest.mark.parametrize(
    "answer",
    [
        b"not json", b"[]", b'{"results": 1}', b"[" * 100_000, b"\xff\xfe", b'{"results": []}',
        b'{"results": [{"vulns": [{"id": "../../admin"}]}]}', b'{"results": [{"vulns": [{"id": ""}]}]}',
    ],
)  # fmt: skip
def test_an_answer_in_another_form_is_one_clear_error(answers, answer):
    answers.tell("/v1/querybatch", answer)
    with pytest.raises(InputError) as raised:
        list(records(ASKED[:1], answers.address))
    assert raised.value.problem.startswith("it answered with")
    assert len(answers.asked) == 1


@pytest.mark.parametrize("record", [b"", b"{", b"{}", b"null", b'{"id": "CVE-2"}', b'{"id": "A-1"'])
def test_an_advisory_that_is_broken_or_another_one_is_no_answer(answers, record):
    answers.tell("/v1/querybatch", batch(["A-1"]))
    answers.tell("/v1/vulns/A-1", record)
    with pytest.raises(InputError, match="it answered with"):
        list(records(ASKED[:1], answers.address))


def test_an_answer_that_breaks_off_is_no_answer(answers):
    answers.tell("/v1/vulns/A-1", b'{"id": "A-1"}', **{"Content-Length": "50", "Connection": "close"})
    with pytest.raises(InputError, match="broke off"):
        Service(answers.address).ask("/v1/vulns/A-1", limit=100)


def test_a_redirect_is_not_followed(answers):
    answers.tell("/v1/querybatch", b"", 307, Location=f"{answers.address}/elsewhere")
    with pytest.raises(InputError, match="307"):
        list(records(ASKED, answers.address))
    assert [path for _, path, _, _ in answers.asked] == ["/v1/querybatch"]


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_refusal_is_told_with_its_number(answers, status):
    answers.tell("/v1/querybatch", b"secret page", status)
    with pytest.raises(InputError, match=str(status)) as raised:
        list(records(ASKED, answers.address))
    assert "secret page" not in str(raised.value)


def test_an_answer_that_does_not_end_is_cut_off(answers):
    answers.tell("/v1/vulns/A-1", b"x" * 100_000)
    with pytest.raises(InputError, match="more than 50,000 bytes"):
        Service(answers.address).ask("/v1/vulns/A-1", limit=50_000)


def test_an_answer_that_takes_too_long_is_no_answer(answers):
    answers.tell("/v1/vulns/A-1", b"{}")
    times = iter([0.0, PATIENCE + 1])
    with pytest.raises(InputError, match="took longer"):
        Service(answers.address, lambda: next(times)).ask("/v1/vulns/A-1", limit=100)


def test_nobody_there_is_one_clear_error():
    with pytest.raises(InputError, match="could not be asked"):
        list(records(ASKED, "http://127.0.0.1:9"))


@pytest.mark.parametrize(
    "address",
    ["http://api.osv.dev", "ftp://api.osv.dev", "file:///etc/passwd", "", "https://user:key@host", "api.osv.dev"],
)
def test_an_address_without_encryption_or_with_a_password_is_refused(address):
    with pytest.raises(UsageError):
        Service(address)


def test_the_public_service_is_asked_over_tls():
    assert OSV.startswith("https://")


def test_a_server_whose_certificate_nobody_vouches_for_is_not_believed(answers, tmp_path):
    with pytest.raises(InputError, match="could not be asked"):
        Service(answers.address.replace("http", "https")).ask("/v1/vulns/A-1", limit=100)
    assert not answers.asked
