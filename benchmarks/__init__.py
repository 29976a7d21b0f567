"""Speed, as ratios to a raw reference in the same run."""
