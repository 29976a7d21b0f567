"""The indicators service: it owns contracts (entities, definitions, targets) and observations."""
