"""What the name of a value says about it: a password, a secret, a key of some kind, or something that only sounds like one."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from lambdaward.model import pattern
from lambdaward.secrets.tables import table

_WORD = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


class Says(StrEnum):
    """What a name says. `PASSWORD`: any text may be one. `SIGNING`: a shared secret, which people make up too. `SECRET`: a
    token or key that a machine made. `KEY`: a key of something. `POINTER`: not the secret but its name, place, age.
    `PUBLIC` and `DIGEST`: looks like a secret and is none."""

    PASSWORD = "password"  # noqa: S105 - a class of names
    SIGNING = "signing-secret"
    SECRET = "secret"  # noqa: S105 - as above
    KEY = "key"
    POINTER = "pointer"
    PUBLIC = "public"
    DIGEST = "digest"
    NOTHING = "nothing"


_PASSWORDS = table(
    "password passwords passwd passphrase passcode pass pwd pwds pw pswd psw passw passwort kennwort senha contrasena "
    "contrasenya clave motdepasse mdp wachtwoord haslo heslo salasana jelszo losenord "
    "adgangskode sifre passe parola mnemonic pin userpass userpassword pgpassword"
)
_SECRETS = table(
    "secret secrets token tokens apikey apikeys apitoken apisecret credential credentials cred creds bearer jwt "
    "psk sas pepper salt authtoken accesstoken accesskey secretkey privatekey clientsecret sharedkey signingkey "
    "encryptionkey masterkey authkey appkey appsecret webhooksecret licensekey connectionstring"
)
_SIGNERS = table(
    "jwt session cookie signing hmac webhook client shared app flask django csrf state oauth sso nextauth auth"
)
_POINTERS = table(
    "arn arns name names id ids path paths file filename dir directory folder url urls uri uris endpoint endpoints "
    "host hostname port region ref reference references param params parameter parameters alias aliases prefix suffix "
    "bucket table topic queue location ttl expiry expires expiration expire timeout seconds secs minutes hours days "
    "ms millis age length len size min max minimum maximum count counts limit limits type types kind policy enabled "
    "enable disabled disable required rotation interval version versions header headers field fields column attribute "
    "attributes issuer audience algorithm alg format regex pattern provider source method mode scope scopes service "
    "store manager group groups role roles user users username login account email domain mapping schema class hint "
    "label title description strategy validity duration period lifetime retention budget usage authorizer authorizers "
    "cache validation validator stage status engine index lambda function handler layer stack resource charset "
    "encoding reset generator generate complexity change allowed attempts retries vault window threshold rate quota "
    "fields property properties exists present optional flag strength rules check checks updated created date time "
    "timestamp"
)
_PUBLIC = table("public publishable pub anon publickey pubkey sitekey measurement cert certificate csr jwks")
_DIGESTS = table(
    "hash hashes hashed checksum digest sha sha1 sha256 sha384 sha512 md5 crc crc32 etag commit revision fingerprint "
    "integrity thumbprint sri sum uuid guid build release"
)
_STAGES = table(
    "prod production dev development test testing staging stage qa uat live sandbox old new current previous primary "
    "secondary default value val base64 b64 json encoded string str plain plaintext raw text a b main backup local "
    "remote"
)
# What a key opens, and what one only looks up.
_OPENING = table(
    "api access secret private signing sign encryption encrypt encrypting decryption decrypt master app application "
    "auth account storage shared session service license licence hmac crypto cipher aes aes128 aes256 rsa ecdsa "
    "ed25519 ssh deploy webhook jwt jwk client admin root server data cookie integration ingest ingestion "
    "subscription consumer bot project partner merchant write sdk stripe sendgrid openai anthropic twilio mailgun "
    "mailchimp github gitlab datadog dd newrelic slack algolia pagerduty sentry maps google azure firebase vapid "
    "instance security wallet recovery seed nonce backup hec collector nacl fernet kek dek preshared pgp gpg tls ssl "
    "cosmos cosmosdb servicebus eventhub"
)
_LOOKING_UP = table(
    "partition sort primary foreign cache s3 object hash range routing idempotency lookup map index unique composite "
    "group message dedup dedupe deduplication translation i18n config feature flag registry state lock kms cmk site "
    "dict metric event context rate bucket file image log tag host redis dynamo dynamodb pk sk entity record row item "
    "column field sorting search session1 tenant customer order json attribute parameter param ssm property state env "
    "environment hot color"
)
_FORGES = table("github gh gitlab git azure devops ado bitbucket databricks airtable ci deploy")
_LONG_PASSWORDS = ("password", "passwd", "passphrase", "passwort", "kennwort", "mnemonic", "seedphrase", "wachtwoord")
_SHORT_PASSWORDS = pattern(
    r"(?:db|sql|mysql|pg|postgres|postgresql|redis|smtp|ftp|sftp|admin|root|user|ldap|mail|imap|mongo|mongodb|app|ssh|rds|"
    r"oracle|mssql|rabbit|rabbitmq|kafka|broker|cache|es|elastic|svc|service|proxy|jdbc|login|my|sa|jenkins|wifi|bind)(?:pass|pwd|pw)"
)
_LONG_SECRETS = (
    "apikey",
    "secretkey",
    "privatekey",
    "accesskey",
    "clientsecret",
    "authtoken",
    "accesstoken",
    "apitoken",
    "apisecret",
)
_NOT_SECRETS = pattern(
    r"tokeni[sz]|secretary|secretsmanager|passthrough|passenger|compass|bypass|passive|passport|"
    r"tokens?(?:per|count|limit)|(?:next|page|output|input|continuation|pagination|sync|start|end|sort|stop|css|syntax|design)tokens?$"
)


def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: `dbPassword`, `DB_PASSWORD` and `db.password` have the same."""
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(maxsize=4096)
def says(name: str) -> Says:
    """What a name says about its value. The last word decides, but for words that name a stage or a form."""
    found = list(words(name))
    while len(found) > 1 and (found[-1] in _STAGES or found[-1].isdigit()):
        found.pop()
    if not found:
        return Says.NOTHING
    last = found[-1]
    if _is_approle(found):
        return Says.SECRET
    if last in _POINTERS:
        return Says.POINTER
    if any(word in _PUBLIC for word in found):
        return Says.PUBLIC
    if last in _DIGESTS:
        return Says.DIGEST
    return _secret(found)


