"""Pure: when a rhythm meets, what its agenda is, what became of a meeting, what must go out of it."""
