"""One currency for now; a second one is refused. Pure."""

from collections.abc import Iterable

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused

_SIGNS = {
    "€": "EUR", "£": "GBP", "us$": "USD", "ca$": "CAD", "c$": "CAD", "au$": "AUD", "a$": "AUD", "nz$": "NZD",
    "r$": "BRL", "₹": "INR", "₩": "KRW", "₺": "TRY", "zł": "PLN", "kč": "CZK", "fr.": "CHF", "fr": "CHF",
    "euro": "EUR", "euros": "EUR", "us dollar": "USD", "u.s. dollar": "USD", "us dollars": "USD",
    "british pound": "GBP", "pound sterling": "GBP", "swiss franc": "CHF", "schweizer franken": "CHF",
}  # fmt: skip
# A sign that several currencies share says nothing against any of them.
_SHARED = {
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS"},
    "¥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
}


class MoreThanOneCurrency(Refused):
    """Amounts in two currencies: they cannot be added."""


def currency_code(text: str | None) -> str | None:
    """The code of a currency written as code, sign or name.

    ``EUR`` for ``€``; ``$``, ``¥``, ``kr`` stay as they are.
    """
    if text is None or not text.strip():
        return None
    key = name_key(text)
    if key.rstrip(".") in _SHARED:
        return key.rstrip(".")
    return _SIGNS.get(key) or text.strip().upper()


def one_currency(found: Iterable[str], where: str) -> str | None:
    """The single currency among those found, None where none was. Raises MoreThanOneCurrency.

    ``where`` opens the sentence: "deals.csv", or "The company's deals and bookings". A shared sign such as
    ``$`` agrees with every currency that uses it.
    """
    codes = sorted(set(found) - _SHARED.keys())
    signs = sorted(set(found) & _SHARED.keys())
    agree = len(codes or signs) <= 1 and all(codes[0] in _SHARED[sign] for sign in signs if codes)
    if not agree:
        names = ", ".join((codes + signs)[:4])
        raise MoreThanOneCurrency(
            f"{where} has amounts in more than one currency ({names}); bring one of them."
        )
    return codes[0] if codes else (signs[0] if signs else None)
