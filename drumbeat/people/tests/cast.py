"""The cast of the tests, in one place. Everyone is somebody; nobody is called user1.

Elena   executive, leads Ana and Tom; led by nobody; the administrator's opposite: content, no settings
Ana     manager of Mira and Joao
Tom     peer manager, of Piotr
Mira    rep of Ana
Joao    rep of Ana, no e-mail address: is kept and cannot sign in
Piotr   rep of Tom
Hanna   HR partner for Ana's branch
Dora    delegate of Elena
Adam    administrator, leads nobody
Stella  stranger: an employee without any tie to the others
Lou     leaver: was Ana's rep until June
"""

from dataclasses import dataclass
from datetime import date

from drumbeat.people.models import Person, ReportingLine, RoleGrant, User
from drumbeat.people.reach import refresh

TODAY = date(2026, 11, 23)  # a Monday
PASSWORD = "quiet-drum-beats"


@dataclass
class Cast:
    elena: Person
    ana: Person
    tom: Person
    mira: Person
    joao: Person
    piotr: Person
    hanna: Person
    dora: Person
    adam: Person
    stella: Person
    lou: Person

    def everyone(self) -> dict[str, Person]:
        return dict(vars(self))


def make_cast() -> Cast:
    def person(name: str, first: str = "", **values: object) -> Person:
        email = f"{first}@nordhaus.example" if first else None
        made = Person.objects.create(
            name=name, email=email, time_zone="Europe/Berlin", country="DE", **values
        )
        if email:
            User.objects.create_user(email, PASSWORD, person=made)
        return made

    cast = Cast(
        elena=person("Elena Hartmann", "elena", title="Head of sales"),
        ana=person("Ana Ribeiro", "ana", title="Sales manager", team="North"),
        tom=person("Tom Okafor", "tom", title="Sales manager", team="West"),
        mira=person("Mira Lund", "mira", team="North"),
        joao=person("João Ávila", team="North"),
        piotr=person("Piotr Zieliński", "piotr", team="West"),
        hanna=person("Hanna Vogt", "hanna"),
        dora=person("Dora Klein", "dora"),
        adam=person("Adam Roth", "adam"),
        stella=person("Stella Maris", "stella"),
        lou=person("Lou Berger", "lou", left_on=date(2026, 6, 30)),
    )
    for member, leader in [
        (cast.ana, cast.elena),
        (cast.tom, cast.elena),
        (cast.mira, cast.ana),
        (cast.joao, cast.ana),
        (cast.piotr, cast.tom),
        (cast.lou, cast.ana),
    ]:
        ReportingLine.objects.create(member=member, leader=leader)
    since = date(2026, 1, 1)
    RoleGrant.objects.create(person=cast.hanna, role=RoleGrant.HR, for_person=cast.ana, starts_on=since)
    RoleGrant.objects.create(
        person=cast.dora, role=RoleGrant.DELEGATE, for_person=cast.elena, starts_on=since
    )
    RoleGrant.objects.create(person=cast.adam, role=RoleGrant.ADMINISTRATOR, starts_on=since)
    refresh([person.pk for person in cast.everyone().values()])
    return cast
