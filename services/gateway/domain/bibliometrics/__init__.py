"""The counts of publications: which extraction speaks of a year, and how it is told."""
