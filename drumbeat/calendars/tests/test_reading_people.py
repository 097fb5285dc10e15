"""Whose calendar it is, who takes part, and what is kept of an event."""

import time
from datetime import date

import pytest

from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.tests.make import event, ics

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)


def read(*events: str, head: str = "", **more):
    return read_ics(ics(*events, head=head), FIRST, LAST, **more)


def test_the_owner_is_in_most_events():
    found = read(
        event("a", "20261005T080000Z", people=("elena@acme.example", "ana@acme.example")),
        event("b", "20261006T080000Z", people=("tom@acme.example", "elena@acme.example")),
        event("old", "20200106T080000Z", people=("elena@acme.example",)),
    )
    assert found.owner_address == "elena@acme.example"
    assert read(event("a", "20261005T080000Z")).owner_address == ""
    assert read(event("a", "20261005T080000Z"), owner="Me@Acme.example").owner_address == "me@acme.example"


@pytest.mark.parametrize(
    "link",
    [
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%7d",
        "https://acme.zoom.us/j/98765432101?pwd=abc",
        "https://meet.google.com/abc-defg-hij",
        "https://acme.webex.com/meet/elena",
    ],
)
def test_the_join_link_is_found_and_nothing_else_of_the_description(link):
    for line in (
        f"LOCATION:{link}",
        f"DESCRIPTION:Secret. Join: <{link}>\\nBye",
        f"X-GOOGLE-CONFERENCE:{link}",
    ):
        one = read(event("a", "20261005T080000Z", "", line)).occurrences[0]
        assert one.link == link
        assert "Secret" not in repr(one)


def test_other_links_are_no_join_links():
    line = "DESCRIPTION:https://teams.microsoft.com.evil.example/l/meetup-join/ http://zoom.us/j/1"
    assert read(event("a", "20261005T080000Z", "", line)).occurrences[0].link == ""


def test_rooms_are_not_people():
    room = "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@acme.example"
    one = read(event("a", "20261005T080000Z", "", room, people=("elena@acme.example",))).occurrences[0]
    assert [person.address for person in one.people] == ["elena@acme.example"]


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        (
            "ATTENDEE;CN=Ana Ribeiro;PARTSTAT=ACCEPTED:mailto:Ana@acme.example",
            "Ana Ribeiro",
            "ana@acme.example",
        ),
        (
            'ATTENDEE;CN="Ribeiro, Ana: North";RSVP=TRUE:MAILTO:ana@acme.example',
            "Ribeiro, Ana: North",
            "ana@acme.example",
        ),
        (
            'ATTENDEE;MEMBER="mailto:a@x.example","mailto:b@x.example";CN=Ana:mailto:ana@acme.example',
            "Ana",
            "ana@acme.example",
        ),
        ("ATTENDEE;CN=Ana;EMAIL=ana@acme.example:urn:uuid:1", "Ana", "ana@acme.example"),
        ("ATTENDEE;CN=O^'Neill:mailto:o@acme.example", 'O"Neill', "o@acme.example"),
        ("ATTENDEE;CN=Ana:invalid:nomail", "Ana", ""),
        ("ATTENDEE:mailto:'ana@acme.example'", "", "ana@acme.example"),
    ],
)
def test_people_as_clients_write_them(line, name, address):
    (one,) = read(event("a", "20261005T080000Z", "", line)).occurrences[0].attendees
    assert (one.name, one.address) == (name, address)


def test_an_onlooker_is_not_there():
    line = "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:pa@acme.example"
    assert read(event("a", "20261005T080000Z", "", line)).occurrences[0].attendees == ()


def test_a_line_without_end_does_not_hold_anybody_up():
    long = "ATTENDEE;CN=" + "a," * 400_000 + '"' + ":mailto:ana@acme.example"
    begun = time.process_time()
    found = read(event("a", "20261005T080000Z", "", long, "SUMMARY:" + "x" * 900_000))
    assert time.process_time() - begun < 2
    assert len(found.occurrences[0].title) <= 500


def test_free_and_private_are_seen():
    found = read(
        event("a", "20261005T080000Z", "20261005T090000Z", "TRANSP:TRANSPARENT"),
        event("b", "20261006T080000Z", "20261006T090000Z", "CLASS:PRIVATE"),
        event("c", "20261007T080000Z", "20261007T090000Z", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    )
    assert [(o.free, o.private, o.out_of_office) for o in found.occurrences] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
