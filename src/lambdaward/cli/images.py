"""The signatures of container images: what `lambdaward verify` says of an OCI layout."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaward.cli.streams import stdout
from lambdaward.model import No, Verdict, Yes
from lambdaward.packages import signing

if TYPE_CHECKING:
    from lambdaward.packages.signing import Signature, Trust

HOLDS, FAILS, UNKNOWN = 0, 1, 4
Told = tuple[Path, tuple[str, ...], "tuple[Signature, ...]"]


def is_layout(path: Path) -> bool:
    """Whether a path is an OCI layout, or a tar."""
    if path.is_dir():
        return (path / "oci-layout").is_file()
    return path.is_file() and path.suffix != ".zip" and tarfile.is_tarfile(path)


def verified(paths: Sequence[Path], trust: Trust, form: str) -> int:
    """Verify the signatures in some layouts, and print them; the exit code that they mean. Every image needs one that holds."""
    roots = signing.aws_roots("image") | trust.roots
    told = [(path, *signing.image_signatures(path, roots, trust.at)) for path in paths]
    with stdout(form) as stream:
        stream.writelines(_json(told) if form == "json" else _lines(told))
    codes = [_code(image, signatures) for _, images, signatures in told for image in images or ("",)]
    return max(codes, key=(HOLDS, UNKNOWN, FAILS).index)


def _code(image: str, signatures: Sequence[Signature]) -> int:
    about = [signature.verdict for signature in signatures if signature.covers == image]
    if any(isinstance(verdict, Yes) for verdict in about):
        return HOLDS
    return FAILS if all(isinstance(verdict, No) for verdict in about) else UNKNOWN


def _said(verdict: Verdict) -> tuple[str, str]:
    match verdict:
        case Yes():
            return "yes", verdict.proof[0].text
        case No():
            return "no", verdict.proof[0].text
    return "unknown", f"{verdict.unknowns[0].reason}; {verdict.unknowns[0].settle}"


def _lines(told: Sequence[Told]) -> Iterator[str]:
    from lambdaward.reports.text import visible  # noqa: PLC0415 - only where something is printed

    for path, images, signatures in told:
        yield visible(f"{path}: {len(images)} images, {len(signatures)} signatures") + "\n"
        for image in images:
            about = [signature for signature in signatures if signature.covers == image]
            yield visible(f"  image {image}{'' if about else ': not signed'}") + "\n"
            yield from (f"    {_line(signature)}\n" for signature in about)
        for signature in signatures:
            if not signature.here:
                yield (
                    visible(f"  of another image, {signature.covers or 'not known which'}: ") + _line(signature) + "\n"
                )


def _line(signature: Signature) -> str:
    from lambdaward.reports.text import visible  # noqa: PLC0415 - as above

    word, text = _said(signature.verdict)
    return visible(f"{word:8} {signature.kind}: {text}")


def _json(told: Sequence[Told]) -> Iterator[str]:
    from lambdaward.reports.json import dumps  # noqa: PLC0415 - as above

    yield dumps(
        {
            "version": 1,
            "layouts": [
                {
                    "layout": str(path),
                    "images": images,
                    "signatures": [
                        {
                            "kind": signature.kind,
                            "covers": signature.covers,
                            "here": signature.here,
                            "holds": _said(signature.verdict)[0],
                            "because": _said(signature.verdict)[1],
                        }
                        for signature in signatures
                    ],
                }
                for path, images, signatures in told
            ],
        }
    )
