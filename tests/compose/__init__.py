"""The drill: the services as compose runs them, started for real by `make compose-test`, and by nothing else."""
