"""The reads of the indicators service: what stands, or stood at an instant."""
