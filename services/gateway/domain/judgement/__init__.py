"""Judging a target in a year: what is asked, by how much the value is better or short, and what is said."""
