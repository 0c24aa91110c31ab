"""Which functions and classes of Python's library and of well-known packages do what, by their dotted names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lambdaward.packages.behaviour.acts import Capability

_NETWORK = """
socket: socket create_connection create_server getaddrinfo gethostbyname gethostbyaddr
urllib.request: urlopen urlretrieve build_opener URLopener FancyURLopener
urllib: urlopen urlretrieve
urllib2: urlopen build_opener
http.client httplib: HTTPConnection HTTPSConnection
http.server: HTTPServer ThreadingHTTPServer
socketserver: TCPServer UDPServer ThreadingTCPServer ThreadingUDPServer
wsgiref.simple_server: make_server
ftplib: FTP FTP_TLS
smtplib: SMTP SMTP_SSL
telnetlib: Telnet
imaplib: IMAP4 IMAP4_SSL
poplib: POP3 POP3_SSL
xmlrpc.client: ServerProxy
asyncio: open_connection start_server open_unix_connection
anyio: connect_tcp connect_unix create_tcp_listener create_udp_socket
trio: open_tcp_stream serve_tcp
requests httpx: get post put patch delete head options request stream Session session Client AsyncClient
aiohttp: ClientSession request TCPConnector
urllib3: PoolManager ProxyManager request connection_from_url proxy_from_url HTTPConnectionPool HTTPSConnectionPool
httpcore: ConnectionPool AsyncConnectionPool request stream
tornado.httpclient: HTTPClient AsyncHTTPClient
pycurl: Curl
websocket: create_connection WebSocketApp
websockets: connect serve
paramiko: SSHClient Transport
boto3 aioboto3: client resource Session
botocore.session aiobotocore.session: Session get_session
grpc: secure_channel insecure_channel server
redis: Redis StrictRedis from_url
psycopg2 psycopg pymysql MySQLdb asyncpg aiomysql: connect create_pool
pymongo: MongoClient
dns.resolver: resolve query Resolver
zmq: Context
"""
_EXEC = """
subprocess: run call check_call check_output Popen getoutput getstatusoutput
commands: getoutput getstatusoutput
os: system popen execv execve execvp execvpe execl execle execlp execlpe posix_spawn posix_spawnp startfile
os: spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe
pty: spawn
asyncio: create_subprocess_exec create_subprocess_shell
anyio: run_process open_process
trio: run_process
pexpect: spawn run
psutil: Popen
"""
_DYNAMIC = """
builtins: eval exec
marshal: load loads
pickle cPickle _pickle dill cloudpickle: load loads Unpickler
types: CodeType FunctionType
runpy: run_path run_module
code: InteractiveInterpreter InteractiveConsole
imp: load_source load_compiled
"""
_FILES = """
os: remove unlink rename renames replace makedirs mkdir rmdir removedirs chmod chown symlink link truncate
shutil: copy copy2 copyfile copytree copyfileobj move rmtree unpack_archive
"""
_NATIVE = """
ctypes: CDLL PyDLL WinDLL OleDLL cdll.LoadLibrary
cffi: FFI
"""
_CREDENTIALS = """
botocore.credentials: create_credential_resolver
"""
_TABLES = (
    (Capability.NETWORK, _NETWORK),
    (Capability.EXEC, _EXEC),
    (Capability.DYNAMIC, _DYNAMIC),
    (Capability.FILES, _FILES),
    (Capability.NATIVE, _NATIVE),
    (Capability.CREDENTIALS, _CREDENTIALS),
)
# These packages offer the same names in modules of theirs.
_DEEP = ("urllib3", "requests", "httpx", "boto3", "aiohttp", "redis", "pymongo", "anyio")

METHODS: Mapping[str, Capability] = {
    "create_subprocess_exec": Capability.EXEC,
    "create_subprocess_shell": Capability.EXEC,
    "subprocess_exec": Capability.EXEC,
    "subprocess_shell": Capability.EXEC,
    "create_datagram_endpoint": Capability.NETWORK,
    "sock_connect": Capability.NETWORK,
    "get_frozen_credentials": Capability.CREDENTIALS,
    "write_text": Capability.FILES,
    "write_bytes": Capability.FILES,
}
"""Methods that nothing else is called like: whatever they are called on, they do this."""

OPENERS = frozenset(("builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"))
"""Functions that open a file by its name and a mode."""

_VARIABLES = """
AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN
AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN
AWS_WEB_IDENTITY_TOKEN_FILE AWS_SHARED_CREDENTIALS_FILE GOOGLE_APPLICATION_CREDENTIALS AZURE_CLIENT_SECRET
GITHUB_TOKEN GH_TOKEN NPM_TOKEN
"""
SECRET_NAMES = frozenset(_VARIABLES.split())
"""Variables of the environment that hold or lead to credentials."""

SECRET_PLACES = (
    "169.254.169.254",
    "169.254.170.2",
    "metadata.google.internal",
    ".aws/credentials",
    ".docker/config.json",
    ".kube/config",
    ".ssh/id_",
    "/proc/self/environ",
    "/proc/1/environ",
)
"""Parts of addresses and paths that credentials are read from."""


def rows() -> Iterator[tuple[Capability, tuple[str, ...], tuple[str, ...]]]:
    """Each row of the tables: its capability, modules, and names in each of them."""
    for capability, table in _TABLES:
        for line in table.strip().splitlines():
            modules, _, names = line.partition(":")
            yield capability, tuple(modules.split()), tuple(names.split())


_KNOWN = {
    f"{module}.{name}": capability for capability, modules, names in rows() for module in modules for name in names
}


def python_words() -> Iterator[tuple[Capability, *tuple[str, ...]]]:
    """For each row of the tables: its capability, and the patterns that all match where something of it is used."""
    for capability, modules, names in rows():
        if modules != ("builtins",):
            last = "|".join(re.escape(name.rpartition(".")[2]) for name in names)
            yield capability, "|".join(map(_mention, modules)), rf"""\b(?:{last})\b['"]?(?:\s*[(),\n]| +as\b|$)"""
    for capability in dict.fromkeys(METHODS.values()):
        methods = "|".join(name for name, able in METHODS.items() if able is capability)
        yield capability, rf"\.(?:{methods})\("


def _mention(module: str) -> str:
    """A pattern for a mention of a module."""
    first, _, rest = module.partition(".")
    return rf"\b{first}\b" if not rest else rf"\b{re.escape(module)}\b|\bfrom {first} import\b[^\n]*\b{rest}\b"


def capability_of(dotted: str) -> Capability | None:
    """What something with a dotted name does, by the tables."""
    found = _KNOWN.get(dotted)
    if found is None and dotted.startswith(_DEEP):
        root, _, _ = dotted.partition(".")
        found = _KNOWN.get(f"{root}.{dotted.rpartition('.')[2]}")
    return found


def reads_secrets(text: str) -> bool:
    """Whether a text is the name of a variable or a place that credentials are kept in: by itself, not in prose."""
    plain = len(text) < 200 and text.isascii() and text.isprintable() and " " not in text
    return text in SECRET_NAMES or (plain and any(place in text for place in SECRET_PLACES))
