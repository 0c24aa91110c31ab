"""`lambdaward secrets`: where secrets are in a package, and never what they are."""

import json
import secrets
import zipfile


def token():
    return "ghp" + "_" + secrets.token_hex(18)


def package(folder, **files):
    with zipfile.ZipFile(folder / "orders.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_a_secret_is_told_by_its_place_and_kind(folder, run):
    secret = token()
    package(folder, **{"lib/app.py": f'import os\nTOKEN = "{secret}"\n'})
    ran = run("secrets", "orders.zip")
    assert ran.code == 1
    assert ran.out == "orders.zip: lib/app.py:2: github-token (medium confidence)\n"
    assert secret not in ran.out + ran.err


def test_a_program_gets_json(folder, run):
    secret = token()
    package(folder, **{"app.py": f'TOKEN = "{secret}"\n'})
    ran = run("secrets", "orders.zip", "--format", "json")
    (found,) = json.loads(ran.out)["secrets"]
    assert (found["place"], found["line"], found["kind"]) == ("app.py", 1, "github-token")
    assert secret not in ran.out


def test_what_is_probably_none_is_told_when_asked_for(folder, run):
    package(folder, **{"tests/test_app.py": f'password = "tulip{secrets.token_hex(4)}"\n'})
    assert run("secrets", "orders.zip").code == 0
    assert run("secrets", "orders.zip", "--all").code == 1


def test_a_package_without_secrets_is_quiet(folder, run):
    package(folder, **{"app.py": 'password = os.environ["DB_PASSWORD"]\n'})
    assert run("secrets", "orders.zip") == (0, "", "")


def test_what_is_no_archive_is_one_clear_error(write, run):
    write(**{"orders.zip": "this is none"})
    ran = run("secrets", "orders.zip", "missing.zip")
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 2
    assert "Traceback" not in ran.err


def test_a_package_that_is_damaged_is_not_called_clean(write, run):
    write(**{"orders.zip": "this is none"})
    assert run("secrets", "orders.zip").code == 4
