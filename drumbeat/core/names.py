"""When two written names are the same name. Pure."""

import unicodedata


def name_key(text: str) -> str:
    """The form under which names are compared: Unicode-composed, case-folded, white space collapsed.

    ``"  ACME  Gmbh"`` and ``"Acme GmbH"`` are one name; accents still tell names apart.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
