"""Reading what stands: registries, imports, publications, decisions, counts, extractions."""
