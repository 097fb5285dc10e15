"""The components as a browser would get them: true, escaped, and within the strict policy."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError, engines
from django.template.loader import render_to_string

from drumbeat.web.icons import ICONS, NAVIGATION
from drumbeat.web.tests import gallery

WEB = Path(__file__).resolve().parent.parent
TEMPLATES = WEB / "templates"


def draw(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


def test_a_beat_draws_nothing_where_nothing_was_due():
    html = draw("{% beat lane %}", lane={"name": "Ana", "marks": [], "days": []})
    assert "<circle" not in html
    assert "<path" not in html
    assert "Ana: nothing was due or planned" in html


def test_only_the_second_missed_in_a_row_is_red():
    html = draw(
        "{% beat lane %}",
        lane={"marks": [{"week": 1, "kind": "not_held"}, {"week": 3, "kind": "not_held_again"}]},
    )
    assert (html.count("beat-not"), html.count("beat-again")) == (1, 1)


def test_each_mark_with_an_address_is_a_link_that_says_its_day():
    html = draw("{% beat lane %}", lane=gallery.lane("Ana Ribeiro", 0))
    assert html.count("<a ") == html.count("beat-tip") == html.count("beat-hit") > 0
    assert 'role="group"' in html
    assert "<title>" in html


def test_a_beat_without_links_is_one_picture_with_its_text():
    html = draw("{% beat lane %}", lane={"name": "Ana", "marks": [{"week": 12, "kind": "unknown"}]})
    assert 'role="img"' in html
    assert "1 not known" in html
    assert "beat-unknown" in html


def test_a_bullet_that_is_not_known_is_not_drawn():
    assert draw("{% bullet none none %}").strip() == ""
    assert "bullet-due" not in draw("{% bullet 0.5 none %}")
    assert "bullet-trouble" in draw('{% bullet 0.5 0.6 "" True %}')


def test_names_are_escaped():
    html = draw(
        "{% beat lane %}{% person who %}",
        lane={"name": "<b>", "marks": []},
        who={"name": "<i>x</i>", "url": '"><script>'},
    )
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html


def test_an_icon_that_does_not_exist_is_said_at_once():
    with pytest.raises(TemplateSyntaxError, match="no icon “nope”"):
        Template('{% icon "nope" %}').render(Context())
    assert set(NAVIGATION.values()) <= set(ICONS)


def test_table_labels_each_cell_for_the_phone_and_says_what_is_not_known():
    html = draw(
        '{% table columns rows "" total %}',
        columns=["Deal", ("Amount", "num")],
        rows=[[("Halden", "/d/1"), None]],
        total=["One deal", ""],
    )
    assert '<td data-label="Amount" class="num"><span>not known</span></td>' in html
    assert '<a href="/d/1">Halden</a>' in html


def test_a_message_carries_its_undo():
    from drumbeat.web.templatetags.drumbeat import undo_url

    assert undo_url("safe undo:/people/7/undo success") == "/people/7/undo"
    # Only addresses of our own: an undo never leads elsewhere.
    assert undo_url("undo:https://example.com") == undo_url("success") == undo_url("") == ""


def test_a_wrong_field_keeps_its_text_and_says_the_error_beside_it():
    wrong = gallery.context()["wrong"]
    html = draw('{% include "components/field.html" %}', field=wrong["email"])
    assert 'value="ana.at.example"' in html
    assert 'id="wrong_email_error"' in html
    assert re.search(r'aria-describedby="[^"]*wrong_email_error', html)


@pytest.mark.parametrize("how_many", [8, 1, 0, 60])
def test_the_gallery_draws_every_number_of_managers(how_many):
    html = render_to_string("web/gallery.html", gallery.context(how_many))
    assert html.count('class="lane"') >= how_many
    assert not re.search(r'\sstyle="', html)
    assert not re.search(r"\son\w+=", html)


def test_no_template_of_ours_has_inline_style_or_script():
    for path in TEMPLATES.parent.parent.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|javascript:|\son(click|load|change|submit)=", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_every_component_is_listed_with_its_parameters():
    listed = (TEMPLATES / "components/README.md").read_text(encoding="utf-8")
    for path in (TEMPLATES / "components").glob("*.html"):
        assert path.read_text(encoding="utf-8").startswith("{# "), path.name
        assert f"| `{path.name}` |" in listed, path.name


def test_every_style_sheet_is_in_the_entry_and_every_import_exists():
    css = WEB / "static/web/css"
    named = set(
        re.findall(r'@import url\("([^"]+)"\) layer\(\w+\)', (css / "main.css").read_text(encoding="utf-8"))
    )
    assert named == {str(path.relative_to(css)) for path in css.rglob("*.css")} - {"main.css"}


def test_static_files_survive_hashing(settings, tmp_path):
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
    from django.core.files.storage import FileSystemStorage

    source = FileSystemStorage(WEB / "static")
    names = [str(path.relative_to(WEB / "static")) for path in (WEB / "static").rglob("*") if path.is_file()]
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as content:
            storage.save(name, content)
    problems = [
        done
        for _, _, done in storage.post_process({name: (source, name) for name in names})
        if isinstance(done, Exception)
    ]
    assert problems == []
    entry = (tmp_path / storage.stored_name("web/css/main.css")).read_text(encoding="utf-8")
    assert re.search(r'@import url\("tokens\.[0-9a-f]{12}\.css"\) layer\(tokens\)', entry)


def test_months_tag_names_this_week():
    assert "this week" in draw("{% beat_months day %}", day=date(2026, 11, 25))


def test_a_column_that_is_not_real_yet_is_not_there():
    bare = {"name": "Ana Ribeiro", "figure": "104%", "figure_label": "plan to date"}
    drawn = {**bare, "lane": {"name": "Ana", "marks": [], "days": []}}
    source = '{% include "components/managers.html" %}'
    without = draw(source, rows=[bare, bare], this_week=date(2026, 11, 23), figure_label="Plan")
    assert "this week" not in without
    assert "lane" not in without
    mixed = draw(source, rows=[drawn, bare], this_week=date(2026, 11, 23), figure_label="Plan")
    assert mixed.count('class="lane"') == 3


def test_one_to_one_never_breaks_and_text_stays_escaped():
    said = draw("{{ said|unbroken }}", said="<Ana>: no one-to-one for 49 days.")
    assert said == '&lt;Ana&gt;: no <span class="nowrap">one-to-one</span> for 49 days.'
