"""EventBridge and Step Functions: buses, rules, schedules, pipes and state machines."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Blocks, Link, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION, ROLE
from lambdaward.model.messaging import QUEUE, STREAM, TOPIC
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, TextValue, Value

BUS = "AWS::Events::EventBus"
STATE_MACHINE = "AWS::StepFunctions::StateMachine"
TARGETS = (*ANY_FUNCTION, QUEUE, TOPIC, STREAM, BUS, STATE_MACHINE, "AWS::Logs::LogGroup")


class EventBus(Record, frozen=True, kw_only=True):
    """An event bus. `policy` is the document that is written inside it."""

    TYPES: ClassVar[tuple[str, ...]] = (BUS,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    policy: Annotated[Value, Prop("Policy")] = None


class EventTarget(BlockRecord, frozen=True):
    """A target of an event rule."""

    arn: Annotated[Link | None, LinkTo("Arn", TARGETS)] = None
    role: Annotated[Link | None, LinkTo("RoleArn", (ROLE,))] = None
    dead_letter: Annotated[Link | None, LinkTo("DeadLetterConfig.Arn", (QUEUE,))] = None


class EventRule(Record, frozen=True, kw_only=True):
    """An EventBridge rule: a pattern on a bus, or a schedule, and its targets."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Events::Rule",)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    bus: Annotated[Link | None, LinkTo("EventBusName", (BUS,))] = None
    pattern: Annotated[Value, Prop("EventPattern")] = None
    schedule: Annotated[TextValue, Prop("ScheduleExpression", "text")] = None
    state: Annotated[TextValue, Prop("State", "text")] = None
    targets: Annotated[tuple[EventTarget, ...], Blocks("Targets", EventTarget)] = ()


class Schedule(Record, frozen=True, kw_only=True):
    """A schedule of EventBridge Scheduler."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Scheduler::Schedule",)

    target: Annotated[Link | None, LinkTo("Target.Arn", TARGETS)] = None
    role: Annotated[Link | None, LinkTo("Target.RoleArn", (ROLE,))] = None
    state: Annotated[TextValue, Prop("State", "text")] = None
    dead_letter: Annotated[Link | None, LinkTo("Target.DeadLetterConfig.Arn", (QUEUE,))] = None


class Pipe(Record, frozen=True, kw_only=True):
    """A pipe of EventBridge: from a queue or stream, through an optional enrichment, to a target."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Pipes::Pipe",)

    source: Annotated[
        Link | None,
        LinkTo("Source", (QUEUE, STREAM, "AWS::DynamoDB::Table", "AWS::AmazonMQ::Broker", "AWS::MSK::Cluster")),
    ] = None
    enrichment: Annotated[Link | None, LinkTo("Enrichment", (*ANY_FUNCTION, STATE_MACHINE))] = None
    target: Annotated[Link | None, LinkTo("Target", TARGETS)] = None
    role: Annotated[Link | None, LinkTo("RoleArn", (ROLE,))] = None
    state: Annotated[TextValue, Prop("DesiredState", "text")] = None


class StateMachine(Record, frozen=True, kw_only=True):
    """A state machine. Its definition is an object, or a text with substitutions."""

    TYPES: ClassVar[tuple[str, ...]] = (STATE_MACHINE,)

    name: Annotated[TextValue, Prop("StateMachineName", "text")] = None
    type: Annotated[TextValue, Prop("StateMachineType", "text")] = None
    definition: Annotated[Value, Prop("Definition|DefinitionString")] = None
    location: Annotated[Value, Prop("DefinitionS3Location")] = None
    substitutions: Annotated[Value, Prop("DefinitionSubstitutions")] = None
    role: Annotated[Link | None, LinkTo("RoleArn", (ROLE,))] = None
    logging: Annotated[Value, Prop("LoggingConfiguration")] = None
    tracing: Annotated[FlagValue, Prop("TracingConfiguration.Enabled", "flag")] = None
