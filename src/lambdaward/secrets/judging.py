"""What a value is, by its name, its form and what is inside it: a leak, a reference, or clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lambdaward.secrets import structures
from lambdaward.secrets.answer import Answer, Clear, Leak, Reference, Store, Sureness, inside, leak
from lambdaward.secrets.formats import embedded, known_form, private_key
from lambdaward.secrets.harmless import harmless, is_filler, is_sequence
from lambdaward.secrets.names import Says, says, words
from lambdaward.secrets.references import fallback, fillings_removed, has_filling, refer
from lambdaward.secrets.shapes import Shape, entropy, looks_random, shape
from lambdaward.secrets.structures import Part
from lambdaward.secrets.tables import table

DEPTH = 4
"""How many structures deep a value is looked into."""

_LONGEST = 1 << 18

_EMPTY = Clear("nothing is there")
# Words of the names that people give to secrets: a password that is made of them is the name of one.
_NAMING = table(
    "password passwords passwd secret secrets credential credentials creds token tokens key keys apikey api auth db "
    "database prod production dev staging stage test rds parameter param ssm vault arn name path config configuration "
    "user admin master root"
)


def judge(name: str, value: str, depth: int = DEPTH) -> Answer:
    """What the value of something with a name is, when nothing beyond this room is asked. The value is a whole one."""
    text = _bare(value)
    if not text:
        return _EMPTY
    if len(text) > _LONGEST:
        return Clear("it is too long to be looked into", open=True)
    if left := _left(name, text, depth):
        return left
    settled = refer(text) or _harmless(text) or known_form(text)
    if settled is not None:
        return _respecting(name, settled)
    return _inside(name, text, depth) or _by_name(name, text)


def _left(name: str, text: str, depth: int) -> Leak | None:
    """The secret that a value is when nothing fills it in."""
    filler, plain = fallback(text) if text.startswith("${") and depth else ("", "")
    answer = judge(name if says(name) is not Says.NOTHING else filler, plain, depth - 1)
    if isinstance(answer, Leak) and answer.sureness is Sureness.HIGH:
        return Leak(answer.kind, answer.sureness, answer.value, ("default", *answer.via))
    return None


def _bare(value: str) -> str:
    text = value.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`" else text


def _harmless(text: str) -> Clear | None:
    reason = harmless(text)
    return Clear(reason) if reason else None


def _respecting(name: str, answer: Answer) -> Answer:
    """The answer by a value's form, unless its name says that a signed token or the like is for everybody."""
    if isinstance(answer, Leak) and answer.kind in ("signed-token", "google-api-key") and says(name) is Says.PUBLIC:
        return Clear("its name says that it is public")
    return answer


def _inside(name: str, text: str, depth: int) -> Answer | None:
    """The answer by what is inside a value; `None` when nothing inside it settles anything."""
    if depth <= 0:
        return None
    for look in (_document, _url, _encoded, _header, _settings):
        answer = look(name, text, depth)
        if answer is not None:
            return answer
    found = private_key(text) or embedded(text)
    return inside(found, "text") if found else None


def _worst(answers: Iterable[Answer]) -> Leak | None:
    """The surest leak among answers."""
    return max((answer for answer in answers if isinstance(answer, Leak)), key=lambda one: one.sureness, default=None)


def _of_parts(parts: Iterable[Part], depth: int) -> Leak | None:
    return _worst(inside(_part(part, depth), part.step) for part in parts)


def _part(part: Part, depth: int) -> Answer:
    if not part.login:
        return judge(part.name, part.text, depth - 1)
    text = part.text.strip()
    if refer(text) or has_filling(text) or is_filler(text) or not text:
        return Clear("the password is a reference or a placeholder")
    made_up = text.lower() == part.user.lower()
    return leak("password", Sureness.LOW if made_up else Sureness.HIGH, text)


def _document(name: str, text: str, depth: int) -> Answer | None:
    parts = structures.documents(text)
    if parts is None:
        return None
    kept = says(name) is Says.SECRET
    named = (
        Part(part.step, name if kept and says(part.name) is Says.NOTHING else part.name or name, part.text)
        for part in parts
    )
    return _of_parts(named, depth) or Clear("no part of the document is a secret")


def _url(_: str, text: str, depth: int) -> Answer | None:
    found = _of_parts(structures.logins(text), depth)
    if found is None and "://" in text:
        found = _of_parts(structures.queries(text), depth)
    if found is not None:
        return found
    whole = "://" in text and shape(fillings_removed(text)) is Shape.URL
    return Clear("a url without a secret") if whole and not text.lower().startswith("jdbc:") else None


def _encoded(name: str, text: str, depth: int) -> Answer | None:
    part = structures.decoded(text)
    if part is None:
        return None
    answer = judge(name, part.text, depth - 1)
    if isinstance(answer, Leak):
        plain = answer.kind == "password" and not answer.via and says(name) is not Says.PASSWORD
        return None if plain else inside(answer, part.step)
    return answer if isinstance(answer, Reference) or structures.documents(part.text) is not None else None


def _header(_: str, text: str, depth: int) -> Answer | None:
    part = structures.header(text)
    if part is None:
        return None
    plain = structures.decoded(part.text)
    login = structures.user_and_password(plain.text) if plain else None
    return inside(_part(login or part, depth), part.step)


