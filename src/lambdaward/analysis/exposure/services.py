"""Triggers that only an AWS service can pull: events, streams, schedules, hooks of other services."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import Trigger
from lambdaward.model import (
    Bucket,
    ConfigRule,
    CustomResource,
    Estate,
    EventInvokeConfig,
    EventRule,
    EventSourceMapping,
    Firehose,
    GraphQLSource,
    IotRule,
    Link,
    Macro,
    ObjectLambdaAccessPoint,
    Pipe,
    Place,
    ReceiptRule,
    Record,
    Ref,
    RotationSchedule,
    Schedule,
    StateMachine,
    Subscription,
    SubscriptionFilter,
    Topic,
    UserPool,
    holes,
    show,
)


class Pull(Struct, frozen=True):
    """A function that a service starts: the link to it, where that stands, what it comes through, and its name for people."""

    kind: str
    link: Link | None
    record: Record
    place: Place
    shown: str
    front: Link | None = None


def service_triggers(estate: Estate) -> Iterator[Trigger]:
    """Every trigger that an AWS service pulls on a function of the estate."""
    for reader in READERS:
        for pull in reader(estate):
            target = target_of(estate, pull.link) if pull.link else None
            if pull.link and target and target.function:
                yield Trigger(
                    kind=pull.kind,
                    target=target,
                    link=pull.link,
                    record=pull.record,
                    place=pull.place,
                    shown=pull.shown,
                    front=pull.front.target if pull.front else pull.record.id,
                )


def _buckets(estate: Estate) -> Iterator[Pull]:
    for bucket in estate.all(Bucket):
        for sent in bucket.functions:
            yield Pull(
                "s3", sent.target, bucket, sent.place("Function"), f"{show(sent.event)} of bucket {bucket.shown}"
            )


def _topics(estate: Estate) -> Iterator[Pull]:
    for topic in estate.all(Topic):
        for subscriber in topic.subscribers:
            yield Pull("sns", subscriber.endpoint, topic, subscriber.place("Endpoint"), f"topic {topic.shown}")
    for link in estate.all(Subscription):
        topic_of = estate.follow(Topic, link.topic)
        name = topic_of.shown if topic_of else show(link.topic.value) if link.topic else "?"
        yield Pull("sns", link.endpoint, link, link.place("Endpoint"), f"topic {name}", link.topic)


# The service field of an ARN, or of a resource type in lower case, of what an event source mapping reads.
_SOURCES = {
    "amazonmq": "mq",
    "docdb": "documentdb",
    "dynamodb": "dynamodb",
    "kafka": "kafka",
    "kinesis": "kinesis",
    "mq": "mq",
    "msk": "kafka",
    "rds": "documentdb",
    "sqs": "sqs",
}


def _mappings(estate: Estate) -> Iterator[Pull]:
    for mapping in estate.all(EventSourceMapping):
        kind = _kind_of_source(estate, mapping)
        name = show(mapping.source.value) if mapping.source else "self-managed Kafka"
        if mapping.source and mapping.source.target:
            name = estate.resources[mapping.source.target].shown
        yield Pull(kind, mapping.function, mapping, mapping.place(), f"{kind} {name}", mapping.source)


def _kind_of_source(estate: Estate, mapping: EventSourceMapping) -> str:
    if mapping.source is None:
        return "kafka"
    if mapping.source.target is not None:
        words = [estate.resources[mapping.source.target].type.split("::")[1].lower()]
    else:
        words = show(mapping.source.value).split(":")
    return next((_SOURCES[word] for word in words if word in _SOURCES), "stream")


def _rules(estate: Estate) -> Iterator[Pull]:
    for rule in estate.all(EventRule):
        kind = "schedule" if rule.schedule is not None and rule.pattern is None else "events"
        for target in rule.targets:
            yield Pull(kind, target.arn, rule, target.place("Arn"), f"rule {rule.shown}", rule.bus)


def _schedules(estate: Estate) -> Iterator[Pull]:
    for schedule in estate.all(Schedule):
        yield Pull("schedule", schedule.target, schedule, schedule.place("Target", "Arn"), f"schedule {schedule.shown}")


def _pipes(estate: Estate) -> Iterator[Pull]:
    for pipe in estate.all(Pipe):
        yield Pull("pipe", pipe.target, pipe, pipe.place("Target"), f"pipe {pipe.shown}", pipe.source)
        yield Pull("pipe", pipe.enrichment, pipe, pipe.place("Enrichment"), f"pipe {pipe.shown}", pipe.source)


def _machines(estate: Estate) -> Iterator[Pull]:
    """A state machine's definition is only searched for references: which of its states run is not asked."""
    for machine in estate.all(StateMachine):
        for path, value in (("Definition", machine.definition), ("DefinitionSubstitutions", machine.substitutions)):
            for hole in dict.fromkeys(hole for hole in holes(value) if isinstance(hole, Ref)):
                link = Link(None, hole.resource)
                yield Pull("state-machine", link, machine, machine.place(path), f"state machine {machine.shown}")


