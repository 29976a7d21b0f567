"""The views that the gateway shows: one object each, for JSON, pages and reports alike."""
