"""The grammar of references: every form in which configuration says where a secret is instead of what it is.

A reference is recognised by its form alone, whatever the name beside it. Names and paths, which only look like one, are told
apart from passwords by `shapes`.
"""

from __future__ import annotations

import base64
import binascii
import re

from lambdaward.model import pattern
from lambdaward.secrets.answer import Reference, Store

_ARN = pattern(r"arn:aws[\w-]*:([\w-]*):[^\s:]*:[^\s:]*:\S+")
_RESOLVE = pattern(r"\{\{resolve:([\w-]+):([^{}]+)\}\}")
_AWS_STORES = {
    "secretsmanager": Store.SECRETS_MANAGER,
    "ssm": Store.PARAMETER_STORE,
    "ssm-secure": Store.PARAMETER_STORE,
    "kms": Store.KMS,
    "appconfig": Store.APP_CONFIG,
}

_VAULTS = (
    r"(?:ref\+)?(?:hashi)?vault|hcvault|op|1password|akv|(?:azure-?)?key-?vault|gcp-?(?:sm|secrets?)|gsm|"
    r"ref\+\w+|berglas|doppler|bws|bitwarden|infisical|conjur|akeyless|lastpass|keychain|keyring|passbolt|"
    r"chamber|credstash|sops|secret|secrets|secretref|k8s-?secret|summon"
)
# A scheme, up to its colon and slashes, that names a place where secrets are kept.
_SCHEMES: tuple[tuple[str, Store], ...] = (
    (r"(?:ref\+)?(?:aws-?)?(?:secrets?-?manager|awssecrets?|aws-?sm|asm|sm)", Store.SECRETS_MANAGER),
    (r"(?:ref\+)?(?:aws-?)?(?:ssm|awsssm|parameter-?store|param-?store|ps)(?:-?secure)?", Store.PARAMETER_STORE),
    (r"(?:aws-?|gcp-?|azure-?)?kms", Store.KMS),
    (r"(?:aws-?)?appconfig", Store.APP_CONFIG),
    (_VAULTS, Store.VAULT),
    (r"file|s3|gs|env|envvar|config|classpath|configmap|ref|docker-secret", Store.FILE),
)
# Some schemes are written with a colon alone. Then what follows is a path or a name, never an arbitrary text.
_SCHEME = tuple(
    (pattern(rf"(?:{words})(?:://(?![^\s/]*:[^\s/]*@)\S+|:[\w./@+=,#~${{}}:-]*[\w/}}])", re.IGNORECASE), store)
    for words, store in _SCHEMES
)

_OTHERS: tuple[tuple[re.Pattern[str], Store], ...] = tuple(
    (pattern(form, re.IGNORECASE), store)
    for form, store in (
        (r"/aws/reference/secretsmanager/\S+", Store.SECRETS_MANAGER),
        # Secrets that a service of AWS keeps for its resources.
        (
            r"(?:rds|redshift|events|appflow|datasync|directconnect|databrew|ecs-sc|opsworks-cm|sqlworkbench)!\S+",
            Store.SECRETS_MANAGER,
        ),
        (r"https?://(?:localhost|127\.0\.0\.1):2773/secretsmanager/\S+", Store.SECRETS_MANAGER),
        (r"https?://(?:localhost|127\.0\.0\.1):2773/systemsmanager/\S+", Store.PARAMETER_STORE),
        (r"https?://(?:localhost|127\.0\.0\.1):2772/applications/\S+", Store.APP_CONFIG),
        # A parameter with its version or label.
        (r"/(?:[\w.-]+/)*[\w.-]+:(?:\d{1,3}|[A-Za-z][\w.-]{0,99})", Store.PARAMETER_STORE),
        (r"op://[\w .$@{}%-]+(?:/[\w .$@{}%-]+){2,3}(?:\?[\w=&-]+)?", Store.VAULT),
        (r"(?:>>)?vault:[\w./-]+(?:[#?][\w.=&-]+)?", Store.VAULT),
        (r"[A-Za-z]:\\[^\n\"<>|*?]+", Store.FILE),
        (r"kms:[A-Za-z0-9+/_-]{80,}={0,2}", Store.CIPHERTEXT),
        (r"/?applications/[\w.-]+/environments/[\w.-]+/configurations/[\w.-]+", Store.APP_CONFIG),
        (r"https://[\w-]+\.(?:vault|managedhsm)\.(?:azure\.(?:net|cn)|usgovcloudapi\.net)\S*", Store.VAULT),
        (r"@Microsoft\.KeyVault\([^)]+\)", Store.VAULT),
        (r"@Microsoft\.AppConfiguration\([^)]+\)", Store.APP_CONFIG),
        (r"(?://[\w.]+/)?projects/[\w-]+/(?:locations/[\w-]+/)?secrets/[\w-]+(?:/versions/\w+)?", Store.VAULT),
        (r"(?:secret|kv|secrets|kv-v2|cubbyhole)/(?:data/)?[\w./-]+(?:#|:)[\w.-]+", Store.VAULT),
        (r"alias/[\w/-]+", Store.KMS),
        (r"(?:key/)?mrk-[0-9a-f]{32}", Store.KMS),
        (r"https://kms\.[\w-]+\.amazonaws\.com\S*", Store.KMS),
        (r"https://secretsmanager\.[\w-]+\.amazonaws\.com\S*", Store.SECRETS_MANAGER),
        (r"(?:/var)?/run/secrets/\S+", Store.FILE),
        # Encrypted by something: no secret without its key.
        (r"ENC\[[^\]]+\]", Store.CIPHERTEXT),
        (r"ENC\([A-Za-z0-9+/=_-]+\)", Store.CIPHERTEXT),
        (r"\{cipher\}\S+", Store.CIPHERTEXT),
        (r"vault:v\d+:[A-Za-z0-9+/=_-]+", Store.CIPHERTEXT),
        (r"\$ANSIBLE_VAULT;[\s\S]+", Store.CIPHERTEXT),
        (r"-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|PKCS7|CMS)-----[\s\S]*", Store.CIPHERTEXT),
        (r"U2FsdGVkX1[A-Za-z0-9+/=]{12,}", Store.CIPHERTEXT),
        (r"gAAAAA[A-Za-z0-9_=-]{60,}", Store.CIPHERTEXT),
        (r"eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+", Store.CIPHERTEXT),
    )
)

