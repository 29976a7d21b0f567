"""The reads of the milestones service: what stands, or stood at an instant."""
