"""What functions are fed from: queues, topics, buses, buckets, streams and tables, and what can be written to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.analysis.exposure.trigger import Trigger
from lambdaward.model import (
    Bucket,
    Estate,
    EventRule,
    No,
    ResourceId,
    Verdict,
    Yes,
    all_of,
    any_of,
    dig,
    is_equal,
    items,
)

# The actions that put something into a source, by the type of the source.
WRITES = {
    "AWS::DynamoDB::GlobalTable": ("dynamodb:PutItem", "dynamodb:UpdateItem"),
    "AWS::DynamoDB::Table": ("dynamodb:PutItem", "dynamodb:UpdateItem"),
    "AWS::Events::EventBus": ("events:PutEvents",),
    "AWS::Kinesis::Stream": ("kinesis:PutRecord", "kinesis:PutRecords"),
    "AWS::S3::Bucket": ("s3:PutObject",),
    "AWS::SNS::Topic": ("sns:Publish",),
    "AWS::SQS::Queue": ("sqs:SendMessage",),
}


class Feed(Struct, frozen=True, kw_only=True):
    """A source that starts a function, and the actions that write to it. `public` is whether a policy for everybody counts on
    it: on a bucket it does not while public access is blocked."""

    trigger: Trigger
    source: ResourceId
    shown: str
    actions: tuple[str, ...]
    public: Verdict = Yes()


def feeds(estate: Estate, triggers: Iterable[Trigger]) -> Iterator[Feed]:
    """The source of every trigger that has one in the estate."""
    for trigger in triggers:
        source = estate.resources.get(trigger.front) if trigger.front else None
        if source is not None and source.type in WRITES and not _by_account(trigger):
            bucket = estate.get(Bucket, source.id)
            yield Feed(
                trigger=trigger,
                source=source.id,
                shown=source.shown or source.id.name,
                actions=WRITES[source.type],
                public=_policies_count(bucket) if bucket else Yes(),
            )


def _by_account(trigger: Trigger) -> bool:
    """Whether an event rule looks at the account that an event comes from."""
    return isinstance(trigger.record, EventRule) and dig(trigger.record.pattern, "account") is not None


def _policies_count(bucket: Bucket) -> Verdict:
    """Whether a policy for everybody counts: all blocks of public access are on unless they are turned off."""
    block = bucket.public_access
    if block is None:
        return No()
    return all_of((is_equal(block.block_policy, False), is_equal(block.restrict, False)))


def written_by_all(bucket: Bucket) -> Verdict:
    """Whether a bucket's ACL lets everybody write: it says so, ACLs are in use, and public ones are not blocked."""
    block = bucket.public_access
    if block is None:
        return No()
    in_use = any_of(
        is_equal(dig(owner, "ObjectOwnership"), word)
        for owner in items(dig(bucket.ownership, "Rules"))
        for word in ("ObjectWriter", "BucketOwnerPreferred")
    )
    blocks = (is_equal(block.block_acls, False), is_equal(block.ignore_acls, False))
    return all_of((is_equal(bucket.acl, "PublicReadWrite"), in_use, *blocks))
