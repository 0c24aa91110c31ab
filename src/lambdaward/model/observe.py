"""What watches: trails, detectors, recorders, log groups and what reads them."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Items, Link, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION, ROLE
from lambdaward.model.messaging import KEYS, STREAM
from lambdaward.model.record import Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

LOG_GROUP = "AWS::Logs::LogGroup"


class Trail(Record, frozen=True, kw_only=True):
    """A CloudTrail trail. `selectors` are basic event selectors, `advanced` advanced ones; a trail has one of them."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudTrail::Trail",)

    is_logging: Annotated[FlagValue, Prop("IsLogging", "flag")] = None
    multi_region: Annotated[FlagValue, Prop("IsMultiRegionTrail", "flag")] = None
    organization: Annotated[FlagValue, Prop("IsOrganizationTrail", "flag")] = None
    selectors: Annotated[tuple[Value, ...], Items("EventSelectors")] = ()
    advanced: Annotated[tuple[Value, ...], Items("AdvancedEventSelectors")] = ()
    kms_key: Annotated[Link | None, LinkTo("KMSKeyId", KEYS)] = None
    validation: Annotated[FlagValue, Prop("EnableLogFileValidation", "flag")] = None


class EventDataStore(Record, frozen=True, kw_only=True):
    """An event data store of CloudTrail Lake."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudTrail::EventDataStore",)

    advanced: Annotated[tuple[Value, ...], Items("AdvancedEventSelectors")] = ()
    ingestion: Annotated[FlagValue, Prop("IngestionEnabled", "flag")] = None


class Detector(Record, frozen=True, kw_only=True):
    """A GuardDuty detector; `LAMBDA_NETWORK_LOGS` among its features is Lambda protection."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::GuardDuty::Detector",)

    enabled: Annotated[FlagValue, Prop("Enable", "flag")] = None
    features: Annotated[tuple[Value, ...], Items("Features")] = ()


class ConfigRecorder(Record, frozen=True, kw_only=True):
    """A configuration recorder of AWS Config."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Config::ConfigurationRecorder",)

    all_supported: Annotated[FlagValue, Prop("RecordingGroup.AllSupported", "flag")] = None
    strategy: Annotated[TextValue, Prop("RecordingGroup.RecordingStrategy.UseOnly", "text")] = None
    types: Annotated[tuple[Value, ...], Items("RecordingGroup.ResourceTypes")] = ()
    excluded: Annotated[tuple[Value, ...], Items("RecordingGroup.ExclusionByResourceTypes.ResourceTypes")] = ()


class ConfigRule(Record, frozen=True, kw_only=True):
    """A rule of AWS Config; a custom one runs a function."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Config::ConfigRule",)

    owner: Annotated[TextValue, Prop("Source.Owner", "text")] = None
    source: Annotated[Link | None, LinkTo("Source.SourceIdentifier", ANY_FUNCTION)] = None


class LogGroup(Record, frozen=True, kw_only=True):
    """A log group. Without `retention` (days) it keeps everything for ever."""

    TYPES: ClassVar[tuple[str, ...]] = (LOG_GROUP,)

    name: Annotated[TextValue, Prop("LogGroupName", "text")] = None
    retention: Annotated[NumberValue, Prop("RetentionInDays", "number")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyId", KEYS)] = None
    data_protection: Annotated[Value, Prop("DataProtectionPolicy")] = None


class SubscriptionFilter(Record, frozen=True, kw_only=True):
    """A filter that sends a log group's events to a function or stream."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Logs::SubscriptionFilter",)

    log_group: Annotated[Link | None, LinkTo("LogGroupName", (LOG_GROUP,))] = None
    destination: Annotated[
        Link | None, LinkTo("DestinationArn", (*ANY_FUNCTION, STREAM, "AWS::KinesisFirehose::DeliveryStream"))
    ] = None
    role: Annotated[Link | None, LinkTo("RoleArn", (ROLE,))] = None
