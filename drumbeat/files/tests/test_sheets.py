import csv
import io
import os
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.core.refusal import Refused
from drumbeat.files.sheets import UnreadableFile, WrongEncoding, WrongFileType, open_sheets
from drumbeat.files.tests.make import csv_file, sheet_xml, workbook

TABLE = "name;team\nZoë;Süd\nJosé;Nord\n"


def rows(path, **options):
    [sheet] = open_sheets(path, **options)
    return list(sheet.rows())


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode(),
        ("sep=;\n" + TABLE).encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        ("\n\n" + TABLE + "\n;\n\n").encode(),
    ],
)
def test_one_table_in_many_hands(tmp_path, content):
    [sheet] = open_sheets(csv_file(tmp_path, content))
    assert sheet.header == ["name", "team"]
    assert [row for _, row in sheet.rows()] == [["Zoë", "Süd"], ["José", "Nord"]]
    assert list(sheet.rows()) == list(sheet.rows())


def test_another_encoding_is_named(tmp_path):
    path = csv_file(tmp_path, "name\nŁódź Šimůnek\n".encode("cp1250"))
    assert rows(path, encoding="cp1250") == [(2, ["Łódź Šimůnek"])]
    with pytest.raises(WrongEncoding, match="not an encoding"):
        rows(path, encoding="klingon")
    with pytest.raises(WrongEncoding, match="not text in ascii"):
        rows(path, encoding="ascii")


def test_bytes_that_windows_1252_has_not(tmp_path):
    with pytest.raises(WrongEncoding, match="cp1250"):
        rows(csv_file(tmp_path, b"name,team\n\x8d\x8f\x9d,x\n"))


def test_a_wrong_byte_late_in_the_file_is_seen_before_the_first_row(tmp_path):
    path = csv_file(tmp_path, b"name\n" + (b"Ann" * 40 + b"\n") * 20_000 + b"Zo\xeb\n")
    assert rows(path)[-1] == (20_002, ["Zoë"])


def test_lines_are_true_where_cells_have_line_breaks(tmp_path):
    text = 'name,note\r\nAnn,"a\r\nb\r\n"\r\n\r\nBob,c\r\nCid,"d\ne"\r\nDee,f\r\n'
    assert [line for line, _ in rows(csv_file(tmp_path, text))] == [2, 6, 7, 9]


