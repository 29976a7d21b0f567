"""The publications exports of SciVal, CSV and XLSX, as records."""

from .reader import read

__all__ = ["read"]
