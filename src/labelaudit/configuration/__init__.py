"""How `labelaudit.toml` is read and written: `project` is the door."""
