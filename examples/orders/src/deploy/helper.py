"""Deploys what the build left in a bucket: one function after the other."""

import boto3

functions = boto3.client("lambda")


def handler(event, _context):
    """Put the new package of each function in place: `{"bucket": name, "packages": {function: key}}`."""
    for name, key in event["packages"].items():
        functions.update_function_code(FunctionName=name, S3Bucket=event["bucket"], S3Key=key, Publish=True)
    return {"deployed": sorted(event["packages"])}
