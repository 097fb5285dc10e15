"""What a calendar says, without a database: reading, categories, relations. Pure."""
