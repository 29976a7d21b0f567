"""The files that sources give: every layout, and every way in which they are broken."""
