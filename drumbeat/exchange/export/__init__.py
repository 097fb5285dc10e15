"""Everything that is kept about one person, for that person: gathered by name, table by table.

``sources`` says of every reference to a person where its rows go, or why they are left out; a test walks all
tables and demands a word about each.
"""
