"""What can be wrong with an archive: each kind of fault has a name, a group, and one sentence."""

from __future__ import annotations

from enum import Enum, StrEnum

from msgspec import Struct


class Group(StrEnum):
    """What a fault means for the reader: a limit was reached, bytes are damaged, two programs would see different content,
    an entry aims outside its root, or content could not be read at all."""

    LIMIT = "limit"
    DAMAGE = "damage"
    AMBIGUITY = "ambiguity"
    ESCAPE = "escape"
    UNREAD = "unread"


class FaultKind(Enum):
    """Every kind of fault: its name for machines, its group, and what it says."""

    LIMIT_ENTRIES = ("limit-entries", Group.LIMIT, "there are more entries than are looked at")
    LIMIT_SIZE = ("limit-size", Group.LIMIT, "the content is larger than is read")
    LIMIT_TOTAL = ("limit-total", Group.LIMIT, "all contents together are larger than is read")
    LIMIT_RATIO = ("limit-ratio", Group.LIMIT, "the content expands further than any honest file")
    LIMIT_DEPTH = ("limit-depth", Group.LIMIT, "archives are nested deeper than is followed")
    LIMIT_LINKS = ("limit-links", Group.LIMIT, "there are more links than are looked at")
    LIMIT_SPOOL = ("limit-spool", Group.LIMIT, "nested archives need more disk than is given to them")
    LIMIT_TIME = ("limit-time", Group.LIMIT, "the time that was given is over")
    LIMIT_FAULTS = ("limit-faults", Group.LIMIT, "there are more faults than are named")
    LIMIT_HEADER = ("limit-header", Group.LIMIT, "a header is larger than is read")

    NAME_EMPTY = ("name-empty", Group.ESCAPE, "the name is empty")
    NAME_ABSOLUTE = ("name-absolute", Group.ESCAPE, "the name is an absolute path")
    NAME_DRIVE = ("name-drive", Group.ESCAPE, "the name begins with a drive or share")
    NAME_ESCAPES = ("name-escapes", Group.ESCAPE, "the name leaves the root")
    NAME_BACKSLASH = (
        "name-backslash",
        Group.AMBIGUITY,
        "the name has backslashes, which some programs take for separators",
    )
    NAME_DOTS = ("name-dots", Group.AMBIGUITY, "the name has empty or dot components")
    NAME_CONTROL = ("name-control", Group.AMBIGUITY, "the name has control or direction characters")
    NAME_ENCODING = ("name-encoding", Group.AMBIGUITY, "the name is not UTF-8, or says it is and is not")
    NAME_LONG = ("name-long", Group.LIMIT, "the name is longer than a file system takes")
    NAME_DEEP = ("name-deep", Group.LIMIT, "the name has more components than is sensible")
    NAME_TWICE = ("name-twice", Group.AMBIGUITY, "the name is there more than once")
    NAME_CASE = ("name-case", Group.AMBIGUITY, "the name differs from another only in case or in the form of a letter")
    NAME_UNDER_FILE = ("name-under-file", Group.AMBIGUITY, "the name lies below a file")

    LINK_ABSOLUTE = ("link-absolute", Group.ESCAPE, "the link's target is an absolute path")
    LINK_ESCAPES = ("link-escapes", Group.ESCAPE, "the link's target lies outside the root")
    LINK_LONG = ("link-long", Group.LIMIT, "the link's target is longer than a file system takes")
    LINK_WRITES_THROUGH = ("link-writes-through", Group.ESCAPE, "the entry would be written through a link")
    LINK_DANGLING = ("link-dangling", Group.DAMAGE, "the hard link's target was not there before it")
    LINK_WITH_DATA = (
        "link-with-data",
        Group.AMBIGUITY,
        "a link has content, which some programs write and others leave",
    )
    DEVICE = ("device", Group.ESCAPE, "the entry is a device, pipe or socket")
    SET_ID = ("set-id", Group.ESCAPE, "the entry runs with its owner's or group's rights")
    FOLDER_WITH_DATA = ("folder-with-data", Group.AMBIGUITY, "a folder has content")

    ZIP_NO_END = (
        "zip-no-end",
        Group.DAMAGE,
        "the archive has no end record; only what can be read from its front is shown",
    )
    ZIP_TWO_ENDS = ("zip-two-ends", Group.AMBIGUITY, "the archive has more than one end record that a program may take")
    ZIP_TRAILING = ("zip-trailing", Group.AMBIGUITY, "data follow the end of the archive")
    ZIP_PREPENDED = ("zip-prepended", Group.AMBIGUITY, "data precede the archive")
    ZIP_GAP = ("zip-gap", Group.AMBIGUITY, "data lie between entries")
    ZIP_HIDDEN = (
        "zip-hidden",
        Group.AMBIGUITY,
        "the entry is not in the directory; programs that read from the front see it",
    )
    ZIP_OVERLAP = ("zip-overlap", Group.AMBIGUITY, "the entry shares bytes with another or with the directory")
    ZIP_NO_LOCAL = ("zip-no-local", Group.DAMAGE, "the directory points at something that is not an entry")
    ZIP_NAME_DIFFERS = ("zip-name-differs", Group.AMBIGUITY, "the name at the entry is not the one in the directory")
    ZIP_METHOD_DIFFERS = (
        "zip-method-differs",
        Group.AMBIGUITY,
        "the compression at the entry is not the one in the directory",
    )
    ZIP_SIZE_DIFFERS = ("zip-size-differs", Group.AMBIGUITY, "a size at the entry is not the one in the directory")
    ZIP_CRC_DIFFERS = ("zip-crc-differs", Group.AMBIGUITY, "the checksum at the entry is not the one in the directory")
    ZIP_FLAGS_DIFFER = ("zip-flags-differ", Group.AMBIGUITY, "the flags at the entry are not those in the directory")
    ZIP_EXTRA = ("zip-extra", Group.DAMAGE, "an extra field is malformed")
    ZIP_UNICODE_PATH = ("zip-unicode-path", Group.AMBIGUITY, "an extra field gives the entry another name")
    ZIP64_DIFFERS = ("zip64-differs", Group.AMBIGUITY, "large-archive records and small ones say different things")
    ZIP64_MISSING = ("zip64-missing", Group.DAMAGE, "a large-archive record is announced and not there")
    ZIP_COUNT_DIFFERS = (
        "zip-count-differs",
        Group.AMBIGUITY,
        "the directory has more or fewer entries than the end record says",
    )
    ZIP_DIRECTORY = ("zip-directory", Group.DAMAGE, "the directory is damaged, or not where the end record says")
    ZIP_TWO_DIRECTORIES = ("zip-two-directories", Group.AMBIGUITY, "two places can be taken for the directory")
    ZIP_DISKS = ("zip-disks", Group.UNREAD, "the archive is spread over several files")
    ZIP_ENCRYPTED = ("zip-encrypted", Group.UNREAD, "the content is encrypted")
    ZIP_METHOD = ("zip-method", Group.UNREAD, "the compression method is not known here")
    ZIP_DESCRIPTOR = (
        "zip-descriptor",
        Group.AMBIGUITY,
        "the record after the content is missing or says something else",
    )
    ZIP_OPEN_STORE = (
        "zip-open-store",
        Group.AMBIGUITY,
        "stored content has no length in front: its end is a guess for some programs",
    )
    ZIP_STORE_SIZES = ("zip-store-sizes", Group.AMBIGUITY, "stored content has two different sizes")

    BAD_STREAM = ("bad-stream", Group.DAMAGE, "the compressed data are damaged")
    BAD_CRC = ("bad-crc", Group.DAMAGE, "the content does not have the checksum that the archive states")
    TRUNCATED = ("truncated", Group.DAMAGE, "the data end too early")
    LONGER = ("longer", Group.AMBIGUITY, "the content is longer than the archive states")
    SHORTER = ("shorter", Group.AMBIGUITY, "the content is shorter than the archive states")
    AFTER_STREAM = ("after-stream", Group.AMBIGUITY, "bytes follow the end of the compressed data")

    TAR_HEADER = ("tar-header", Group.DAMAGE, "a header is damaged")
    TAR_NUMBER = ("tar-number", Group.DAMAGE, "a number in a header is damaged")
    TAR_EXTENSION = ("tar-extension", Group.DAMAGE, "an extended header is damaged")
    TAR_SIZE_DIFFERS = ("tar-size-differs", Group.AMBIGUITY, "a header and its extension state two sizes")
    TAR_TYPE = ("tar-type", Group.AMBIGUITY, "the entry's type is not known; programs take it for a file or leave it")
    TAR_SPARSE = ("tar-sparse", Group.UNREAD, "the content is sparse; its parts are shown as they are stored")
    TAR_NO_END = ("tar-no-end", Group.AMBIGUITY, "the archive has no end mark")
    TAR_AFTER_END = ("tar-after-end", Group.AMBIGUITY, "data follow the archive's end mark")

    AR_HEADER = ("ar-header", Group.DAMAGE, "a header is damaged")

    FORMAT_UNREAD = ("format-unread", Group.UNREAD, "the archive is of a format that is not read")
    NO_DECODER = ("no-decoder", Group.UNREAD, "no decoder for this compression is installed")

    FILE_UNREADABLE = ("file-unreadable", Group.UNREAD, "the file cannot be read")
    FILE_CHANGED = ("file-changed", Group.DAMAGE, "the file changed while it was read")

    IMAGE_JSON = ("image-json", Group.DAMAGE, "a document of the image is damaged")
    IMAGE_BLOB = ("image-blob", Group.DAMAGE, "the image names content that is not there")
    IMAGE_DIGEST = ("image-digest", Group.DAMAGE, "content does not have the digest that names it")
    IMAGE_SIZE = ("image-size", Group.DAMAGE, "content does not have the size that the image states")
    IMAGE_LOOP = ("image-loop", Group.DAMAGE, "the image's index names itself")
    IMAGE_MEDIA_TYPE = ("image-media-type", Group.UNREAD, "a layer is of a type that is not read")
    IMAGE_LAYERS = ("image-layers", Group.DAMAGE, "the configuration lists other layers than the manifest")
    IMAGE_WHITEOUT = ("image-whiteout", Group.AMBIGUITY, "a whiteout is malformed")
    IMAGE_FOREIGN = ("image-foreign", Group.UNREAD, "a layer lies elsewhere and is not part of the image")

    def __init__(self, code: str, group: Group, text: str) -> None:
        self.code = code
        self.group = group
        self.text = text


class Fault(Struct, frozen=True):
    """One fault: its kind, the place (archives from outside to inside, then the entry, joined by `!`), and particulars."""

    kind: FaultKind
    place: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.kind.text}" + (f" ({self.detail})" if self.detail else "")
