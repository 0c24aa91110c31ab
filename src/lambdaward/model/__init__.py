"""The estate model: frozen typed records, values with holes, places and origins, and three-valued verdicts."""

from lambdaward.model.errors import InputError, LambdawardError, UsageError
from lambdaward.model.estate import (
    Comment,
    Coverage,
    Estate,
    Positions,
    Problem,
    Resource,
    SourceFile,
)
from lambdaward.model.fields import Block, Blocks, Items, Link, LinksTo, LinkTo, Prop, Secret
from lambdaward.model.function import (
    Alias,
    Code,
    CodeSigningConfig,
    EventInvokeConfig,
    EventSourceMapping,
    FileSystem,
    Function,
    FunctionUrl,
    FunctionVersion,
    Layer,
    LayerPermission,
    LocalCode,
    Permission,
    SigningProfile,
    VpcConfig,
    environment_place,
)
from lambdaward.model.identity import AttachedPolicy, Group, InlinePolicy, ResourcePolicy, Role, User
from lambdaward.model.origin import FileOrigin, LiveOrigin, Origin, Path, Place, ResourceId
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.redacted import Redacted
from lambdaward.model.values import (
    Dynamic,
    FlagValue,
    Hole,
    NumberValue,
    OneOf,
    Pseudo,
    Ref,
    Text,
    TextValue,
    Unknown,
    Value,
    alternatives,
    dig,
    each,
    holes,
    items,
    literal,
    one_of,
    parts,
    same,
    show,
    text,
    unknowns,
)
from lambdaward.model.verdict import Fact, No, Unsure, Verdict, Yes, all_of, any_of, is_equal, negate
