"""The company's one currency: remembered from the first file that names one."""

from collections.abc import Iterable

from drumbeat.exchange.models import CompanyFact, Import
from drumbeat.files.currency import MoreThanOneCurrency, one_currency


class AnotherCurrency(MoreThanOneCurrency):
    """A file in another currency than what is kept."""


def company_currency() -> str | None:
    """The code or sign of the company's currency; None where no file named one."""
    return CompanyFact.objects.filter(pk=CompanyFact.CURRENCY).values_list("value", flat=True).first()


def currency_to_keep(found: Iterable[str]) -> str | None:
    """What to remember from these files, None where nothing is new. Raises AnotherCurrency."""
    known = company_currency()
    codes = set(found)
    if not codes:
        return None
    settled = one_currency(codes, "The files")
    if known is None:
        return settled
    try:
        both = one_currency({known, *codes}, "")
    except MoreThanOneCurrency:
        raise AnotherCurrency(
            f"The files have amounts in {settled}, but the company's amounts are kept in {known};"
            f" convert them to {known} and bring them again."
        ) from None
    return both if both != known else None


def keep_currency(code: str | None, made: Import) -> None:
    """Remember the currency, within the import that named it."""
    if code:
        CompanyFact.objects.update_or_create(
            pk=CompanyFact.CURRENCY, defaults={"value": code, "brought_by": made}
        )
