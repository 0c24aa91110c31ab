"""AWS::Serverless::GraphQLApi: an AppSync API with its schema, authorizers, data sources, functions and resolvers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, get_att, ref, sub
from lambdaward.sources.cloudformation.sam.connectors import Connection, End, connect
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_null, is_set, items, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

SERVICE = "appsync.amazonaws.com"
LOGS = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs"
TABLE = "arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}"
SAME = ("XrayEnabled", "Visibility", "OwnerContact", "IntrospectionConfig", "QueryDepthLimit", "ResolverCountLimit")
AUTHORIZERS = {
    "AWS_LAMBDA": ("LambdaAuthorizer", "LambdaAuthorizerConfig"),
    "OPENID_CONNECT": ("OpenIDConnect", "OpenIDConnectConfig"),
    "AMAZON_COGNITO_USER_POOLS": ("UserPool", "UserPoolConfig"),
}
CACHE = ("ApiCachingBehavior", "Type", "Ttl", "AtRestEncryptionEnabled", "TransitEncryptionEnabled")
KEY = {"ApiKeyId": "ApiKeyId", "Description": "Description", "ExpiresOn": "Expires"}
JAVASCRIPT: dict[str, Draft] = {"Name": "APPSYNC_JS", "RuntimeVersion": "1.0.0"}


class Graph(Struct, frozen=True):
    """A GraphQL API under construction: `sources` are the names of its data sources, `functions` the ids of its functions,
    both by the user's name for them.
    """

    api: Resource
    sources: dict[str, Draft]
    functions: dict[str, Draft]

    @property
    def id(self) -> Draft:
        """The API's id."""
        return get_att(self.api.id, "ApiId")

    def make(self, stack: Stack, name: str, kind: str, properties: Mapping[str, Draft], at: Entry | None = None) -> str:
        """Add a resource of AppSync that belongs to the API."""
        made = Made(at.key_span if at else self.api.at, self.api.kept)
        return stack.make(name, f"AWS::AppSync::{kind}", {"ApiId": self.id, **properties}, made)


def lower_graphql_api(stack: Stack, api: Resource) -> None:
    """Replace a GraphQL API by what SAM makes of it."""
    graph = Graph(api, {}, {})
    properties: dict[str, Draft] = {
        "Name": api.get("Name") or api.id,
        **api.held(*SAME),
        **_authentication(stack, api),
        "LogConfig": _logging(stack, api),
        "Tags": tag_list({**entries(api.get("Tags")), "graphqlapi:createdBy": "SAM"}),
    }
    stack.make(api.id, "AWS::AppSync::GraphQLApi", properties, Made(api.at, api.kept))
    _attachments(stack, graph)
    for name, held in entries(dig(api.get("DataSources"), "DynamoDb")).items():
        _table_source(stack, graph, name, held)
    for name, held in entries(dig(api.get("DataSources"), "Lambda")).items():
        _lambda_source(stack, graph, name, held)
    for name, held in entries(api.get("Functions")).items():
        _function(stack, graph, name, held)
    for kind, fields in entries(api.get("Resolvers")).items():
        for name, held in entries(fields.value).items():
            _resolver(stack, graph, (kind, name), held)


def _attachments(stack: Stack, graph: Graph) -> None:
    """The schema, API keys, cache and domain."""
    api, name = graph.api, graph.api.id
    schema = {"Definition": api.get("SchemaInline"), "DefinitionS3Location": api.get("SchemaUri")}
    graph.make(stack, f"{name}Schema", "GraphQLSchema", schema)
    for key, held in entries(api.get("ApiKeys")).items():
        settings = entries(held.value)
        given: dict[str, Draft] = {to: settings[own] for own, to in KEY.items() if own in settings}
        graph.make(stack, name + key, "ApiKey", given, held)
    cache = entries(api.get("Cache"))
    if cache:
        graph.make(stack, f"{name}ApiCache", "ApiCache", {key: cache[key] for key in CACHE if key in cache})
    domain = entries(api.get("DomainName"))
    if domain:
        by = Made(api.key("DomainName"), api.kept)
        held_domain: dict[str, Draft] = {
            k: v for k, v in domain.items() if k in ("CertificateArn", "DomainName", "Description")
        }
        made = stack.make(f"{name}DomainName", "AWS::AppSync::DomainName", held_domain, by)
        graph.make(
            stack,
            f"{name}DomainNameApiAssociation",
            "DomainNameApiAssociation",
            {"DomainName": ref(made)},
        )


