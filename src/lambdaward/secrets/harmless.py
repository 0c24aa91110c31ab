"""Values that stand where a secret would, and are none: placeholders, examples of documentation, publishable keys."""

from __future__ import annotations

import hashlib

from lambdaward.model import pattern
from lambdaward.secrets.tables import table

_FILLERS = table(
    "replaced changed "
    "changeme change_me change-me changethis change-this change_this replaceme replace-me replace_me tbd todo fixme "
    "xxx placeholder example sample dummy fake none null nil n/a na unset notset not-set not_set not-used unused "
    "empty undefined default value string secret password passwd pass token key apikey api-key api_key api_token "
    "apitoken username user test testing foo bar baz foobar redacted hidden masked removed omitted here setme set-me "
    "set_me fill-me fill_me fillme insert enter mypassword my-password my_password mysecret my-secret my_secret "
    "mytoken my-token my_token mykey my-key my_key yourpassword yoursecret yourtoken yourkey testpassword test- "
    "password test_password secretkey secret-key secret_key secret-value secretvalue password-here somesecret some- "
    "secret somepassword some-password sometoken some-token passphrase credentials access_key secret_access_key "
    "accesskey access-key private-key privatekey client-secret client_secret clientsecret ***"
)
_FILLING = pattern(
    r"(?i)(?:<{1,3}[^<>]*>{1,3}|\[{1,2}[\w .-]*\]{1,2}|@{1,2}[\w.-]+@{1,2}|change[_-]?me[_-]?\d*|"
    r"\([\w .-]*\)|\{[\w .-]*\}|[*.xX•_\-#?0]+|(.)\1{3,}|"
    r"(?:please[ _-]?)?(?:your|my|replace|change|insert|enter|put|set|add|provide|fill|paste|use|todo|fixme|tbd|"
    r"a|an|the|some|any)[ _-].*"
    r"(?:here|me|this|it|key|token|secret|password|value|id|credentials?|later|goes.*)[.!]*|"
    r"(?:replace|change|insert|enter|todo|fixme|tbd)[ _:-].*|your[A-Z_ -].*|.*[_ -](?:here|placeholder|changeme|goes[_ -]here)|"
    r"(?:fake|dummy|sample|example|placeholder|mock|not[_-]?(?:a[_-]?)?real|invalid|redacted)[\w -]*|"
    r"[\w -]*(?:dummy|placeholder|example[_-]?(?:key|token|secret|value|password)?)|"
    r"test[_-](?:key|token|secret|password|value|api[_-]?key)|[a-z0-9_-]*x{5,}[a-z0-9_-]*|.*\*{4,}.*|.*\.{3,}|.*…|"
    r"(?:to be|will be|not(?: yet)?) [a-z ]{2,40}|"
    r"(?:set|filled|injected|provided|overridden|generated|replaced)[_-](?:by|in|at|via|from|on|during)[_-][\w-]+|"
    r"(?:stored|kept|managed|loaded|fetched|retrieved|read|see|resolved|injected|provided|defined|"
    r"(?:set|given|filled in|configured|found|lives|comes|is) (?:in|by|from|at|via|with|on|during))\b.*|"
    r".*\b(?:secrets? ?manager|parameter store|key ?vault|hashicorp vault)\b.*)"
)
_SEQUENCES = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "9876543210", "zyxwvutsrqponmlkjihgfedcba")

# SHA-256 of values that public documentation prints as examples or that emulators ship with: AWS's access keys, Stripe's, the
# storage and database emulators of Azure, the token of jwt.io.
_PRINTED = frozenset(
    (
        "78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598",
        "2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326",
        "f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397",
        "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
        "aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615",
        "f5e95c9954635b65acab57e6d5ea663eb900f06dc8794a90358f5abb1c77d4e0",
        "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606",
        "da816f9f2c16e6c5390e7636cadc40c43551bf0bbcf8f36c65539e6633a9c5e8",
        "1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3",
    )
)
_PUBLISHABLE = pattern(
    r"pk_(?:live|test)_\w+|pk\.eyJ[\w.-]+|sb_publishable_\w+|phc_\w{20,}|rzp_(?:live|test)_\w+|UA-\d+-\d+|G-[A-Z0-9]{6,}|GTM-\w+|6L[\w-]{38}|"
    r"pub-[\w-]+|price_\w+|prod_\w+|cus_\w+|acct_\w+|us-[\w-]+-\d_\w{9}|[a-z]{2}-[a-z]+-\d:[0-9a-f-]{36}|APP_USR-[\w-]+-pub|"
    r"https://(?:[0-9a-f]{32}|\w+)@(?:[\w-]+\.)*sentry\.io/\d+|https://[0-9a-f]{32}@[\w.-]+/\d+"
)
_PUBLIC_TEXT = pattern(
    r"\s*(?:-----BEGIN (?:[A-Z0-9]+ )*(?:PUBLIC KEY|CERTIFICATE|CERTIFICATE REQUEST|PUBLIC KEY BLOCK|X509 CRL|PARAMETERS)-----"
    r"|ssh-(?:rsa|ed25519|dss) AAAA|ecdsa-sha2-nistp\d+ AAAA|age1[a-z0-9]{50,}|sk-(?:ssh|ecdsa)-\S+ AAAA)"
)
_HASHED = pattern(
    r"\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$\S+|\$(?:1|5|6|y|7|apr1)\$\S+|pbkdf2[_:]\S+|scrypt[:$]\S+|\{S?(?:SHA|MD5)\d*\}\S+|"
    r"(?:sha(?:1|224|256|384|512)|md5)[-:=][A-Za-z0-9+/=]+|W/\"[^\"]+\"|\*[0-9A-F]{40}"
)


def harmless(value: str) -> str:
    """Why a value is no secret, whatever its name; empty when nothing says so."""
    if is_filler(value):
        return "a placeholder"
    if is_printed(value):
        return "an example of public documentation"
    if _PUBLISHABLE.fullmatch(value):
        return "a publishable key"
    if _PUBLIC_TEXT.match(value.replace("\\n", "\n")):
        return "a public key or certificate"
    return "a hash" if _HASHED.fullmatch(value) else ""


def is_filler(value: str) -> bool:
    """Whether a text only keeps a place."""
    return value.lower() in _FILLERS or _FILLING.fullmatch(value) is not None


def is_printed(value: str) -> bool:
    """Whether a text is printed in documentation as an example."""
    return "EXAMPLE" in value or hashlib.sha256(value.encode("utf-8", "replace")).hexdigest() in _PRINTED


def is_sequence(value: str) -> bool:
    """Whether a text is hardly more than counting: `0123456789abcdef`, `aaaa1111`."""
    bare = value.lower()
    if len(set(bare)) < min(6, len(bare) / 3):
        return True
    for run in _SEQUENCES:
        for size in (8,):
            for start in range(len(run) - size + 1):
                bare = bare.replace(run[start : start + size], "")
    return len(bare) <= len(value) * 0.4
