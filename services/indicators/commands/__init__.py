"""The writes of the indicators service: each one transaction, with the events of what it changed."""
