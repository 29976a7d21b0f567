"""The bibliometrics service owns publications as real exports give them, whose they are, and how many there are."""
