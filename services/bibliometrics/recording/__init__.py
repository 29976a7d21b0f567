"""Recording what files bring: snapshots, publications, attributions, counts and their events."""
