import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import BadMapping, Mapping, TableMapping, load_mapping, parse_mapping

MAVEN = """
[people]
name = "sales_agent"            # a column
manager = "manager"
team = "regional_office"

[opportunities]
external_id = "opportunity_id"
owner = "sales_agent"
account = "account"
product = "product"
stage = "deal_stage"
created_on = "engage_date"
close_on = "close_date"
amount = "close_value"
[opportunities.stages]
Prospecting = "open/pipeline"
Engaging = "open/best_case"
Won = "won"
Lost = "lost"

[targets]
owner = "seller"
period = "quarter"
metric = "won_amount"
value = "quota"
length = "quarter"
"""


def test_it_works(tmp_path):
    path = tmp_path / "maven.toml"
    path.write_text('encoding = "cp1250"\ndate_order = "dmy"\n' + MAVEN)
    mapping = load_mapping(path)
    assert list(mapping.tables) == ["people", "opportunities", "targets"]
    assert mapping.tables["people"].columns == {
        "name": "sales_agent",
        "manager": "manager",
        "team": "regional_office",
    }
    assert mapping.tables["opportunities"].stages["Engaging"] == "open/best_case"
    assert mapping.tables["opportunities"].date_order == "dmy"
    assert mapping.tables["targets"].fixed == {"metric": "won_amount"}
    assert mapping.tables["targets"].length == "quarter"
    assert mapping.encoding == "cp1250"
    assert parse_mapping(mapping.to_toml()) == mapping


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "maps nothing"),
        ("[people", "not valid TOML"),
        ("[persons]\nname='x'", "unknown section [persons]"),
        ("[people]\nfirst_name='x'", "no field “first_name”"),
        ("[people]\nname='a'\nname='b'", "given twice"),
        ("[people]\nname=['a', 'b']", "takes one column"),
        ("[people]\nname=3", "name of a column"),
        ("[people]\nname=''", "name of a column"),
        ("people = 3", "must be a section"),
        ("colour = 'red'", "unknown setting “colour”"),
        ("encoding = 'klingon'\n[people]\nname='x'", "not an encoding"),
        ("encoding = 'base64'\n[people]\nname='x'", "not an encoding of text"),
        ("encoding = 7\n[people]\nname='x'", "not an encoding"),
        ("[people]\nname='x'\ndate_order='mmddyy'", "date_order must be"),
        ("[people]\nname='x'\nlength='quarter'", "no field “length”"),
        ("[targets]\nlength='fortnight'", "length must be"),
        ("[opportunities]\nstages='x'", "must be a section"),
        ("[opportunities.stages]\nWon='winning'", "must be open, won or lost"),
        ("[opportunities.stages]\nWon='open/maybe'", "must be open, won or lost"),
        ("[people]\nencoding='cp1250'\nname='x'\n[accounts]\nencoding='cp1251'", "two encodings"),
        ("a=" + "[" * 3000, "cannot be read"),
    ],
)
def test_refusals_are_one_sentence(text, says):
    with pytest.raises(BadMapping) as caught:
        parse_mapping(text, "maven.toml")
    sentence = str(caught.value)
    assert says in sentence
    assert sentence.startswith("maven.toml")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad", "folder"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "map.toml"
    if content == "folder":
        path.mkdir()
    elif content:
        path.write_bytes(content)
    with pytest.raises(BadMapping, match=r"map\.toml"):
        load_mapping(path)


words = st.text(min_size=1, max_size=20).filter(str.strip)


@st.composite
def mappings(draw):
    tables = {}
    for name in draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, unique=True).map(sorted)):
        columns = draw(
            st.dictionaries(
                st.sampled_from(list(FIELDS[name])), words.map(lambda word: word + "_"), min_size=1
            )
        )
        stages = st.dictionaries(words, st.sampled_from(["won", "lost", "open", "open/commit"]), max_size=3)
        tables[name] = TableMapping(
            columns,
            stages=draw(stages) if name == "opportunities" else {},
            date_order=draw(st.sampled_from([None, "dmy", "mdy"])),
            decimal=draw(st.sampled_from([None, "comma"])),
        )
    ordered = {name: tables[name] for name in FIELDS if name in tables}
    return Mapping(ordered, encoding=draw(st.sampled_from([None, "cp1250", "utf-8"])))


@given(mappings())
def test_every_mapping_survives_being_written(mapping):
    assert parse_mapping(mapping.to_toml()) == mapping
