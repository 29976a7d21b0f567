"""The views: one object each from the facts, for whoever renders it."""
