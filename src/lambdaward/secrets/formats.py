"""Secrets that are known by their form alone: tokens of providers, private keys, signed tokens, hooks.

The table holds the forms that issuers themselves document and that stand in functions most often; it settles nearly all values
without loading the large set of `formats of many issuers`, which `issuers` asks for the rest.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from functools import cache

from lambdaward.model import pattern
from lambdaward.secrets.answer import Leak, Sureness, leak
from lambdaward.secrets.harmless import is_printed

_TABLE: tuple[tuple[str, str], ...] = (
    ("aws-access-key", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"),
    ("github-token", r"gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("gitlab-token", r"gl(?:pat|dt|rt|soat|ptt|cbt|agent|oas|ft|imt|ffct)-[\w.-]{20,300}"),
    ("slack-token", r"xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{20,255}"),
    ("stripe-key", r"(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,200}|whsec_[A-Za-z0-9+/=]{24,100}"),
    ("openai-key", r"sk-(?:proj-|svcacct-|admin-)?[\w-]{20,200}"),
    ("anthropic-key", r"sk-ant-[\w-]{20,200}"),
    ("google-api-key", r"AIza[\w-]{35}"),
    ("google-oauth-token", r"ya29\.[\w-]{20,500}|GOCSPX-[\w-]{28}|1//0[\w-]{40,200}"),
    ("sendgrid-key", r"SG\.[\w-]{16,32}\.[\w-]{32,64}"),
    ("twilio-key", r"SK[0-9a-f]{32}"),
    ("mailgun-key", r"key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}"),
    ("mailchimp-key", r"[0-9a-f]{32}-us\d{1,2}"),
    ("npm-token", r"npm_[A-Za-z0-9]{36}"),
    ("pypi-token", r"pypi-AgE[\w-]{50,300}"),
    ("rubygems-key", r"rubygems_[0-9a-f]{48}"),
    ("docker-token", r"dckr_(?:pat|oat)_[\w-]{20,60}"),
    ("digitalocean-token", r"do[oprt]_v1_[0-9a-f]{64}"),
    ("shopify-token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("square-token", r"sq0(?:atp|csp|idp)-[\w-]{22,43}|EAAA[\w-]{60}"),
    ("huggingface-token", r"(?:hf|api_org)_[A-Za-z]{34}"),
    ("databricks-token", r"dapi[0-9a-f]{32}(?:-\d)?"),
    ("new-relic-key", r"NRAK-[A-Z0-9]{27}|NRII-[\w-]{32}|[0-9a-f]{36}NRAL"),
    ("postman-key", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    ("linear-key", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,80}"),
    ("notion-token", r"(?:ntn|secret)_[A-Za-z0-9]{43,50}"),
    ("grafana-token", r"gl(?:sa|c)_[\w+/=-]{32,400}"),
    ("vault-token", r"hv[sbr]\.[\w-]{24,300}"),
    ("figma-token", r"figd_[\w-]{38,50}"),
    ("atlassian-token", r"ATATT3[\w=-]{60,250}|ATCTT3[\w=-]{60,250}|ATBB[A-Za-z0-9]{32}"),
    ("sentry-token", r"sntry[su]_[\w+/=]{40,300}"),
    ("telegram-token", r"\d{8,10}:AA[\w-]{33}"),
    ("discord-token", r"[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}"),
    ("facebook-token", r"EAA[A-Z][A-Za-z0-9]{60,300}"),
    ("terraform-token", r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}"),
    ("pulumi-token", r"pul-[0-9a-f]{40}"),
    ("supabase-key", r"sb_secret_[\w-]{20,60}|sbp_[0-9a-f]{40}"),
    ("age-key", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    ("azure-secret", r"[\w~.-]{3}\d?8Q~[\w~.-]{31,34}"),
    ("alibaba-key", r"LTAI[A-Za-z0-9]{12,20}"),
    ("heroku-key", r"HRKU-[\w-]{36,60}"),
    ("doppler-token", r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9-]{2,35}\.)?[A-Za-z0-9]{40,44}"),
    ("dynatrace-token", r"dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("airtable-token", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    ("groq-key", r"gsk_[A-Za-z0-9]{48,60}"),
    ("planetscale-token", r"pscale_(?:tkn|pw|oauth)_[\w.-]{32,64}"),
    (
        "slack-hook",
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9/]{8,}",
    ),
    ("discord-hook", r"https://(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]{30,}"),
    (
        "teams-hook",
        r"https://[\w.-]+\.webhook\.office\.com/\S{20,}|https://[\w.-]+\.logic\.azure\.com\S*[?&]sig=[\w%-]{20,}\S*",
    ),
    ("telegram-token", r"https://api\.telegram\.org/(?:file/)?bot\d{8,10}:AA[\w-]{33}\S*"),
    ("zapier-hook", r"https://hooks\.zapier\.com/hooks/catch/\d+/\w+/?"),
    ("google-chat-hook", r"https://chat\.googleapis\.com/v1/spaces/\S+[?&]token=[\w%-]{20,}\S*"),
)


@cache
def _whole() -> re.Pattern[str]:
    """Any form as a whole text. Compiled when the first value asks for it."""
    return re.compile("|".join(f"(?P<k{index}>{pattern})" for index, (_, pattern) in enumerate(_TABLE)))


@cache
def _edged() -> re.Pattern[str]:
    """Any form as a word inside a text."""
    named = (f"(?P<k{index}>{pattern})" for index, (kind, pattern) in enumerate(_TABLE) if not kind.startswith("azure"))
    return re.compile(rf"(?<![A-Za-z0-9_+/=.-])(?:{'|'.join(named)})(?![A-Za-z0-9_])")


def _kind(match: re.Match[str]) -> str:
    return _TABLE[int((match.lastgroup or "k0")[1:])][0]


PRIVATE_KEY = pattern(
    r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?P<body>[\s\S]*?)(?:-----END|\Z)|"
    r"PuTTY-User-Key-File-\d:[\s\S]*?Private-Lines:"
)
# What private keys begin with in Base64 of DER: PKCS #8 and #1 of RSA, SEC 1 and PKCS #8 of curves.
_DER = pattern(
    r"(?:MII[A-Za-z0-9+/]{3}IBA(?:DANBgkq|AKC)|MHcCAQEE|MIG[HT]AgEAM|MC4CAQAwBQYDK2V)[A-Za-z0-9+/\s]{40,}={0,2}\s*"
)
_JWT = pattern(r"(?<![\w.-])eyJ[\w-]{8,2000}\.eyJ[\w-]{4,8000}\.[\w-]{16,2000}(?![\w.-])")


def known_form(value: str) -> Leak | None:
    """The leak that a whole value is by its form."""
    match = _whole().fullmatch(value)
    if match is not None:
        return None if is_printed(value) else leak(_kind(match), _sureness(value), value)
    return private_key(value) or _signed_token(value, whole=True)


def embedded(value: str) -> Leak | None:
    """The first leak by its form inside a longer text."""
    for match in _edged().finditer(value):
        if not is_printed(match[0]):
            return leak(_kind(match), _sureness(match[0]), match[0])
    return _signed_token(value, whole=False)


def private_key(value: str) -> Leak | None:
    """The private key that a text holds, its line breaks escaped or not."""
    if _DER.fullmatch(value):
        return leak("private-key", Sureness.HIGH, value)
    match = PRIVATE_KEY.search(value.replace("\\r", "").replace("\\n", "\n"))
    if match is None or (match["body"] is not None and not _is_key_material(match["body"])):
        return None
    return leak("private-key", Sureness.HIGH, match[0])


def _is_key_material(body: str) -> bool:
    """Whether what stands between the lines of a key is long and various enough to be one."""
    bare = "".join(line for line in body.split() if ":" not in line)
    return len(bare) >= 40 and len(set(bare)) >= 16 and "..." not in bare


def _signed_token(value: str, *, whole: bool) -> Leak | None:
    match = _JWT.fullmatch(value) if whole else _JWT.search(value)
    if match is None or is_printed(match[0]):
        return None
    head = match[0].split(".")[0]
    try:
        header = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except binascii.Error:
        return None
    return leak("signed-token", Sureness.HIGH, match[0]) if b'"alg"' in header else None


def _sureness(value: str) -> Sureness:
    """High, but for a token of GitHub or npm whose own checksum is wrong: somebody made it up, or it is cut."""
    if re.fullmatch(r"(?:gh[pousr]|npm)_[A-Za-z0-9]{36}", value) and not _checks(value):
        return Sureness.MEDIUM
    return Sureness.HIGH


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _checks(token: str) -> bool:
    """Whether the last six characters are the checksum of those before."""
    body, check = token.split("_", 1)[1][:-6], token[-6:]
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return digits.rjust(6, "0") == check
