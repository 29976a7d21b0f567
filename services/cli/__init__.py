"""`cadran`: what an operator types."""

import sys

from shared.serving import guarded

from . import instances, operations, packages, publications, read_model, topics
from .application import app

__all__ = ["app", "instances", "main", "operations", "packages", "publications", "read_model", "topics"]


def main() -> None:
    sys.exit(guarded(app))
