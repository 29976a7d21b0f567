"""The CSV export of Scopus, of every layout seen since 2018, read into records."""

from .importer import read

__all__ = ["read"]
