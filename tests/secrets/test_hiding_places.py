"""A token planted anywhere in a package is found: in a folder, a zip, a layer's tar and an image, deleted files included."""

import base64
import gzip
import zipfile

import pytest
from archives import Member, put, zip_of
from images import as_folder, layer, oci
from making import Maker
from test_places import FILES, TEXTS, as_package

from lambdaward.secrets import Sighting, Sureness, search


def base64_twice(data):
    return base64.b64encode(base64.b64encode(data))


ENCODED = {
    "config/one.b64": lambda text: base64.b64encode(f"token = {text}".encode()),
    "config/two.b64": lambda text: base64_twice(f"token = {text}".encode()),
    "config/three.txt": lambda text: b"value: " + base64.b64encode(base64_twice(text.encode())) + b"\n",
    "config/gzip.txt": lambda text: b"data=" + base64.b64encode(gzip.compress(f'{{"t": "{text}"}}'.encode(), mtime=0)),
}
PLACES = (*TEXTS, *FILES, *ENCODED)
TOKENS = {name: Maker(seed).github() for seed, name in enumerate(PLACES)}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    return {
        **{name: form.format(TOKENS[name]).encode() for name, form in TEXTS.items()},
        **{name: make(TOKENS[name], folder) for name, make in FILES.items()},
        **{name: make(TOKENS[name]) for name, make in ENCODED.items()},
    }


def found_in(path):
    return {item.leak.value.reveal(): item for item in search(path) if isinstance(item, Sighting)}


def test_there_are_at_least_36_places():
    assert len(PLACES) >= 36
    assert len(set(TOKENS.values())) == len(PLACES)


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "image"])
def test_a_token_is_found_wherever_it_was_planted(tmp_path, planted, form):
    found = found_in(as_package(form, planted, tmp_path))
    assert [name for name in PLACES if TOKENS[name] not in found] == []
    assert {found[token].leak.kind for token in TOKENS.values()} == {"github-token"}
    assert {found[token].leak.sureness for token in TOKENS.values()} == {Sureness.HIGH}


def test_a_file_that_a_later_layer_removes_is_marked(tmp_path, planted):
    found = found_in(as_package("image", planted, tmp_path))
    assert not found[TOKENS["handler.py"]].live


def one(folder, name, data):
    return list(search(put(folder, zip_of(Member(name, data)))))


def test_the_line_of_a_secret_is_said(tmp_path):
    token = Maker(1).github()
    (sighting,) = one(tmp_path, "app.py", b"import os\n\n" + f"TOKEN = '{token}'\n".encode())
    assert (sighting.place, sighting.line) == ("app.py", 3)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app.py", 'DB_PASSWORD = "{}"'),
        ("app.js", "const config = {{ password: '{}' }};"),
        ("app.ts", 'private password: string = "{}";'),
        ("App.java", 'String dbPassword = "{}";'),
        ("main.go", 'dbPassword := "{}"'),
        ("app.rb", "password => '{}'"),
        ("settings.ini", "db_password = {}"),
        (".env", "export DB_PASSWORD={}"),
        ("application.yml", "spring:\n  password: {}\n"),
        ("application.properties", "spring.datasource.password={}"),
        ("web.config", '<add key="DbPassword" value="{}"/>'),
        ("settings.xml", "<password>{}</password>"),
        ("deploy.sh", "mysql --password={} orders"),
        ("config.json", '{{"name": "DB_PASSWORD", "value": "{}"}}'),
        ("config.json", '{{"password": "{}"}}'),
        ("app.py", 'connect("postgres://orders:{}@db.internal/orders")'),
        (".git-credentials", "https://orders:{}@git.internal\n"),
        ("short.yaml", "pw: {}\n"),
        ("terraform.tfstate", '{{"attributes": {{"password": "{}"}}}}'),
    ],
)
def test_a_password_is_found_in_files_of_all_kinds(tmp_path, name, text):
    secret = "tulip42" + Maker(2).text(6)
    (sighting,) = one(tmp_path, name, text.format(secret).encode())
    assert (sighting.leak.kind, sighting.leak.value.reveal()) == ("password", secret)
    assert sighting.leak.sureness >= Sureness.MEDIUM


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app.py", 'password = os.environ["DB_PASSWORD"]'),
        ("app.py", 'secret_name = "orders/database"'),
        ("app.py", 'SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"'),
        ("app.py", 'print("the password is wrong")'),
        ("app.py", 'raise ValueError("token: expected")'),
        ("app.js", 'const tokenUrl = "https://auth.example.com/oauth2/token";'),
        ("app.js", "password: process.env.DB_PASSWORD,"),
        ("app.yml", "password: ${DB_PASSWORD}"),
        ("app.yml", "token: !Ref Token"),
        ("README.md", "DB_PASSWORD=<your password>"),
        ("page.html", '<input type="password" name="password" placeholder="Password">'),
        ("package-lock.json", '"integrity": "sha512-' + "Ab3" * 28 + 'Q=="'),
        ("app.py", 'next_token = "abc123def456ghi789"'),
    ],
)
def test_what_only_looks_like_a_secret_is_not_told(tmp_path, name, text):
    assert one(tmp_path, name, text.encode()) == []


def test_private_keys_of_tests_are_hardly_sure(tmp_path):
    key = Maker(3).pem().encode()
    assert [item.leak.sureness for item in one(tmp_path, "src/server.pem", key)] == [Sureness.HIGH]
    assert [item.leak.sureness for item in one(tmp_path, "tests/server.pem", key)] == [Sureness.LOW]


def test_names_with_values_do_not_count_in_packages_that_an_installer_put_there(tmp_path):
    path = tmp_path / "package.zip"
    line = f'password = "tulip42{Maker(4).text(6)}"\n'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("lib/__init__.py", line)
        package.writestr("own.py", line)
        package.writestr("lib-1.0.dist-info/RECORD", "lib/__init__.py,,\nlib-1.0.dist-info/RECORD,,\n")
    assert [item.place for item in search(path)] == ["own.py"]


def test_what_an_installer_put_into_an_image_is_told_from_own_code_too(tmp_path):
    line = f'password = "tulip42{Maker(4).text(6)}"\n'.encode()
    files = [
        ("opt/lib/__init__.py", line),
        ("var/task/own.py", line),
        ("opt/lib-1.0.dist-info/RECORD", b"lib/__init__.py,,\n"),
    ]
    found = search(as_folder(tmp_path / "layout", oci([layer(*files)])))
    assert [item.place.rpartition("!")[2] for item in found] == ["var/task/own.py"]


def test_a_secret_is_told_once_a_line_and_once_where_no_view_has_lines(tmp_path):
    token = Maker(5).github()
    assert sorted(item.line for item in one(tmp_path, "a.txt", f"{token} {token}\n{token}\n".encode())) == [1, 2]
    assert len(one(tmp_path, "app.dll", b"MZ" + bytes(60) + f"{token} {token}".encode())) == 1


@pytest.mark.parametrize(
    "data",
    [
        b'token: "' * 60_000,
        b"password=" * 60_000,
        b"-----BEGIN PRIVATE KEY-----" * 20_000,
        b"://a:" * 100_000,
        base64.b64encode(gzip.compress(b"token = x" * 400_000)) * 20,
    ],
)
def test_files_that_were_made_to_cost_time_hold_nothing_and_end_soon(tmp_path, data):
    found = one(tmp_path, "a.txt", data)
    assert len(found) <= 1
