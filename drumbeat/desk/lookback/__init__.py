"""The look back: the last weeks from files alone. Needs no instance and keeps nothing."""
