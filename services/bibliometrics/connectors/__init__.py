"""Asking Scopus and HAL themselves; off until an operator turns them on."""
