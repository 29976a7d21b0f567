"""The group and its entities: values and commitments, added up, compared, and reconciled."""
