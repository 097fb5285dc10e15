import os
import zipfile

import pytest

from drumbeat.core.refusal import Refused
from drumbeat.files import xlsx_guard
from drumbeat.files.sheets import TooLarge, UnreadableFile, WrongFileType, open_sheets
from drumbeat.files.tests.make import sheet_xml, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = [["name", "amount", "open"], ["Ann", 12.5, True], [None, None, None], ["Bob", None, False]]


def raw(body):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def test_it_works(tmp_path):
    [sheet] = open_sheets(workbook(tmp_path / "deals.xlsx", {"Deals": sheet_xml(ROWS)}))
    assert sheet.name == "Deals"
    assert sheet.header == ["name", "amount", "open"]
    assert list(sheet.rows()) == [(2, ["Ann", 12.5, True]), (4, ["Bob", None, False])]
    assert list(sheet.rows()) == list(sheet.rows())


def test_a_formula_gives_its_value_and_an_error_nothing(tmp_path):
    rows = [["a", "b", "c"], ["<f>1+1</f><v>2</v>", "<f>1+1</f>", "x"]]
    [sheet] = open_sheets(workbook(tmp_path / "a.xlsx", {"S": sheet_xml(rows)}))
    assert list(sheet.rows()) == [(2, [2.0, None, "x"])]
    broken = raw(
        '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c></row>'
    )
    [sheet] = open_sheets(workbook(tmp_path / "b.xlsx", {"S": broken}))
    assert list(sheet.rows()) == []


def test_lines_are_the_sheets_rows_also_below_empty_ones(tmp_path):
    body = (
        '<row r="3"><c r="B3" t="str"><v>name</v></c></row><row r="5"><c r="B5" t="str"><v>Ann</v></c></row>'
    )
    [sheet] = open_sheets(workbook(tmp_path / "a.xlsx", {"S": raw(body)}))
    assert [(line, [cell for cell in row if cell]) for line, row in sheet.rows()] == [(5, ["Ann"])]


def test_every_filled_sheet_counts(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"One": sheet_xml(ROWS), "Empty": raw(""), "Two": sheet_xml(ROWS)})
    assert [sheet.name for sheet in open_sheets(path)] == ["One", "Two"]
    with pytest.raises(UnreadableFile, match="is empty"):
        open_sheets(workbook(tmp_path / "b.xlsx", {"Empty": raw("")}))


def test_a_cell_in_the_farthest_corner_is_refused_before_memory_is_taken(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(TooLarge, match="cells"):
        open_sheets(workbook(tmp_path / "far.xlsx", {"S": raw(far)}))
    unplaced = "<row>" + "<c><v>1</v></c>" * 16_000 + '</row><row r="1048576"><c><v>1</v></c></row>'
    with pytest.raises(TooLarge, match="cells"):
        open_sheets(workbook(tmp_path / "unplaced.xlsx", {"S": raw(unplaced)}))
    text = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(TooLarge, match="cells"):
        open_sheets(workbook(tmp_path / "text.xlsx", {"S": raw(text)}))
    with pytest.raises(WrongFileType):
        open_sheets(
            workbook(tmp_path / "out.xlsx", {"S": raw('<row r="1"><c r="A9999999"><v>1</v></c></row>')})
        )


def test_formats_down_to_the_last_row_are_no_cells(tmp_path):
    body = (
        '<row r="1"><c r="A1" t="str"><v>name</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    [sheet] = open_sheets(workbook(tmp_path / "a.xlsx", {"S": raw(body)}))
    assert list(sheet.rows()) == []


def test_a_bomb_is_refused_by_what_it_really_unpacks_to(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_guard, "MAX_UNPACKED", 1 << 20)
    path = workbook(tmp_path / "bomb.xlsx", {"S": raw("")}, {"xl/media/zeros.png": b"\0" * (50 << 20)})
    assert path.stat().st_size < 200_000
    with pytest.raises(TooLarge, match="unpacks to more than 1 MB"):
        open_sheets(path)


def test_a_directory_that_lies_about_sizes(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"S": sheet_xml(ROWS)})
    content = path.read_bytes()
    at = content.rindex(b"PK\x01\x02")
    path.write_bytes(content[: at + 24] + b"\x01\0\0\0" + content[at + 28 :])
    with pytest.raises(Refused, match=r"damaged"):
        open_sheets(path)


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData>",
        "no xml",
        raw('<row r="1"><c r="A1" t="s"><v>77</v></c></row>'),
    ],
)
def test_damaged_and_hostile_parts(tmp_path, sheet):
    with pytest.raises(Refused) as caught:
        open_sheets(workbook(tmp_path / "a.xlsx", {"S": sheet}))
    assert str(caught.value).startswith("a.xlsx")


def test_a_document_type_is_refused(tmp_path):
    sheet = '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml(ROWS)
    with pytest.raises(WrongFileType, match="not what a workbook holds"):
        open_sheets(workbook(tmp_path / "a.xlsx", {"S": sheet}))


def test_too_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_guard, "MAX_PARTS", 20)
    extra = {f"xl/media/{number}.png": b"" for number in range(30)}
    with pytest.raises(TooLarge, match="parts"):
        open_sheets(workbook(tmp_path / "a.xlsx", {"S": sheet_xml(ROWS)}, extra))


def test_cells_hidden_in_a_part_that_looks_like_a_picture(tmp_path):
    far = raw('<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>').encode()
    with pytest.raises(WrongFileType):
        open_sheets(workbook(tmp_path / "a.xlsx", {"S": sheet_xml(ROWS)}, {"xl/media/a.png": far}))


def test_other_archives(tmp_path):
    for name, says in (("word/document.xml", "an archive"), ("xl/workbook.bin", "a binary workbook")):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(WrongFileType, match=says):
            open_sheets(path)


def test_a_workbook_cut_short_anywhere_is_refused(tmp_path):
    content = workbook(tmp_path / "a.xlsx", {"S": sheet_xml(ROWS)}).read_bytes()
    for end in range(4, len(content), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(content[:end])
        with pytest.raises(Refused):
            open_sheets(path)


def test_a_workbook_with_any_byte_changed_is_read_or_refused(tmp_path):
    content = workbook(tmp_path / "a.xlsx", {"S": sheet_xml(ROWS)}).read_bytes()
    path = tmp_path / "changed.xlsx"
    for place in range(4, len(content), 41):
        path.write_bytes(content[:place] + os.urandom(1) + content[place + 1 :])
        try:
            for sheet in open_sheets(path):
                list(sheet.rows())
        except Refused:
            continue
