"""The headings under which the usual exports write each field. Pure data.

For each field, groups in order of preference, parted by ``;``: the first group that a file has wins. Headings
parted by ``|`` within a group are equals, so a file with two of them is not understood by itself. Headings
are compared without case and signs, and ``CloseDate`` is ``close date``. A field's own name always counts
first.
"""

_OWNERS = (
    "opportunity owner; deal owner; owner name; owner | sales agent | sales rep | salesperson "
    "| sales person | seller"
    " | account executive | sales representative; opportunity owner full name; owner full name; rep "
    "| assigned to;"
    " verkäufer; inhaber; besitzer; verantwortlich; vertriebsmitarbeiter; vendeur; commercial;"
    " propriétaire; vendedor;"
    " propietario; owner email; opportunity owner email; owner id; sales person id; salesperson id; seller id"
)
_ACCOUNTS = (
    "account name; account | company | customer | client; organization name; organization; company name;"
    " company account; associated company; associated company primary; potential customer; customer name;"
    " client name; kunde; kundenname; firma; unternehmen; compte; nom du compte; entreprise; société;"
    " cliente; cuenta;"
    " nombre de la cuenta; empresa; account id; customer id; customer number; kundennummer"
)
_PRODUCTS = "product name; product | item; produkt; artikel; produit; producto; product id; sku; item number"
_CURRENCIES = (
    "currency; currency of value; amount currency; total amount currency; opportunity currency;"
    " deal currency;"
    " currency code; currency iso code; transaction currency; währung; devise; moneda; divisa"
)
_SIGNS_OF_A_PERSON = "employee id; user id; person id; personnel number; personalnummer; id"

HEADINGS: dict[str, dict[str, str]] = {
    "people": {
        "name": "full name; name | sales agent | sales rep | salesperson | sales person | seller | rep "
        "| employee"
        " | employee name | person; mitarbeiter; verkäufer; nom; vendeur; nombre; vendedor",
        "email": "email; e mail; email address; work email; mail; e mail adresse; correo",
        "external_id": _SIGNS_OF_A_PERSON,
        "manager": "manager | leader | reports to | line manager | supervisor | sales manager; manager name;"
        " team lead; vorgesetzter; führungskraft; responsable; jefe; manager email; reports to email;"
        " manager id",
        "team": "team; regional office; department; office; group; abteilung; équipe; equipo",
        "title": "title; job title; role; position; funktion; poste; cargo",
        "time_zone": "timezone; tz; zeitzone",
        "country": "country code; land; pays; país",
        "region": "state; bundesland; province",
        "started_on": "start date; in role since; hire date; started; eintritt; eintrittsdatum",
        "line_from": "reports since; reporting from",
        "left_on": "end date; leaving date; termination date; exit date; austritt; austrittsdatum",
    },
    "accounts": {
        "name": _ACCOUNTS,
        "external_id": "account id; company id; organization id; customer id; customer number;"
        " record id; kundennummer; id",
        "domain": "company domain name; email domain; website; web; url; webseite",
        "sector": "industry; branche; secteur; sector",
        "parent": "subsidiary of; parent account; parent company; parent account name; konzern;"
        " muttergesellschaft",
    },
    "products": {
        "name": _PRODUCTS.split("; product id", maxsplit=1)[0] + "; bezeichnung",
        "external_id": "product id; product code; sku; item number; artikelnummer; id",
        "line": "product line; series; product family; family; product category; category;"
        " produktgruppe; gamme; línea",
        "list_price": "sales price; unit price; standard price; price; listenpreis; preis; prix; precio",
    },
    "opportunities": {
        "owner": _OWNERS,
        "stage": "deal stage; opportunity stage; sales stage; stage name; pipeline stage;"
        " pipeline phase; phase;"
        " verkaufsphase; étape; etapa; status reason; status",
        "external_id": "opportunity id; record id; deal id; opportunity id 18; 18 digit opportunity id;"
        " case safe id;"
        " do not modify opportunity; opp id; id",
        "name": "opportunity name; deal name; title; topic; opportunity; deal; nom de l opportunité;"
        " nombre de la oportunidad",
        "account": _ACCOUNTS,
        "product": _PRODUCTS,
        "forecast_category": "forecast category name; hs forecast category; prognosekategorie",
        "created_on": "created date; create date; date created; engage date; creation date;"
        " deal created; created;"
        " created at; add time; open date; opened on; erstellt am; angelegt am; erstelldatum;"
        " date de création;"
        " fecha de creación",
        "close_on": "close date; closing date; closed date; closedate; expected close date; est close date;"
        " estimated close date; schlusstermin; abschlussdatum; geplanter abschluss; date de clôture;"
        " fecha de cierre",
        "amount": "opportunity amount; deal amount; close value; deal value; value | revenue | total;"
        " total amount;"
        " est revenue; estimated revenue; estimated value; amount in company currency; amount converted;"
        " betrag; wert; montant; importe; valor",
        "currency": _CURRENCIES,
        "status": "deal status; state",
        "closed_on": "deal closed on; actual close date; actual closing date; deal close time; close time",
        "won_on": "won time; won date",
        "lost_on": "lost time; lost date",
        "actual_amount": "actual revenue; actual value",
    },
    "bookings": {
        "external_id": "sales order id; order id; order number; sales order number; invoice id;"
        " invoice number;"
        " invoice no; order no; booking id; document number; rechnungsnummer; auftragsnummer; belegnummer;"
        " numéro de facture; número de factura; id",
        "owner": _OWNERS,
        "booked_on": "order date; invoice date; booking date; posting date; rechnungsdatum;"
        " auftragsdatum; belegdatum;"
        " date de facture; fecha de factura; date",
        "amount": "subtotal; sub total; net amount; order value; order amount; invoice amount; total;"
        " revenue;"
        " nettobetrag; betrag; umsatz; montant; importe",
        "account": _ACCOUNTS,
        "product": _PRODUCTS,
        "margin": "gross profit; gross margin; profit; deckungsbeitrag; rohertrag; marge; margen",
        "currency": _CURRENCIES,
    },
    "targets": {
        "owner": _OWNERS + "; name; manager; area",
        "period": "quarter; month; year; fiscal period; fiscal quarter; periode; quartal; monat; jahr;"
        " période; periodo",
        "value": "target value; target | quota | goal; target amount; quota amount; amount; ziel; soll;"
        " objectif; objetivo",
        "metric": "measure; target type; kennzahl",
    },
}

# Headings of which one suffices to know the system: there, every stage that is neither won nor lost is open.
SYSTEMS: dict[str, tuple[str, ...]] = {
    "Salesforce": (
        "opportunity owner",
        "opportunity name",
        "stage name",
        "opportunity id 18",
    ),
    "HubSpot": ("deal name", "deal stage name", "dealstage", "hs object id"),
    "Pipedrive": ("deal - title", "deal - stage", "deal - status", "organization - name"),
    "Dynamics 365": (
        "do not modify opportunity",
        "est close date",
        "est revenue",
        "potential customer",
        "topic",
    ),
}

# Where a file has one of these, its rows are changes, not deals.
CHANGES = {"from stage", "to stage", "old value", "new value", "old stage", "new stage"}