TEMPLATE = pattern(
    r"\$\{\{[^{}]*\}\}|\$\{(?:[^{}]|\$?\{[^{}]*\})*\}|\$\([^()]*\)|\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>|#\{[^{}]*\}|@\{[^{}]*\}|"
    r"\$(?:context|util|input|stageVariables|method|request|integration|response)\b[^\s\"]*|\$\$?\.[\w.\[\]'*-]+|"
    r"\{[A-Za-z_][^{}\n\"']*\}|%\([A-Za-z_]\w*\)s|%[A-Z_][A-Z0-9_]+%|__[A-Z][A-Z0-9_]*__"
)
"""A part of a text that something fills in: of CloudFormation, Serverless, Terraform, shells, CI systems, template engines."""

_WHOLE = pattern(
    r"\$env:[A-Za-z_]\w*|\(\([\w./-]+\)\)|\$\[[\w.\['\"\]-]+\]|[A-Za-z_][\w.]*\([^()]*(?:\([^()]*\))?[^()]*\)(?:\.\w+(?:\([^()]*\))?)*|(?:self|this|config|settings|options|args|params|props|opts|ctx)\.[\w.]+|"
    r"\$[A-Za-z_]\w*|![A-Z]\w+(?:::\w+)?\s.*|\{\s*\"?(?:Fn::\w+|Ref)\"?\s*:.*\}|(?:process\.env|os\.environ|os\.getenv|System\.getenv|"
    r"ENV|getenv|env|secrets|var|local|data|module|ephemeral|each|(?:aws|random|tls|vault|google|azurerm)_\w+|ssm|stageVariables)(?:\.[A-Za-z_][\w.-]*|\[[^\]]+\]|\([^)]*\))(?:\.[\w\[\]\"'.-]+)?",
    re.DOTALL,
)
_FALLBACK = pattern(
    r"\$\{(?:(?P<shell>[A-Za-z_]\w*):?[-=](?P<plain>[^{}$]+)|(?P<name>[\w.:/-]+),\s*['\"](?P<quoted>[^'\"{}]+)['\"])\}"
)
_MARK = "\0"


def refer(value: str) -> Reference | None:
    """What a value refers to, or `None` when it has not the form of a reference."""
    if match := _RESOLVE.fullmatch(value):
        return Reference(_AWS_STORES.get(match[1], Store.AWS), match[2])
    if match := _ARN.fullmatch(value):
        return Reference(_AWS_STORES.get(match[1], Store.AWS), value)
    for form, store in (*_OTHERS, *_SCHEME):
        if form.fullmatch(value):
            return Reference(store, value)
    if is_ciphertext(value):
        return Reference(Store.CIPHERTEXT, "")
    return Reference(Store.TEMPLATE, value) if _is_template(value) else None


def _is_template(value: str) -> bool:
    """Whether a value is filled in by something. What stands beside it is a short label at most, such as `Bearer`."""
    if _WHOLE.fullmatch(value):
        return True
    rest = TEMPLATE.sub(_MARK, value)
    return rest != value and re.fullmatch(r"(?:[\w./: =,@-]{0,12}\0)+[\w./: =,@-]{0,12}", rest) is not None


def fallback(value: str) -> tuple[str, str]:
    """What fills a value in, and what it is when nothing does, as shells and the Serverless Framework write it."""
    match = _FALLBACK.fullmatch(value)
    return (match["shell"] or match["name"], match["plain"] or match["quoted"]) if match else ("", "")


def fillings_removed(value: str) -> str:
    """A text without the parts that something fills in."""
    return TEMPLATE.sub("", value)


def has_filling(value: str) -> bool:
    """Whether something fills a part of a text in."""
    return TEMPLATE.search(value) is not None


def is_ciphertext(value: str) -> bool:
    """Whether a text is the Base64 of what AWS KMS or its Encryption SDK has encrypted, by the bytes at its beginning."""
    if len(value) < 80 or not re.fullmatch(r"[A-Za-z0-9+/_-]+={0,2}", value):
        return False
    try:
        head = base64.b64decode(value[:48].replace("-", "+").replace("_", "/"))
    except binascii.Error:
        return False
    blob = head[:2] in (b"\x01\x02", b"\x01\x01") and head[2:4] in (b"\x02\x00", b"\x01\x00", b"\x03\x00")
    old = head[:2] == b"\x0a\x20" and head[34:35] == b"\x12"
    sealed = head[:2] == b"\x02\x00" and len(value) > 680
    message = sealed or head[:2] == b"\x01\x80" or (head[:1] == b"\x02" and head[1:3] in (b"\x05x", b"\x04x"))
    return blob or old or message