def test_ragged_rows_come_with_their_line_and_stop_nothing(tmp_path):
    [sheet] = open_sheets(csv_file(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8,,\n9,10\n"))
    [block] = sheet.blocks()
    assert list(block.lines) == [2, 5, 6]
    assert [(line, reason) for line, reason, _ in block.broken] == [
        (3, "The row has 1 cell, the header 2."),
        (4, "The row has 3 cells, the header 2."),
    ]
    assert [line for line, _ in sheet.rows()] == [2, 3, 4, 5, 6]


def test_nul_characters_are_dropped(tmp_path):
    assert rows(csv_file(tmp_path, "name,team\nA\0nn,\0\nBob,North\n")) == [
        (2, ["Ann", ""]),
        (3, ["Bob", "North"]),
    ]


def test_a_cell_too_long_costs_its_own_row(tmp_path):
    text = f"name,team\nAnn,{'x' * 200_000}\nBob,North\n"
    [sheet] = open_sheets(csv_file(tmp_path, text))
    blocks = list(sheet.blocks())
    assert [row for block in blocks for row in block.rows] == [["Bob", "North"]]
    assert [fault[:2] for block in blocks for fault in block.broken] == [
        (2, "A cell is longer than 131,072 characters.")
    ]


def test_a_quote_never_closed_costs_no_more_than_a_cell_may_hold(tmp_path):
    text = 'name,team\nAnn,North\nBob,"South\n' + "Cid,West\n" * 40_000
    [sheet] = open_sheets(csv_file(tmp_path, text))
    blocks = list(sheet.blocks())
    faults = [fault for block in blocks for fault in block.broken]
    assert faults[0][0] == 3
    assert "not closed" in faults[0][1]
    last = [line for block in blocks for line in block.lines][-1]
    assert last == 40_003
    assert sum(len(block.rows) for block in blocks) > 20_000


def test_salesforces_footer_is_no_row(tmp_path):
    footer = '\n\n"Grand Totals (2 records)"\n\n"Confidential Information - Do Not Distribute"\n'
    footer += '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    assert len(rows(csv_file(tmp_path, '"a","b"\n"1","2"\n"3","4"\n' + footer))) == 2
    # A record that begins like one stays a record.
    assert len(rows(csv_file(tmp_path, "name,team\nGrand Totals Ltd,North\n"))) == 1


def test_a_header_alone_has_no_rows(tmp_path):
    assert rows(csv_file(tmp_path, "name,team\n")) == []
    assert rows(csv_file(tmp_path, "name,team")) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b",,,\n,,\n", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "an image"),
        (b"MZ\x90\0\3\0\0\0", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel file"),
        (b"<html><table>", "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
        (b"BEGIN:VCALENDAR\r\n", "a calendar"),
        (b'{"deals": []}', "a JSON file"),
        (os.urandom(4096), "neither a CSV nor an XLSX"),
        (b"\0" * 5000, "neither a CSV nor an XLSX"),
        (b"PK\x03\x04" + os.urandom(300), "damaged"),
        (b"x" * 3_000_000, "more than a megabyte"),
    ],
)
def test_every_other_file_is_refused_with_one_sentence(tmp_path, content, says):
    with pytest.raises(Refused) as caught:
        open_sheets(csv_file(tmp_path, content))
    sentence = str(caught.value)
    assert says in sentence
    assert sentence.startswith("deals.csv")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_missing_folder_and_closed(tmp_path):
    with pytest.raises(UnreadableFile, match=r"no file nowhere\.csv"):
        open_sheets(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        open_sheets(tmp_path)
    with pytest.raises(UnreadableFile):
        open_sheets(tmp_path / "a\0b")
    with pytest.raises(UnreadableFile):
        open_sheets(tmp_path / ("x" * 5000))
    if os.geteuid():
        path = csv_file(tmp_path, TABLE)
        path.chmod(0)
        with pytest.raises(UnreadableFile, match="permission"):
            open_sheets(path)


def test_a_file_gone_between_two_readings_is_refused(tmp_path):
    path = csv_file(tmp_path, TABLE)
    [sheet] = open_sheets(path)
    path.unlink()
    with pytest.raises(UnreadableFile):
        list(sheet.rows())


def test_much_garbage_is_refused_at_once(tmp_path):
    path = tmp_path / "garbage.csv"
    with path.open("wb") as file:
        file.write(os.urandom(1 << 20))
        file.truncate(200 << 20)
    start = time.monotonic()
    with pytest.raises(WrongFileType):
        open_sheets(path)
    assert time.monotonic() - start < 2


letters = st.characters(
    exclude_categories=["Cc", "Cs"], include_characters="\n\r\t", exclude_characters="\ufeff"
)
cells = st.text(letters, max_size=12)


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=12),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-16"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(tmp_path, table, delimiter, encoding):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("first", "second", "third"), *table])
    content = text.getvalue()
    read = rows(csv_file(tmp_path, content.encode(encoding)))
    kept = [list(row) for row in table if any(map(str.strip, row))]
    assert [row for _, row in read] == kept
    lines = [line for line, _ in read]
    assert lines == sorted(set(lines))


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_table_or_refused(tmp_path, content):
    try:
        for sheet in open_sheets(csv_file(tmp_path, content)):
            list(sheet.rows())
    except Refused:
        return


def test_workbooks_and_csv_give_the_same_interface(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"S": sheet_xml([["name", "since"], ["Ann", date(2020, 1, 2).isoformat()]])}
    )
    assert rows(path) == [(2, ["Ann", "2020-01-02"])]