def _settings(name: str, text: str, depth: int) -> Answer | None:
    found = _of_parts(structures.pairs(text), depth)
    if found is not None:
        return found
    login = structures.user_and_password(text)
    if login is None or shape(text) in (Shape.HOST, Shape.NUMBER, Shape.TIME) or not _is_login(name):
        return None
    return inside(_part(login, depth), login.step)


def _is_login(name: str) -> bool:
    """Whether a name says that a user and a password stand together."""
    return any(
        word in ("auth", "basic", "cred", "creds", "credential", "credentials", "login", "htpasswd", "userpass")
        for word in words(name)
    )


def _by_name(name: str, text: str) -> Answer:
    """The answer by what the name says and what the value looks like."""
    if has_filling(text):
        return _filled_in(name, text)
    meaning = says(name)
    judged = _JUDGES.get(meaning)
    if judged is not None:
        return judged(text, shape(text))
    if meaning is Says.NOTHING:
        return Clear("nothing says that it is a secret", open=True)
    return Clear(f"its name says {meaning.value}", open=meaning is Says.POINTER)


def _filled_in(name: str, text: str) -> Answer:
    """A value with parts that something fills in: what stands beside them may be a secret still."""
    rest = fillings_removed(text)
    judged = _by_name(name, rest) if looks_random(rest) else None
    return judged if isinstance(judged, Leak) else Reference(Store.TEMPLATE, text)


def _password(text: str, form: Shape) -> Answer:
    match form:
        case Shape.NUMBER:
            return leak("password", Sureness.MEDIUM, text) if len(text) >= 4 else Clear("a small number")
        case Shape.PHRASE:
            return leak("password", Sureness.MEDIUM, text) if _is_passphrase(text) else Clear("a sentence")
        case Shape.NAME | Shape.PATH:
            return _named(text) or leak("password", Sureness.MEDIUM, text)
        case Shape.WORD:
            return leak("password", Sureness.LOW if len(text) < 4 else Sureness.MEDIUM, text)
        case Shape.MIXED | Shape.TOKEN | Shape.HEX | Shape.UUID:
            return leak("password", Sureness.HIGH, text)
    return Clear(f"a {form.value}")


def _named(text: str) -> Answer | None:
    """The reference that a name or path is, when it is the name of a secret rather than a passphrase."""
    found = set(words(text))
    path = "/" in text
    if path or found & _NAMING:
        return Reference(Store.PARAMETER_STORE if text.startswith("/") else Store.SECRETS_MANAGER, text)
    return None


def _is_passphrase(text: str) -> bool:
    """Whether words with spaces are a passphrase and no remark."""
    return len(text) >= 8 and "\n" not in text.strip() and len(text.split()) <= 24 and not re.search(r"[.:;]\s", text)


def _signing(text: str, form: Shape) -> Answer:
    match form:
        case Shape.PHRASE:
            return leak("secret", Sureness.MEDIUM, text) if _is_passphrase(text) else Clear("a sentence")
        case Shape.WORD:
            return leak("secret", Sureness.LOW, text) if len(text) >= 6 else Clear("a word")
        case Shape.NAME:
            return _named(text) or leak("secret", Sureness.LOW, text)
    return _secret(text, form)


def _secret(text: str, form: Shape) -> Answer:
    match form:
        case Shape.TOKEN | Shape.HEX | Shape.UUID:
            return Clear("it only counts") if is_sequence(text) else leak("secret", Sureness.HIGH, text)
        case Shape.MIXED:
            return _mixed(text)
        case Shape.NAME | Shape.PATH:
            return _named(text) or Clear("a name")
        case Shape.PHRASE:
            return _several(text) or Clear("a text")
    return Clear(f"a {form.value}")


def _mixed(text: str) -> Answer:
    """Letters with digits or signs: a secret unless it is short, or names something."""
    various = any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    signs = re.search(r"[^\w.:/,-]", text) is not None
    if len(text) < 6 or not (various or signs) or is_sequence(text):
        return _several(text) or Clear("too plain for a secret")
    if re.fullmatch(r"[A-Za-z]+\d{1,4}", text) and len(text) < 10:
        return leak("secret", Sureness.LOW, text)
    return _several(text) or leak("secret", Sureness.HIGH if len(text) >= 16 else Sureness.MEDIUM, text)


def _several(text: str) -> Leak | None:
    """The secret among several that commas or spaces part."""
    pieces = [piece for piece in re.split(r"[,;\s]+", text) if piece]
    if not 1 < len(pieces) <= 64:
        return None
    found = (piece for piece in pieces if shape(piece) in (Shape.TOKEN, Shape.HEX) and not is_sequence(piece))
    first = next(found, None)
    return leak("secret", Sureness.MEDIUM, first) if first else None


def _key(text: str, form: Shape) -> Answer:
    """A key of nobody knows what: a secret when it is as random as one."""
    strong = (form is Shape.HEX and len(text) >= 32) or (form is Shape.TOKEN and entropy(text) >= 3.5)
    if strong and not is_sequence(text):
        return leak("secret", Sureness.MEDIUM, text)
    return Clear("a key that looks something up")


_JUDGES: dict[Says, Callable[[str, Shape], Answer]] = {
    Says.PASSWORD: _password,
    Says.SIGNING: _signing,
    Says.SECRET: _secret,
    Says.KEY: _key,
}
