"""Recording what is stated under a plan: what a set of rows would do to what is known, then doing it."""

PACKAGE, API = "package", "api"
