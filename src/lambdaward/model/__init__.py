"""The estate model: frozen typed records, values with holes, places and origins, and three-valued verdicts."""

from lambdaward.model.account import Listing, StoredImage
from lambdaward.model.cognito import (
    IdentityPool,
    IdentityPoolRoles,
    UserPool,
    UserPoolClient,
    UserPoolTriggers,
)
from lambdaward.model.compute import (
    CapacityProvider,
    MicrovmImage,
    NetworkConnector,
    WebFunction,
    WebFunctionEndpoint,
    WebFunctionRevision,
)
from lambdaward.model.errors import InputError, LambdawardError, UsageError
from lambdaward.model.estate import (
    FILE,
    TEMPLATE,
    Comment,
    Coverage,
    Estate,
    Positions,
    Problem,
    Resource,
    SideFile,
    SourceFile,
)
from lambdaward.model.events import (
    EventBus,
    EventRule,
    EventTarget,
    Pipe,
    Schedule,
    StateMachine,
)
from lambdaward.model.fields import Block, Blocks, Items, Link, LinksTo, LinkTo, OpenApi, Prop, Secret
from lambdaward.model.frontdoor import (
    CacheBehavior,
    Distribution,
    DistributionOrigin,
    LatticeListener,
    LatticeMembership,
    LatticeNetwork,
    LatticeService,
    LatticeTargetGroup,
    Listener,
    ListenerAction,
    ListenerRule,
    LoadBalancer,
    OriginAccessControl,
    TargetGroup,
    WebAclAssociation,
)
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
from lambdaward.model.gateway import (
    BlockPublicAccess,
    EgressOnlyGateway,
    FlowLog,
    GatewayAttachment,
    InternetGateway,
    NatGateway,
    PeeringConnection,
)
from lambdaward.model.hooks import (
    CustomResource,
    Macro,
)
from lambdaward.model.http import (
    GraphQLApi,
    GraphQLResolver,
    GraphQLSource,
    HttpApi,
    HttpAuthorizer,
    HttpIntegration,
    HttpRoute,
    HttpStage,
)
from lambdaward.model.identity import (
    AttachedPolicy,
    Group,
    InlinePolicy,
    OrganizationMember,
    OrganizationPolicy,
    ResourcePolicy,
    Role,
    User,
)
from lambdaward.model.messaging import (
    Broker,
    Firehose,
    IotRule,
    KafkaCluster,
    KinesisConsumer,
    KinesisStream,
    Queue,
    ReceiptRule,
    Subscription,
    Topic,
    TopicSubscriber,
)
from lambdaward.model.network import (
    NetworkAcl,
    NetworkAclEntry,
    PrefixList,
    Route,
    RouteTable,
    SecurityGroup,
    SecurityGroupEgress,
    SecurityGroupIngress,
    SecurityGroupRule,
    Subnet,
    SubnetNetworkAcl,
    SubnetRouteTable,
    Vpc,
    VpcCidrBlock,
    VpcEndpoint,
)
from lambdaward.model.observe import (
    ConfigRecorder,
    ConfigRule,
    Detector,
    EventDataStore,
    LogGroup,
    SubscriptionFilter,
    Trail,
)
from lambdaward.model.openapi import ApiDocument, Operation, SecurityScheme
from lambdaward.model.origin import FileOrigin, LiveOrigin, Origin, Path, Place, ResourceId
from lambdaward.model.patterns import pattern
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.redacted import Redacted
from lambdaward.model.rest import (
    CustomDomain,
    DomainMapping,
    MethodSetting,
    RequestValidator,
    RestApi,
    RestAuthorizer,
    RestDeployment,
    RestMethod,
    RestResource,
    RestStage,
    UsagePlan,
)
from lambdaward.model.storage import (
    AccessPoint,
    Bucket,
    BucketNotification,
    ElasticFileSystem,
    ObjectLambdaAccessPoint,
    PublicAccessBlock,
    Repository,
    Table,
)
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
from lambdaward.model.vault import (
    Key,
    KeyAlias,
    RotationSchedule,
    StoredSecret,
    SystemParameter,
)
from lambdaward.model.verdict import Fact, No, Unsure, Verdict, Yes, all_of, any_of, is_equal, negate
