"""Which Cadran this is."""

from importlib.metadata import version

VERSION = version("cadran")
