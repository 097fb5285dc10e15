"""``drumbeat login-link PERSON [--base URL]``."""

import argparse

import pytest
from django.test import Client

from drumbeat.people import command
from drumbeat.people.actions.links import NoAddress
from drumbeat.people.command import NotABase
from drumbeat.people.queries import NoSuchPerson
from drumbeat.people.tests.make import last_entry


def parse(*words):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return argparse.Namespace(**vars(parser.parse_args(["login-link", *words])), as_of=None, json=False)


def test_it_works(cast, on_monday):
    result = command.run(parse("Elena Hartmann", "--base", "https://drumbeat.example/"))
    assert result["person"] == "Elena Hartmann"
    assert result["expires"] == "2026-11-23T06:15:00+00:00"
    address = command.render(result)
    assert address.startswith("https://drumbeat.example/sign-in-link/")
    client = Client()
    assert client.post(address.removeprefix("https://drumbeat.example")).status_code == 302
    assert client.get("/my-record/").status_code == 200


def test_it_is_journalled_as_the_system(cast, on_monday):
    result = command.run(parse("elena@nordhaus.example"))
    assert (last_entry().verb, last_entry().actor_id, last_entry().actor_name) == (
        "person.login_link",
        None,
        "Drumbeat",
    )
    assert result["url"].rsplit("/", 2)[1] not in str(vars(last_entry()))


def test_refusals_are_sentences(cast, on_monday):
    with pytest.raises(NoSuchPerson):
        command.run(parse("Nobody"))
    with pytest.raises(NoAddress):
        command.run(parse("João Ávila"))
    for base in ("drumbeat.example", "javascript:alert(1)", "http://"):
        with pytest.raises(NotABase):
            command.run(parse("Elena Hartmann", "--base", base))
