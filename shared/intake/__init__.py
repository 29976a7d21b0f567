"""What an owner is sent in tables: rows read, planned, refused or recorded, and the plan that answers."""
