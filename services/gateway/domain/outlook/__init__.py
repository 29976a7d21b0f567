"""What lies ahead: the effort still needed, a projection, and how such projections would have done before."""
