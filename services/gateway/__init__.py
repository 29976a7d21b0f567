"""The gateway: it reads the owners' events, judges them, and is the one door that clients know."""