def _authentication(stack: Stack, api: Resource) -> dict[str, Draft]:
    """Who may call the API: its first way of authentication, and further ones."""
    auth = api.get("Auth")
    if not isinstance(auth, MapNode):
        stack.problem(api.at, f"{api.id} has no Auth", "give Auth with a Type")
        return {}
    ways = [_way(stack, api, way) for way in (auth, *items(auth.get("Additional")))]
    functions = [
        dig(way, *AUTHORIZERS["AWS_LAMBDA"][:1], "AuthorizerUri") for way in (auth, *items(auth.get("Additional")))
    ]
    for number, function in enumerate((node for node in functions if node is not None), 1):
        source = End("AWS::AppSync::GraphQLApi", {"Arn": ref(api.id), "ResourceId": get_att(api.id, "ApiId")})
        called = End("AWS::Lambda::Function", {"Arn": function})
        made = Made(function.span, {})
        connect(stack, Connection(f"{api.id}ToLambdaAuthConnector{number}", source, called, ("Write",), made))
    return {**ways[0], "AdditionalAuthenticationProviders": ways[1:] or None}


def _way(stack: Stack, api: Resource, auth: Node) -> dict[str, Draft]:
    kind = dig(auth, "Type")
    way: dict[str, Draft] = {"AuthenticationType": kind}
    if text(kind) in AUTHORIZERS:
        key, name = AUTHORIZERS[text(kind)]
        config = dig(auth, key)
        if config is None:
            stack.problem(auth.span, f"authentication of {api.id} by {text(kind)} is not described", f"give {key}")
        way[name] = config
    return way


def _logging(stack: Stack, api: Resource) -> Draft:
    """Logging is on unless it is switched off; without a role of the user's, SAM makes one."""
    logging = api.get("Logging")
    if not is_null(logging) and not is_set(logging):
        return None
    given = entries(logging)
    role = dig(logging, "CloudWatchLogsRoleArn")
    if role is None or not is_set(role):
        made = Role(f"{api.id}CloudWatchRole")
        made.attach({"Fn::Sub": LOGS}, api.at)
        arn: Draft = get_att(made.make(stack, Made(api.at, api.kept), trust(SERVICE), {}))
    else:
        arn = role
    return {"FieldLogLevel": "ALL", **given, "CloudWatchLogsRoleArn": arn}


def _table_source(stack: Stack, graph: Graph, name: str, held: Entry) -> None:
    settings = entries(held.value)
    region: Draft = settings["Region"] if "Region" in settings else ref("AWS::Region")
    table = settings.get("TableName")
    arn: Draft = settings["TableArn"] if "TableArn" in settings else sub(TABLE, __TableName__=table, __Region__=region)
    config: dict[str, Draft] = {
        "AwsRegion": region,
        "TableName": table,
        **{key: settings[key] for key in ("UseCallerCredentials", "Versioned") if key in settings},
        "DeltaSyncConfig": settings.get("DeltaSync"),
    }
    permissions = [text(item) for item in items(dig(held.value, "Permissions"))] or ["Read", "Write"]
    source = _source(stack, graph, (name, "DynamoDB"), held, {"Type": "AMAZON_DYNAMODB", "DynamoDBConfig": config})
    _role(stack, graph, held, (source, "ToTableConnector"), (End("AWS::DynamoDB::Table", {"Arn": arn}), permissions))


def _lambda_source(stack: Stack, graph: Graph, name: str, held: Entry) -> None:
    function = dig(held.value, "FunctionArn")
    config: dict[str, Draft] = {"LambdaFunctionArn": function}
    source = _source(stack, graph, (name, "Lambda"), held, {"Type": "AWS_LAMBDA", "LambdaConfig": config})
    _role(
        stack, graph, held, (source, "ToLambdaConnector"), (End("AWS::Lambda::Function", {"Arn": function}), ["Write"])
    )


