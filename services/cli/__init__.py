"""`cadran`: what an operator types."""

import sys

from shared.serving import guarded

from . import instances, packages, publications
from .application import app

__all__ = ["app", "instances", "main", "packages", "publications"]


def main() -> None:
    sys.exit(guarded(app))
