import ipaddress
import time

import pytest

from drumbeat.exchange.calendars.fetching import (
    BadAddress,
    Fetcher,
    InsideNetwork,
    Limits,
    NoCalendarThere,
    TooMuch,
    checked,
)
from drumbeat.exchange.calendars.networks import is_inside
from drumbeat.exchange.calendars.tests.server import Misbehaves, serving


@pytest.fixture
def server():
    with serving() as running:
        yield running


def open_fetcher(**limits) -> Fetcher:
    return Fetcher(allow_inside=True, limits=Limits(**{"seconds": 5, "pause": 2, **limits}))


def fetch(server, path: str, **limits) -> bytes:
    return open_fetcher(**limits).fetch(f"http://127.0.0.1:{server.port}/{path}")


def test_it_works(server):
    assert fetch(server, "ok?key=1") == Misbehaves.body
    assert server.asked == [("/ok?key=1", f"127.0.0.1:{server.port}", None)]


def test_packed_answers_are_unpacked(server):
    assert fetch(server, "packed") == Misbehaves.body


@pytest.mark.parametrize(
    "address",
    [
        "",
        "calendar",
        "file:///etc/passwd",
        "ftp://x.example/a.ics",
        "javascript:alert(1)",
        "http://",
        "https://:80/",
        "http://x.example:99999/",
        "http://x.example/a b",
        "http://x.example/\r\nX: y",
        "http://" + "a" * 5000,
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(BadAddress, match="no address of a calendar"):
        checked(address)


def test_webcal_means_https():
    assert checked(" webcal://Calendar.example/x.ics ").geturl() == "https://Calendar.example/x.ics"


# -- never inwards ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_what_lies_inside(address):
    assert is_inside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_lies_outside(address):
    assert not is_inside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_the_own_network_is_refused_by_every_spelling(server, host):
    with pytest.raises(InsideNetwork, match="own network"):
        Fetcher(limits=Limits(seconds=5)).fetch(f"http://{host}:{server.port}/ok")
    assert server.asked == []


def test_a_name_with_one_address_inside_is_refused(server):
    mixed = Fetcher(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(InsideNetwork):
        mixed.fetch(f"http://calendar.example:{server.port}/ok")
    assert server.asked == []


def all_but(*inside: str):
    return lambda address: str(address) in inside


def test_a_redirect_inwards_is_refused():
    with serving() as outer, serving("127.0.0.2") as inner:
        fetcher = Fetcher(limits=Limits(seconds=5), inside=all_but("127.0.0.2"))
        with pytest.raises(InsideNetwork):
            fetcher.fetch(f"http://127.0.0.1:{outer.port}/to/http://127.0.0.2:{inner.port}/ok")
        assert len(outer.asked) == 1
        assert inner.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "gopher://127.0.0.1/"])
def test_a_redirect_to_another_protocol_is_refused(server, target):
    with pytest.raises(BadAddress):
        fetch(server, f"to/{target}")


def test_a_name_that_changes_its_answer_leads_nowhere_else():
    """DNS rebinding: the second answer would be inside; the connection goes where the first one was
    checked.
    """
    with serving() as outer, serving("127.0.0.2") as inner:
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        fetcher = Fetcher(
            limits=Limits(seconds=5), inside=all_but("127.0.0.2"), resolve=lambda host, port: next(answers)
        )
        assert fetcher.fetch(f"http://rebound.example:{outer.port}/ok") == Misbehaves.body
        assert outer.asked == [("/ok", f"rebound.example:{outer.port}", None)]
        assert inner.asked == []


# -- bounded ----------------------------------------------------------------------------------------


def test_five_redirects_are_followed_and_no_sixth(server):
    assert fetch(server, "few/4") == Misbehaves.body
    with pytest.raises(TooMuch, match="more than 5 times"):
        fetch(server, "few/5")


def test_a_circle_ends(server):
    with pytest.raises(TooMuch, match="more than 5 times"):
        fetch(server, "round/1")
    assert len(server.asked) == 6


@pytest.mark.parametrize("path", ["large", "endless", "bomb"])
def test_too_large_is_refused(server, path):
    with pytest.raises(TooMuch, match="larger than 1 MB"):
        fetch(server, path, megabytes=1)


@pytest.mark.parametrize("path", ["drip", "driphead", "silent"])
def test_what_never_ends_is_ended(server, path):
    begun = time.monotonic()
    with pytest.raises(TooMuch, match=r"longer than 0.5 seconds"):
        fetch(server, path, seconds=0.5)
    assert time.monotonic() - begun < 3


def test_silence_is_not_waited_for(server):
    with pytest.raises(NoCalendarThere, match="does not answer"):
        fetch(server, "silent", seconds=20, pause=0.3)


def test_an_answer_that_breaks_off_is_refused(server):
    with pytest.raises(NoCalendarThere):
        fetch(server, "short")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("missing", "no calendar at the address"), ("closed", "does not let us in"), ("broken", "status 500")],
)
def test_an_error_is_said(server, path, sentence):
    with pytest.raises(NoCalendarThere, match=sentence):
        fetch(server, path)


def test_nobody_there():
    with serving() as gone:
        port = gone.port
    with pytest.raises(NoCalendarThere, match="does not answer"):
        open_fetcher().fetch(f"http://127.0.0.1:{port}/ok")


def test_an_unknown_name():
    def none(host, port):
        raise OSError

    with pytest.raises(NoCalendarThere, match=r"There is no “nowhere.example”"):
        Fetcher(resolve=none).fetch("https://nowhere.example/x.ics")


# -- secrets ----------------------------------------------------------------------------------------


def test_a_login_stays_with_its_host():
    with serving() as one, serving("127.0.0.2") as two:
        address = f"http://me:p%40ss@127.0.0.1:{one.port}/to/http://127.0.0.2:{two.port}/ok"
        open_fetcher().fetch(address)
        assert one.asked[0][2] == "Basic bWU6cEBzcw=="
        assert two.asked[0][2] is None


def test_no_sentence_repeats_the_address(server):
    for path in ("missing?key=s3cret", "to/file:///s3cret", "large?key=s3cret"):
        with pytest.raises((BadAddress, NoCalendarThere, TooMuch)) as refused:
            fetch(server, path)
        assert "s3cret" not in str(refused.value)
