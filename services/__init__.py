"""The services, and the composition that runs them together in one process."""
