"""The rules of contracts and observations, without input or output."""
