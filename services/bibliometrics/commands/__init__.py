"""What the owner writes, each in one transaction: registries, imports, decisions, extractions."""
