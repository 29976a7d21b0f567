"""The bibliometrics service over HTTP, under /bibliometrics/v1."""
