"""Counting publications: each once an entity, each once for the group, by measure and perimeter."""
