"""The bodies of the milestones service's HTTP API: what is read from a caller, and what is shown."""
