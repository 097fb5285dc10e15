from drumbeat.files.values import Bad, BadValue, Memory, bad_places, shown


def test_each_distinct_value_is_read_once():
    calls = []
    memory = Memory(lambda text: calls.append(text) or text.upper())
    assert memory.convert(["a", "b", "a"]) == ["A", "B", "A"]
    assert calls == ["a", "b"]
    assert not memory.bad


def test_it_forgets_when_it_has_grown_large():
    memory = Memory(int)
    for start in range(0, 3 * Memory.LIMIT, 500):
        memory.convert(map(str, range(start, start + 500)))
        assert len(memory) <= Memory.LIMIT + 1_000


def test_what_cannot_be_read_keeps_its_place_and_reason():
    def read(text):
        raise BadValue(f"{shown(text)} is wrong.")

    memory = Memory(read)
    column = memory.convert(["a", "b"])
    assert all(isinstance(value, Bad) for value in column)
    assert list(bad_places(column)) == [(0, "“a” is wrong."), (1, "“b” is wrong.")]
    assert memory.bad


def test_long_values_are_cut_in_sentences():
    assert shown("x" * 99) == f"“{'x' * 40}…”"
    assert shown("a\n b") == "“a b”"
