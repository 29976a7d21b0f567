"""The contract between services: the events, and nothing else."""