def _source(stack: Stack, graph: Graph, which: tuple[str, str], held: Entry, properties: dict[str, Draft]) -> str:
    """Add a data source, and give back its logical id."""
    name, kind = which
    logical_id = f"{graph.api.id}{name}{kind}DataSource"
    role = dig(held.value, "ServiceRoleArn")
    shared = {
        "Name": dig(held.value, "Name") or name,
        "Description": dig(held.value, "Description"),
        "ServiceRoleArn": role if is_set(role) else get_att(f"{logical_id}Role"),
    }
    graph.sources[name] = get_att(logical_id, "Name")
    return graph.make(stack, logical_id, "DataSource", {**shared, **properties}, held)


def _role(stack: Stack, graph: Graph, held: Entry, names: tuple[str, str], granted: tuple[End, list[str]]) -> None:
    """Add the role with which AppSync uses a data source, unless the user names one."""
    source, connector = names
    destination, permissions = granted
    if is_set(dig(held.value, "ServiceRoleArn")):
        return
    made = Made(held.key_span, graph.api.kept)
    role = Role(f"{source}Role").make(stack, made, trust(SERVICE), {})
    near = End("AWS::AppSync::DataSource", {"Arn": get_att(source, "DataSourceArn"), "RoleName": ref(role)})
    by = Made(held.key_span, {})
    connect(stack, Connection(source + connector, near, destination, permissions, by))


def _function(stack: Stack, graph: Graph, name: str, held: Entry) -> None:
    given = dig(held.value, "Id")
    if given is not None:
        graph.functions[name] = given
        return
    properties: dict[str, Draft] = {
        "Name": dig(held.value, "Name") or name,
        **_code(held.value),
        "Runtime": _runtime(held.value),
        "DataSourceName": _source_name(stack, graph, name, held),
        "MaxBatchSize": dig(held.value, "MaxBatchSize"),
        "Description": dig(held.value, "Description"),
        "SyncConfig": dig(held.value, "Sync"),
    }
    made = graph.make(stack, graph.api.id + name, "FunctionConfiguration", properties, held)
    graph.functions[name] = get_att(made, "FunctionId")


def _code(settings: Node) -> dict[str, Draft]:
    return {"Code": dig(settings, "InlineCode"), "CodeS3Location": dig(settings, "CodeUri")}


def _runtime(settings: Node) -> Draft:
    return {"Name": dig(settings, "Runtime", "Name"), "RuntimeVersion": dig(settings, "Runtime", "Version")}


def _source_name(stack: Stack, graph: Graph, name: str, held: Entry) -> Draft:
    """The name of the data source that a function uses: one of the API's, one from elsewhere, or none at all."""
    source = dig(held.value, "DataSource")
    if text(source).lower() == "none":
        logical_id = f"{graph.api.id}NoneDataSource"
        if logical_id not in stack.made:
            graph.make(stack, logical_id, "DataSource", {"Name": logical_id, "Type": "NONE"}, held)
        return get_att(logical_id, "Name")
    if text(source) and text(source) not in graph.sources:
        stack.problem(
            held.key_span, f"function {name} of {graph.api.id} uses an unknown data source", "name one of DataSources"
        )
    return graph.sources.get(text(source), source)


def _resolver(stack: Stack, graph: Graph, which: tuple[str, str], held: Entry) -> None:
    kind, name = which
    settings = held.value
    code = _code(settings)
    names = [text(item) for item in items(dig(settings, "Pipeline"))]
    for missing in [function for function in names if function not in graph.functions]:
        stack.problem(
            held.key_span,
            f"resolver {name} of {graph.api.id} uses an unknown function {missing}",
            "name one of Functions",
        )
    written = any(value is not None for value in code.values())
    properties: dict[str, Draft] = {
        "TypeName": kind,
        "FieldName": dig(settings, "FieldName") or name,
        **code,
        "Runtime": _runtime(settings) if written else JAVASCRIPT,
        "Kind": "PIPELINE",
        "PipelineConfig": {
            "Functions": [graph.functions[function] for function in names if function in graph.functions]
        },
        "CachingConfig": dig(settings, "Caching"),
        "MaxBatchSize": dig(settings, "MaxBatchSize"),
    }
    graph.make(stack, graph.api.id + kind + name, "Resolver", properties, held)
