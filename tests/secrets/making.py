# ruff: noqa: E501, PLR0915 - rows of a table
"""Secrets of all families, and what only looks like one: made at run time from a seed, so that none stands in a file."""

import base64
import gzip
import json
import random
import string
import zlib

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
WORDS = [
    "tulip",
    "kettle",
    "orbit",
    "marble",
    "falcon",
    "winter",
    "copper",
    "ladder",
    "velvet",
    "pepper",
    "harbor",
    "candle",
    "meadow",
    "rocket",
    "saddle",
    "thunder",
    "walnut",
    "zebra",
    "cactus",
    "dolphin",
    "ember",
    "glacier",
    "hazel",
    "indigo",
    "jigsaw",
    "lantern",
    "mango",
    "nectar",
    "otter",
    "pebble",
    "quartz",
    "raven",
]
B62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


class Maker:
    """Makes values of one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, length, letters=ALNUM):
        return "".join(self.random.choices(letters, k=length))

    def hex(self, length):
        return self.text(length, HEX)

    def pick(self, *options):
        return self.random.choice(options)

    def words(self, count):
        return self.random.sample(WORDS, count)

    def base64(self, data):
        return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()

    def uuid(self):
        return "-".join(self.hex(size) for size in (8, 4, 4, 4, 12))

    def github(self):
        body = self.text(30)
        number, check = zlib.crc32(body.encode()), ""
        while number:
            number, digit = divmod(number, 62)
            check = B62[digit] + check
        return "ghp" + "_" + body + check.rjust(6, "0")

    def password(self):
        first, second = self.words(2)
        return self.pick(
            f"{first.title()}{self.random.randrange(10, 9999)}!",
            f"{first}{self.random.randrange(1, 999)}",
            f"{first[:3]}@{second}{self.random.randrange(10)}",
            self.text(12, ALNUM + "!#%&*+?~^"),
            f"{first.title()}-{second}-{self.random.randrange(10, 99)}",
            f"p4ss{self.random.randrange(1000)}{first}",
        )

    def passphrase(self):
        return " ".join(self.words(4))

    def jwt(self):
        def part(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        claims = json.dumps({"sub": self.text(8), "exp": self.random.randrange(10**9, 2 * 10**9)}).encode()
        head = b'{"alg":"HS256","typ":"JWT"}'
        return f"{part(head)}.{part(claims)}.{part(self.random.randbytes(32))}"

    def pem(self, kind="RSA PRIVATE KEY"):
        body = self.base64(self.random.randbytes(600))
        lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
        return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----\n"

    def kms(self):
        return self.base64(b"\x01\x02\x02\x00x" + self.random.randbytes(self.random.randrange(120, 220)))

    def account(self):
        return self.text(12, string.digits)

    def region(self):
        return self.pick("eu-west-1", "us-east-1", "ap-southeast-2")


def secrets_of(m):
    """(family, name, value) of values that are secrets."""
    user, host, db = (
        m.pick("app", "svc_orders", "root"),
        m.pick("db.internal", "orders.abc.eu-west-1.rds.amazonaws.com"),
        m.words(1)[0],
    )
    scheme = m.pick("postgres", "postgresql", "mysql", "mongodb+srv", "amqps", "redis", "mysql+pymysql")
    plain = (
        m.password()
        .replace("#", "")
        .replace("?", "")
        .replace("%", "")
        .replace("&", "")
        .replace("^", "")
        .replace("~", "")
    )
    yield (
        "weak password",
        m.pick(
            "DB_PASS",
            "MYSQL_PW",
            "REDIS_PWD",
            "SMTP_PASSWD",
            "AdminPassword",
            "PGPASSWORD",
            "ftp_pass",
            "dbPw",
            "LDAP_BIND_PW",
        ),
        m.password(),
    )
    yield (
        "weak password",
        m.pick(
            "DBPASS", "MYSQL_ROOT_PASSWORD", "db.password", "SERVICE_PASSWORD_PROD", "ADMIN_PWD", "KAFKA_SASL_PASSWORD"
        ),
        m.password(),
    )
    yield "numeric password", m.pick("DB_PASSWORD", "SFTP_PASS"), m.text(m.random.randrange(6, 12), string.digits)
    yield (
        "common password",
        m.pick("DB_PASSWORD", "ADMIN_PASS", "MONGO_PW"),
        m.pick("letmein", "hunter", "qwerty", "dragon", "monkey") + m.pick("", "1", "22", "!"),
    )
    yield (
        "passphrase",
        m.pick(
            "ENCRYPTION_PASSPHRASE",
            "BACKUP_PASSPHRASE",
            "KEYSTORE_PASSWORD",
            "WALLET_MNEMONIC",
            "GPG_PASSPHRASE",
            "DB_PASSWORD",
        ),
        m.passphrase(),
    )
    yield "dashed passphrase", m.pick("VPN_PASSPHRASE", "DB_PASSWORD", "MASTER_PASSWORD"), "-".join(m.words(4))
    yield (
        "url",
        m.pick("DATABASE_URL", "DB_URL", "MONGO_URI", "CELERY_BROKER_URL", "CONNECTION", "BACKEND"),
        f"{scheme}://{user}:{plain}@{host}:5432/{db}",
    )
    yield "url without user", m.pick("REDIS_URL", "CACHE_URL"), f"redis://:{m.text(16)}@{host}:6379/0"
    yield "url token", m.pick("GIT_REMOTE", "REPO_URL"), f"https://{m.github()}@github.com/acme/{db}.git"
    yield (
        "http login",
        m.pick("PROXY", "HTTPS_PROXY", "ENDPOINT", "ELASTIC_URL"),
        f"https://{user}:{m.text(10)}@{host}:9200",
    )
    yield (
        "jdbc",
        m.pick("JDBC_URL", "SPRING_DATASOURCE_URL"),
        f"jdbc:postgresql://{host}:5432/{db}?user={user}&password={m.text(12)}",
    )
    yield (
        "jdbc",
        "JDBC_CONNECTION",
        f"jdbc:sqlserver://{host}:1433;databaseName={db};user={user};password={m.text(12)};encrypt=true",
    )
    yield "jdbc", "ORACLE_URL", f"jdbc:oracle:thin:{user}/{m.text(10)}@{host}:1521:{db}"
    yield (
        "dsn",
        m.pick("DSN", "PG_DSN", "DB_CONN", "CONNECTION_STRING"),
        f"host={host} port=5432 dbname={db} user={user} password={m.text(10)}",
    )
    yield (
        "dsn",
        m.pick("SQL_CONN", "ConnectionStrings__Default", "MSSQL"),
        f"Server={host},1433;Database={db};User Id={user};Password={m.password()};Encrypt=True",
    )
    yield "go dsn", m.pick("MYSQL_DSN", "DSN"), f"{user}:{m.text(11)}@tcp({host}:3306)/{db}?parseTime=true"
    yield (
        "storage string",
        m.pick("AZURE_STORAGE", "STORAGE_CONNECTION_STRING"),
        f"DefaultEndpointsProtocol=https;AccountName={db};AccountKey={m.base64(m.random.randbytes(64))};EndpointSuffix=core.windows.net",
    )
    yield (
        "bus string",
        "SERVICE_BUS",
        f"Endpoint=sb://{db}.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey={m.base64(m.random.randbytes(32))}",
    )
    yield (
        "hex key",
        m.pick(
            "API_KEY",
            "DATADOG_API_KEY",
            "ENCRYPTION_KEY",
            "APP_SECRET",
            "SIGNING_KEY",
            "WEATHER_APIKEY",
            "hmacKey",
            "NEW_RELIC_LICENSE_KEY",
        ),
        m.hex(m.pick(32, 40, 64)),
    )
    yield "uuid key", m.pick("API_KEY", "HEROKU_API_KEY", "AUTH_TOKEN", "CLIENT_SECRET"), m.uuid()
    yield (
        "base64 key",
        m.pick("JWT_SECRET", "SESSION_SECRET", "COOKIE_KEY", "AES_KEY", "SECRET_KEY_BASE", "DATA_ENCRYPTION_KEY"),
        m.base64(m.random.randbytes(m.pick(24, 32, 48))),
    )
    yield (
        "opaque",
        m.pick(
            "ACCESS_TOKEN",
            "REFRESH_TOKEN",
            "SERVICE_AUTH_TOKEN",
            "CLIENT_SECRET",
            "WEBHOOK_SECRET",
            "apiToken",
            "BOT_TOKEN",
            "INTERNAL_AUTH",
        ),
        m.text(m.pick(20, 24, 32, 40, 64)),
    )
    yield "aws", "AWS_SECRET_ACCESS_KEY", m.text(40, ALNUM + "/+")
    yield (
        "aws",
        m.pick("AWS_ACCESS_KEY_ID", "S3_USER", "UPLOAD_ID"),
        "AKIA" + m.text(16, string.ascii_uppercase + "234567"),
    )
    yield "github", m.pick("GITHUB_TOKEN", "GH", "DEPLOY", "CONFIG_VALUE"), m.github()
    yield (
        "slack",
        m.pick("SLACK", "SLACK_BOT_TOKEN", "NOTIFY"),
        "xox" + f"b-{m.text(12, string.digits)}-{m.text(12, string.digits)}-{m.text(24)}",
    )
    yield (
        "slack hook",
        m.pick("SLACK_WEBHOOK_URL", "ALERT_URL", "NOTIFY"),
        f"https://hooks.slack.com/services/T{m.text(8, string.ascii_uppercase)}/B{m.text(8, string.ascii_uppercase)}/{m.text(24)}",
    )
    yield "stripe", m.pick("STRIPE", "STRIPE_SECRET_KEY", "PAYMENT"), m.pick("sk", "rk") + "_live_" + m.text(24)
    yield "sendgrid", m.pick("SENDGRID", "MAIL_API_KEY"), "SG" + f".{m.text(22)}.{m.text(43)}"
    yield "google", m.pick("GOOGLE_API_KEY", "MAPS"), "AI" + "za" + m.text(35, ALNUM + "-_")
    yield "gitlab", m.pick("GITLAB_TOKEN", "CI_PAT"), "gl" + "pat-" + m.text(20)
    yield "twilio", m.pick("TWILIO_AUTH_TOKEN", "TWILIO_TOKEN"), m.hex(32)
    yield "telegram", m.pick("BOT", "TELEGRAM_TOKEN"), f"{m.text(10, '123456789')}:AA{m.text(33)}"
    yield (
        "jwt",
        m.pick("SERVICE_TOKEN", "JWT", "SUPABASE_SERVICE_ROLE_KEY", "AUTH_HEADER"),
        m.pick("", "Bearer ") + m.jwt(),
    )
    yield (
        "pem",
        m.pick("PRIVATE_KEY", "SSH_KEY", "TLS", "SIGNER", "GITHUB_APP_KEY"),
        m.pem(m.pick("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY")),
    )
    yield "escaped pem", m.pick("PRIVATE_KEY", "FIREBASE_KEY", "SIGNER"), m.pem().replace("\n", "\\n")
    yield "base64 pem", m.pick("PRIVATE_KEY_B64", "SSH", "SIGNER"), m.base64(m.pem("PRIVATE KEY"))
    yield (
        "json",
        m.pick("DB_CONFIG", "CREDENTIALS", "DB_SECRET", "SETTINGS"),
        json.dumps({"username": user, "password": m.password(), "host": host}),
    )
    yield (
        "service account",
        m.pick("GOOGLE_CREDENTIALS", "GCP_SA"),
        json.dumps(
            {
                "type": "service_account",
                "private_key_id": m.hex(40),
                "private_key": m.pem("PRIVATE KEY"),
                "client_email": f"{db}@x.iam.gserviceaccount.com",
            }
        ),
    )
    yield (
        "base64 json",
        m.pick("CONFIG_B64", "CREDENTIALS", "APP_CONFIG", "BLOB"),
        m.base64(json.dumps({"user": user, "password": m.password()})),
    )
    yield (
        "gzip json",
        m.pick("CONFIG_GZ", "BLOB"),
        m.base64(gzip.compress(json.dumps({"api_key": m.hex(32), "host": host}).encode(), mtime=0)),
    )
    yield "basic", m.pick("BASIC_AUTH", "AUTH_HEADER", "AUTHORIZATION"), "Basic " + m.base64(f"{user}:{m.password()}")
    yield "user and password", m.pick("BASIC_AUTH", "PROXY_CREDENTIALS"), f"{user}:{m.text(12)}"
    yield "options", m.pick("JAVA_TOOL_OPTIONS", "JAVA_OPTS"), f"-Xmx256m -Ddb.user={user} -Ddb.password={m.text(12)}"
    yield "dotenv", "ENV_FILE", f"DEBUG=false\nDB_PASSWORD={m.text(14)}\nPORT=5432"
    yield "approle", "VAULT_SECRET_ID", m.uuid()
    yield (
        "sas",
        m.pick("BLOB_URL", "SAS_TOKEN"),
        f"https://{db}.blob.core.windows.net/c?sv=2024-01-01&sp=rl&sig={m.text(40)}%3D",
    )
    yield (
        "weak signing secret",
        m.pick("JWT_SECRET", "SESSION_SECRET", "COOKIE_SECRET"),
        m.pick(f"{db}secret{m.random.randrange(99)}", m.passphrase(), f"my-{db}-{m.random.randrange(1000)}!"),
    )
    yield "special characters", m.pick("DB_PASSWORD", "API_SECRET"), m.text(16, ALNUM + "!@#$%^&*()-_=+")


def traps_of(m):
    """(family, name, value) of values that are no secrets, mostly under names that sound like one."""
    account, region, word, other = m.account(), m.region(), *m.words(2)
    arn = f"arn:aws:secretsmanager:{region}:{account}:secret:{m.pick('prod/', '')}{word}-{m.text(6)}"
    yield "secret arn", m.pick("DB_PASSWORD", "SECRET_ARN", "API_KEY", "DB_CREDENTIALS"), arn
    yield (
        "parameter arn",
        m.pick("TOKEN", "API_KEY_PARAM", "DB_PASS"),
        f"arn:aws:ssm:{region}:{account}:parameter/prod/{word}/token",
    )
    yield (
        "key arn",
        m.pick("ENCRYPTION_KEY", "KMS_KEY", "SIGNING_KEY"),
        f"arn:aws:kms:{region}:{account}:key/{m.uuid()}",
    )
    yield (
        "resolve",
        m.pick("DB_PASSWORD", "API_TOKEN"),
        m.pick(
            f"{{{{resolve:secretsmanager:{word}:SecretString:password}}}}",
            f"{{{{resolve:ssm:/{word}/token:1}}}}",
            f"{{{{resolve:ssm-secure:/{word}/pw}}}}",
        ),
    )
    yield (
        "parameter path",
        m.pick("DB_PASSWORD", "API_KEY", "TOKEN_PATH", "CLIENT_SECRET", "SSM_SECRET"),
        f"/{m.pick('prod', 'dev', 'app')}/{word}/{m.pick('password', 'token', 'api-key', other)}",
    )
    yield (
        "secret name",
        m.pick("DB_PASSWORD", "DB_SECRET", "API_SECRET", "CREDENTIALS", "SECRET"),
        m.pick(
            f"prod/{word}/db-password",
            f"{word}-db-secret",
            f"{word}/api/credentials",
            f"rds!db-{m.uuid()}",
            f"{word}-token-prod",
            f"{word.title()}ApiSecret",
        ),
    )
    yield (
        "secret id",
        m.pick("SECRET_NAME", "DB_SECRET_ID", "TOKEN_SECRET_NAME"),
        m.pick(f"{word}-{other}", f"{word}/{other}", f"{word}_{other}"),
    )
    yield (
        "extension reference",
        m.pick("DB_PASSWORD", "API_KEY"),
        m.pick(
            f"/aws/reference/secretsmanager/{word}",
            f"http://localhost:2773/secretsmanager/get?secretId={word}",
            f"http://localhost:2772/applications/{word}/environments/prod/configurations/main",
        ),
    )
    yield (
        "vault",
        m.pick("DB_PASSWORD", "API_KEY", "TOKEN"),
        m.pick(
            f"vault:secret/data/{word}#password",
            f"op://{word}/database/password",
            f"https://{word}.vault.azure.net/secrets/db/{m.hex(32)}",
            f"ref+awssecrets://{word}/db",
            f"ssm:///{word}/token",
            f"awssm://{word}",
            f"@Microsoft.KeyVault(SecretUri=https://{word}.vault.azure.net/secrets/x/)",
            f"secretsmanager:{word}/db",
        ),
    )
    yield (
        "serverless",
        m.pick("DB_PASSWORD", "API_KEY", "SECRET_TOKEN"),
        m.pick(
            f"${{ssm:/{word}/token}}",
            f"${{ssm:/{word}/${{sls:stage}}/pw}}",
            f"${{file(./secrets.yml):{word}}}",
            f"${{self:custom.secrets.{word}}}",
            f"${{env:{word.upper()}_TOKEN}}",
            "${opt:token, 'x'}",
            f"${{cf:{word}.Secret}}",
            f"${{param:{word}}}",
        ),
    )
    yield (
        "template",
        m.pick("DB_PASSWORD", "API_KEY", "AUTH_TOKEN"),
        m.pick(
            f"${{{word.title()}}}",
            f"${word.upper()}_PW",
            f"{{{{ {word}_password }}}}",
            f"${{{{ secrets.{word.upper()} }}}}",
            f"<%= ENV['{word.upper()}'] %>",
            f"%{word.upper()}%",
            f"process.env.{word.upper()}",
            "Bearer ${Token}",
            f"${{aws_secretsmanager_secret.{word}.arn}}",
            f"#{{{word}.password}}",
            f"$({word})",
        ),
    )
    yield (
        "url with reference",
        m.pick("DATABASE_URL", "REDIS_URL"),
        m.pick(
            f"postgres://app:${{DB_PASSWORD}}@{word}.internal/db",
            f"mysql://root:{{{{resolve:secretsmanager:{word}}}}}@h/db",
            f"postgres://user:password@localhost:5432/{word}",
            "redis://:<password>@cache:6379",
        ),
    )
    yield "kms ciphertext", m.pick("DB_PASSWORD", "ENCRYPTED_TOKEN", "API_KEY", "KMS_ENCRYPTED_SECRET"), m.kms()
    yield (
        "other ciphertext",
        m.pick("DB_PASSWORD", "API_KEY"),
        m.pick(
            f"ENC[AES256_GCM,data:{m.text(20)},iv:{m.text(40)},type:str]",
            f"ENC({m.base64(m.random.randbytes(32))})",
            f"vault:v1:{m.base64(m.random.randbytes(60))}",
            f"{{cipher}}{m.hex(64)}",
        ),
    )
    yield (
        "public key",
        m.pick("JWT_PUBLIC_KEY", "VERIFY_KEY", "SSH_KEY", "SIGNER_KEY"),
        m.pick(
            m.pem("PUBLIC KEY"),
            m.pem("CERTIFICATE"),
            m.pem("PUBLIC KEY").replace("\n", "\\n"),
            "ssh-ed25519 AAAA" + m.text(64) + " me@example.com",
        ),
    )
    yield (
        "publishable key",
        m.pick("STRIPE_KEY", "STRIPE_PUBLISHABLE_KEY", "NEXT_PUBLIC_STRIPE_KEY"),
        "pk" + "_" + m.pick("live", "test") + "_" + m.text(24),
    )
    yield "public token", m.pick("NEXT_PUBLIC_SUPABASE_ANON_KEY", "SUPABASE_ANON_KEY"), m.jwt()
    yield (
        "hash",
        m.pick(
            "GIT_COMMIT",
            "CODE_SHA256",
            "BUILD_HASH",
            "COMMIT_SHA",
            "ASSET_ETAG",
            "CONFIG_CHECKSUM",
            "TEMPLATE_MD5",
            "PASSWORD_HASH",
        ),
        m.hex(m.pick(32, 40, 64)),
    )
    yield "password hash", m.pick("ADMIN_PASSWORD_HASH", "PASSWORD_HASH"), "$2b" + "$12$" + m.text(53)
    yield (
        "uuid",
        m.pick("TENANT_ID", "REQUEST_ID", "APP_UUID", "CLIENT_ID", "KMS_KEY_ID", "USER_POOL_ID", "INSTANCE"),
        m.uuid(),
    )
    yield (
        "number",
        m.pick(
            "TOKEN_TTL",
            "PASSWORD_MIN_LENGTH",
            "TOKEN_EXPIRY_SECONDS",
            "SECRET_CACHE_TTL",
            "MAX_TOKENS",
            "KEY_ROTATION_DAYS",
            "TOKENS_PER_MINUTE",
        ),
        str(m.random.randrange(1, 99999)),
    )
    yield (
        "duration",
        m.pick(
            "ACCESS_TOKEN_LIFETIME", "TOKEN_EXPIRES_IN", "SECRET_ROTATION", "REFRESH_TOKEN_VALIDITY", "TOKEN_EXPIRY"
        ),
        m.pick("15m", "24h", "30d", "PT1H", "3600s", "rate(30 days)", "2 weeks"),
    )
    yield (
        "flag",
        m.pick(
            "USE_SECRETS_MANAGER", "PASSWORD_REQUIRED", "ENABLE_TOKEN_AUTH", "REQUIRE_API_KEY", "SECRET_ENABLED", "AUTH"
        ),
        m.pick("true", "false", "enabled", "0", "1", "yes", "none"),
    )
    yield (
        "url",
        m.pick("TOKEN_URL", "AUTH_URL", "SECRET_ENDPOINT", "TOKEN_ENDPOINT", "API_KEY_URL", "OAUTH_TOKEN"),
        m.pick(
            f"https://{word}.example.com/oauth/token",
            f"https://cognito-idp.{region}.amazonaws.com/{region}_{m.text(9)}/.well-known/jwks.json",
            f"https://api.{word}.com/v1?limit=10&key=name",
            f"postgres://{word}.internal:5432/db",
            f"https://sqs.{region}.amazonaws.com/{account}/{word}",
        ),
    )
    yield (
        "placeholder",
        m.pick("DB_PASSWORD", "API_KEY", "SECRET_TOKEN", "JWT_SECRET", "AUTH_TOKEN"),
        m.pick(
            "changeme",
            "CHANGE_ME",
            "<your-api-key>",
            "your-token-here",
            "xxxxxxxxxxxx",
            "TODO",
            "replace-me",
            "REPLACE_WITH_SECRET",
            "***",
            "placeholder",
            "YOUR_API_KEY",
            "dummy",
            "not-set",
            "",
            "n/a",
            "insert-token-here",
            "<password>",
            "example",
            "[REDACTED]",
            "FIXME",
            "dummy-value",
        ),
    )
    yield (
        "printed",
        m.pick("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
        m.pick("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"),
    )
    yield (
        "file",
        m.pick("PRIVATE_KEY_PATH", "SSL_KEY", "TOKEN_FILE", "CREDENTIALS", "SECRET_FILE", "API_KEY"),
        m.pick(
            f"/var/task/{word}.pem",
            f"./secrets/{word}.json",
            f"/run/secrets/{word}",
            f"s3://{word}-bucket/key.pem",
            f"/opt/{word}/id_rsa",
            f"file:///opt/{word}.key",
            f"config/{word}.yml",
        ),
    )
    yield (
        "lookup key",
        m.pick(
            "PARTITION_KEY",
            "SORT_KEY",
            "CACHE_KEY",
            "PRIMARY_KEY",
            "IDEMPOTENCY_KEY",
            "S3_KEY",
            "OBJECT_KEY",
            "ROUTING_KEY",
        ),
        m.pick(f"{word}Id", f"pk#{word}", f"{word}/{other}.json", f"{word}-v2", f"{word}.created"),
    )
    yield (
        "table",
        m.pick(
            "TOKEN_TABLE",
            "SECRETS_TABLE_NAME",
            "PASSWORD_RESET_TOPIC",
            "API_KEYS_TABLE",
            "SESSION_TABLE",
            "TOKEN_BUCKET",
        ),
        m.pick(
            f"{word}-{other}-prod",
            f"{word}_tokens",
            f"{word.title()}Table-{m.text(12, string.ascii_uppercase + string.digits)}",
        ),
    )
    yield (
        "header",
        m.pick("API_KEY_HEADER", "TOKEN_HEADER", "AUTH_SCHEME", "TOKEN_TYPE", "SECRET_TYPE"),
        m.pick("x-api-key", "Authorization", "Bearer", "SecureString", "X-Auth-Token"),
    )
    yield (
        "identifier",
        m.pick("USER_POOL_CLIENT_ID", "COGNITO_CLIENT_ID", "OAUTH_CLIENT_ID", "STRIPE_PRICE_ID", "SEGMENT_ID"),
        m.text(26, string.ascii_lowercase + string.digits),
    )
    yield (
        "plain setting",
        m.pick("LOG_LEVEL", "STAGE", "TABLE_NAME", "BUCKET", "REGION", "QUEUE_URL", "POWERTOOLS_SERVICE_NAME"),
        m.pick("INFO", "prod", f"{word}-table", region, f"https://sqs.{region}.amazonaws.com/{account}/{word}", word),
    )
    yield (
        "sentry",
        "SENTRY_DSN",
        f"https://{m.hex(32)}@o{m.text(6, string.digits)}.ingest.sentry.io/{m.text(7, string.digits)}",
    )
    yield (
        "json setting",
        m.pick("DB_CONFIG", "SETTINGS", "FEATURES", "CREDENTIALS"),
        m.pick(
            json.dumps({"host": f"{word}.internal", "port": 5432, "passwordSecret": arn}),
            json.dumps({"secretName": f"{word}/db", "ttl": 300}),
            json.dumps({"password": f"${{{word}}}", "user": word}),
        ),
    )
    yield (
        "base64 setting",
        m.pick("CONFIG_B64", "TEMPLATE_BLOB", "BANNER"),
        m.base64(m.pick(json.dumps({"level": "info", "region": region}), f"Hello {word}, welcome to {other}.")),
    )
    yield (
        "dsn with reference",
        m.pick("DB_DSN", "CONNECTION_STRING"),
        m.pick(
            f"host={word} user=app password=${{DB_PASSWORD}}",
            f"Server={word};Database=x;Integrated Security=true",
            f"host={word} port=5432 dbname={other}",
            f"Server={word};User Id=app;Password={{password}};",
        ),
    )
    yield (
        "issuer",
        m.pick("JWT_ISSUER", "TOKEN_AUDIENCE", "AUTH_DOMAIN", "JWT_ALGORITHM"),
        m.pick(f"https://{word}.auth0.com/", f"{word}.example.com", "RS256", f"api://{word}"),
    )
    yield (
        "kms alias",
        m.pick("KMS_KEY", "ENCRYPTION_KEY", "SIGNING_KEY_ALIAS"),
        m.pick(f"alias/{word}", "alias/aws/lambda", f"mrk-{m.hex(32)}"),
    )
    yield (
        "app id",
        m.pick("APP_VERSION", "BUILD_ID", "DEPLOYMENT_ID", "XRAY_TRACE_ID"),
        m.pick("1.2.3", m.text(10), f"1-{m.hex(8)}-{m.hex(24)}", "v20261124"),
    )
    yield (
        "remark",
        m.pick("DB_PASSWORD", "API_KEY"),
        m.pick("stored in Secrets Manager", "see parameter store", "set in the console", "retrieved at runtime"),
    )
    yield "access key id", m.pick("KEYPAIR_NAME", "EC2_KEY_PAIR", "KEY_NAME"), f"{word}-{other}-key"


def labelled(seeds):
    """Every family for each seed: (family, name, value, whether it is a secret)."""
    for seed in seeds:
        m = Maker(seed)
        yield from ((family, name, value, True) for family, name, value in secrets_of(m))
        yield from ((family, name, value, False) for family, name, value in traps_of(m))
