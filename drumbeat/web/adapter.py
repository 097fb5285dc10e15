"""Sign-in goes through allauth; nobody signs up by themselves, and who has left stays outside."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from drumbeat.people.actions.accounts import change_password
from drumbeat.people.models import User
from drumbeat.web.middleware import today_for


class ClosedAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This address and password do not belong together; look at both again.",
        "too_many_login_attempts": "That was too often; wait five minutes, then try again.",
        "rate_limited": "That was too often; wait a minute, then try again.",
        "enter_current_password": "This is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by “Keep this going” and by invitations."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The user with these credentials; nobody for somebody who has left, as for a wrong password."""
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.person.has_left(today_for(user.person)):
            return None
        return user

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password is journalled, without the password."""
        assert isinstance(user, User)
        change_password(actor=user.person, today=today_for(user.person), user=user, password=password)
