"""The milestones service: it owns the steps of a contract's milestones, their progress and its evidence."""