def _is_approle(found: list[str]) -> bool:
    """Vault calls the secret half of a login its secret id."""
    return found[-2:] == ["secret", "id"] and any(word in ("vault", "approle", "role") for word in found[:-2])


def _secret(found: list[str]) -> Says:
    """What a name says that is neither a pointer nor public: by its last word, then by any word."""
    last, joined = found[-1], "".join(found)
    if _NOT_SECRETS.search(joined):
        return Says.NOTHING
    if last in _PASSWORDS:
        return Says.PASSWORD
    if last in ("seed", "phrase"):
        return Says.PASSWORD if {"wallet", "phrase", "recovery"} & set(found) else Says.SECRET
    if last == "pat" and any(word in _FORGES for word in found):
        return Says.SECRET
    if last in ("pepper", "salt") or (last == "secret" and any(word in _SIGNERS for word in found[:-1])):
        return Says.SIGNING
    return _key(found) if last in ("key", "keys") else _by_any(found, joined)


def _by_any(found: list[str], joined: str) -> Says:
    if (
        any(word in _PASSWORDS for word in found)
        or joined.endswith(_LONG_PASSWORDS)
        or _SHORT_PASSWORDS.fullmatch(joined)
    ):
        return Says.PASSWORD
    if any(word in _SECRETS for word in found) or joined.endswith(_LONG_SECRETS):
        return Says.SECRET
    if any(word in ("key", "keys") for word in found):
        return _key(found)
    if found[-1].endswith("key") and found[-1][:-3] in _OPENING:
        return Says.SECRET
    return Says.SECRET if found[-1] in ("auth", "authorization", "authentication", "dsn") else Says.NOTHING


def _key(found: list[str]) -> Says:
    """A name with a key in it: of what, says the word before."""
    at = max(index for index, word in enumerate(found) if word in ("key", "keys"))
    before = found[at - 1] if at else ""
    if before in _LOOKING_UP:
        return Says.POINTER
    if before in _OPENING or any(word in _SECRETS or word in _PASSWORDS for word in found):
        return Says.SECRET
    return Says.KEY
