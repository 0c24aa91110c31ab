"""Container images: OCI layouts and what `docker save` writes, as folders and as tars, layer by layer."""

from lambdaward.packages.unpack.image.reader import is_image_folder, is_image_tar, read_image_folder, read_image_tar

__all__ = ["is_image_folder", "is_image_tar", "read_image_folder", "read_image_tar"]
