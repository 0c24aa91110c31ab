"""CDK apps, read from their output: the templates of a cloud assembly with what its manifests say of them."""

from lambdaward.sources.cdk.assembly import Assembly, Synthesized, read_assembly

__all__ = ["Assembly", "Synthesized", "read_assembly"]
