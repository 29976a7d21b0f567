"""The writes of the milestones service: each one transaction, with the events of what it changed."""
