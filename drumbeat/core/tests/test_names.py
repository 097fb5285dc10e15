"""When two names are one, and where a name stands in a list."""

import pytest

from drumbeat.core.names import name_key, sort_key


def test_case_and_white_space_do_not_tell_names_apart_and_accents_do():
    assert name_key("  ACME  Gmbh") == name_key("Acme GmbH")
    assert name_key("Müller") != name_key("Muller")


@pytest.mark.parametrize(
    ("first", "second"),
    [("Álvaro Junqueira", "Ben Whitaker"), ("Émile", "Emma"), ("ana", "Ben"), ("Åsa", "Bo")],
)
def test_an_accent_does_not_move_a_name_to_the_end(first, second):
    assert sort_key(first) < sort_key(second)
