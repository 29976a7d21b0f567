"""The rules of bibliometrics, pure: normalising, matching, attributing, counting, comparing."""
