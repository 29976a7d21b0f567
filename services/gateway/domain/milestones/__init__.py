"""The milestones: where each step stands on a day, and what became of it since the signature."""
