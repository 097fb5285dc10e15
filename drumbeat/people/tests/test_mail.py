"""Invitations and resets by mail, through a real SMTP server on this machine."""

import re
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from drumbeat.people.models import User
from drumbeat.people.tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


class Letters:
    """Keeps what the server is handed."""

    def __init__(self):
        self.all = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server's name for it
        self.all.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def letters(settings):
    kept = Letters()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_IS_SET = True
    settings.CSRF_TRUSTED_ORIGINS = ["https://drumbeat.nordhaus.example"]
    yield kept.all
    server.stop()


def link_in(letter):
    (path,) = re.findall(r"https?://[^/\s]+(/(?:invitation|reset)/\S+)", letter.get_content())
    return path


def test_an_invitation_arrives_and_opens_the_account(cast, sign_in, letters):
    cast.joao.email = "joao@nordhaus.example"
    cast.joao.save()
    sign_in(cast.adam).post(f"/people/{cast.joao.pk}/way-in/", {"mail": "1"})
    ((to, letter),) = letters
    assert to == ["joao@nordhaus.example"]
    assert letter["subject"]
    Client().post(link_in(letter), {"password": PASSWORD})
    assert User.objects.get(email="joao@nordhaus.example").person == cast.joao


def test_a_reset_arrives_and_changes_the_password(cast, letters):
    Client().post("/password/lost/", {"email": "mira@nordhaus.example"})
    ((to, letter),) = letters
    assert to == ["mira@nordhaus.example"]
    Client().post(link_in(letter), {"password": "another-quiet-drum"})
    assert User.objects.get(email="mira@nordhaus.example").check_password("another-quiet-drum")
