"""What a calendar says, without a database: reading, categories, relations. Pure; each rule is in docs/calendar-rules.md."""
