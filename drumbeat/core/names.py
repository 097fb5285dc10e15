"""When two written names are the same name. Pure."""

import unicodedata


def sort_key(name: str) -> str:
    """Where a name stands in a list: without accents, so that Álvaro stands before Ben."""
    apart = unicodedata.normalize("NFKD", name_key(name))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def name_key(text: str) -> str:
    """The form under which names are compared: Unicode-composed, case-folded, white space collapsed.

    ``"  ACME  Gmbh"`` and ``"Acme GmbH"`` are one name; accents still tell names apart.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