def _destinations(estate: Estate) -> Iterator[Pull]:
    for config in estate.all(EventInvokeConfig):
        for word, link in (("OnSuccess", config.on_success), ("OnFailure", config.on_failure)):
            place = config.place("DestinationConfig", word, "Destination")
            yield Pull("destination", link, config, place, f"{word} of {config.shown}", config.function)


def _pools(estate: Estate) -> Iterator[Pull]:
    for pool in estate.all(UserPool):
        hooks = pool.triggers
        for field in hooks.__struct_fields__ if hooks else ():
            link = getattr(hooks, field)
            if isinstance(link, Link):
                moment = field.replace("_", " ")
                yield Pull("cognito", link, pool, pool.place("LambdaConfig"), f"{moment} of user pool {pool.shown}")


def _graphs(estate: Estate) -> Iterator[Pull]:
    for source in estate.all(GraphQLSource):
        place = source.place("LambdaConfig", "LambdaFunctionArn")
        yield Pull("appsync", source.function, source, place, f"data source {source.shown}", source.api)


def _others(estate: Estate) -> Iterator[Pull]:
    for custom in estate.all(CustomResource):
        shown = f"custom resource {custom.shown}"
        yield Pull("custom-resource", custom.function, custom, custom.place("ServiceToken"), shown)
    for macro in estate.all(Macro):
        yield Pull("macro", macro.function, macro, macro.place("FunctionName"), f"macro {macro.shown}")
    for rotation in estate.all(RotationSchedule):
        place = rotation.place("RotationLambdaARN")
        yield Pull("rotation", rotation.function, rotation, place, f"rotation {rotation.shown}", rotation.secret)
    for filter_ in estate.all(SubscriptionFilter):
        place = filter_.place("DestinationArn")
        yield Pull("logs", filter_.destination, filter_, place, f"log subscription {filter_.shown}", filter_.log_group)
    for judge in estate.all(ConfigRule):
        place = judge.place("Source", "SourceIdentifier")
        yield Pull("config", judge.source, judge, place, f"Config rule {judge.shown}")


def _many(estate: Estate) -> Iterator[Pull]:
    for mail in estate.all(ReceiptRule):
        for link in mail.functions:
            yield Pull("ses", link, mail, mail.place("Rule", "Actions"), f"mail rule {mail.shown}")
    for rule in estate.all(IotRule):
        for link in rule.functions:
            yield Pull("iot", link, rule, rule.place("TopicRulePayload", "Actions"), f"IoT rule {rule.shown}")
    for point in estate.all(ObjectLambdaAccessPoint):
        for link in point.functions:
            yield Pull("object-lambda", link, point, point.place(), f"access point {point.shown}")
    for stream in estate.all(Firehose):
        for hole in (hole for value in stream.processors for hole in holes(value) if isinstance(hole, Ref)):
            yield Pull("firehose", Link(None, hole.resource), stream, stream.place(), f"delivery stream {stream.shown}")


READERS: tuple[Callable[[Estate], Iterator[Pull]], ...] = (
    _buckets,
    _topics,
    _mappings,
    _rules,
    _schedules,
    _pipes,
    _machines,
    _destinations,
    _pools,
    _graphs,
    _others,
    _many,
)
