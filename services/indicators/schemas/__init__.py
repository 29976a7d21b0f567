"""The bodies of the indicators service's HTTP API: what is read from a caller, and what is shown."""
