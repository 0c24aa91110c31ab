"""What a container image says of itself, and which runtimes and privileged files are in it.

for image in images(Path("pictures.tar")).images:
    image.user, image.entry_point, image.base, image.runtimes
"""

from lambdaward.packages.images.facts import Base, Image, Images, Inside
from lambdaward.packages.images.reading import images

__all__ = ["Base", "Image", "Images", "Inside", "images"]
