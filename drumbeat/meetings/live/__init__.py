"""The live part of a room: changes are read from the event table and told to every open screen."""
