"""The words that the made company is built from. All persons, firms and brands are invented.

Person names mix freely within a language; firms are a made-up family name and a trade. Every list is free
of entries that fold to the same ASCII text, because mail addresses and domains are made from that.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where people sit: ISO country, subdivision for holidays, time zone, names heard there."""

    country: str
    region: str
    zone: str
    first: tuple[str, ...]
    last: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_GERMAN_FIRST = _words(
    "Anja Jürgen Katrin Matthias Sabine Björn Heike Lukas Franziska Tobias Miriam Stefan Ayşe Jannik "
    "Ulrike Cem Theresa Florian Silke Emre Lena Rüdiger Nadine Philipp Gesa Marek Hanna Dirk Svenja Yusuf"
)
_GERMAN_LAST = _words(
    "Albers Brückner Carstens Dierksen Ebeling Fahrenholz Gerlach Hartwig Issing Jessen Kühnel Lüders "
    "Mertens Niehaus Öztürk Petersen Quast Rohde Sander Thomsen Uhlig Voigt Wessels Yılmaz Zander "
    "Behrendt Diekmann Eggers Frerichs Grothe Heinemann Jahnke Kröger Lindner Möhring Oltmanns"
)
_BRITISH_FIRST = _words(
    "Aisha Callum Eleanor Femi Gareth Harriet Imran Jemima Kwame Lorna Meera Niall Olivia Priya Rhys "
    "Samira Toby Uzma Victoria Wilfred Chidi Bronwen Dominic Grace Hamish Isla Nathaniel Yasmin Duncan "
    "Zara"
)
_BRITISH_LAST = _words(
    "Adeyemi Barraclough Cavendish-Hart Dunmore Ellery Fairclough Gilchrist Hargreaves Ibbotson Jardine "
    "Kinnear Lockwood Mbeki Northcott Osborne Pemberton Quigley Rashid Sutcliffe Thackeray Underhill "
    "Varley Wainwright Yeoman Bhattacharya Colquhoun Entwistle Featherstone Hollis Iqbal Llewellyn "
    "Montague Pritchard Rowntree Siddiqui Tattersall"
)
_FRENCH_FIRST = _words(
    "Amélie Bastien Céline Damien Élodie Fabrice Gaëlle Hugo Inès Jérôme Karim Laure Mathilde Nicolas "
    "Océane Pascal Quentin Romane Sébastien Thérèse Ugo Véronique William Yann Zoé Aurélien Bérénice Loïc "
    "Nadia Rémi"
)
_FRENCH_LAST = _words(
    "Aubertin Bellanger Carpentier Delacourt Escoffier Fontenelle Gauthier Haddad Imbert Jacquemin "
    "Kerbrat Lavigne Marchandeau Noirot Ollivier Pelletier Quéméneur Rousselot Saint-Aubin Tessier Urvoy "
    "Vasseur Wattier Yvon Benali Chauvet Drouet Fauchet Guillemot Hérault Lecointe Montfort Peyronnet "
    "Ravel Sauvageot Thibault"
)
_PORTUGUESE_FIRST = _words(
    "Afonso Beatriz Catarina Duarte Filipa Gonçalo Inês Joaquim Leonor Manuel Núria Otávio Patrícia Rui "
    "Sofia Tiago Vasco Xavier Álvaro Carmen Diego Elvira Fernando Graça Iker Jimena Luísa Nuno Raquel "
    "Simão"
)
_PORTUGUESE_LAST = _words(
    "Abrantes Barbosa Carvalhal Domingues Esteves Figueiredo Gouveia Henriques Ibáñez Junqueira Lourenço "
    "Machado Nogueira Oliveira Pacheco Quintela Restrepo Saldanha Teixeira Urrutia Vasconcelos Ximénez "
    "Zarco Brandão Coutinho Escobar Freitas Guerreiro Herrera Lobato Meireles Navarro Paredes Rebelo "
    "Sequeira Trindade"
)
_NORDIC_FIRST = _words(
    "Astrid Bjarne Camilla Dag Elin Frida Gunnar Håkon Inger Jörgen Kaisa Lasse Maja Nils Oskar Pernille "
    "Rasmus Sigrid Tuomas Ulf Vibeke Åse Øyvind Ylva Birgitte Eero Henrik Liv Mikkel Signe"
)
_NORDIC_LAST = _words(
    "Aaltonen Bergström Christoffersen Dahlberg Engebretsen Fjeldstad Grønvold Haugland Isaksson "
    "Jørgensen Kvamme Lindqvist Mäkinen Nygaard Ødegård Pettersson Rasmussen Sørensen Thorvaldsen Utne "
    "Virtanen Wikström Åkerlund Bakken Ekholm Frøyland Gustafsson Hedlund Kjeldsen Lundgren Myklebust "
    "Nordahl Ravnå Sandvik Tveit Vestergaard"
)
_POLISH_FIRST = _words(
    "Agnieszka Bartosz Celina Dariusz Eliška František Grażyna Halina Ireneusz Jadwiga Kateřina Łukasz "
    "Małgorzata Norbert Ondřej Paweł Radosław Stanisław Tereza Urszula Václav Wojciech Zbigniew Żaneta "
    "Bogna Dorota Jiří Krystyna Michał Zuzanna"
)
_POLISH_LAST = _words(
    "Adamczyk Błaszczyk Czerwiński Dvořák Filipek Gołębiowska Hájek Jabłoński Krzyżanowska Leśniak "
    "Majewski Novotný Ostrowska Pawlak Rutkowski Świderska Truszkowski Urbaniak Wieczorek Zawadzka "
    "Bednarz Čermák Domański Gajda Horák Jaworska Kubiak Łuczak Mazurek Olszewska Procházka Rybicki "
    "Sobczak Tkaczyk Wrona Źródłowska"
)

GERMANY_NORTH = Place("DE", "HH", "Europe/Berlin", _GERMAN_FIRST, _GERMAN_LAST)
GERMANY_SOUTH = Place("DE", "BW", "Europe/Berlin", _GERMAN_FIRST, _GERMAN_LAST)
AUSTRIA = Place("AT", "", "Europe/Vienna", _GERMAN_FIRST, _GERMAN_LAST)
BRITAIN = Place("GB", "ENG", "Europe/London", _BRITISH_FIRST, _BRITISH_LAST)
IRELAND = Place("IE", "", "Europe/Dublin", _BRITISH_FIRST, _BRITISH_LAST)
FRANCE = Place("FR", "", "Europe/Paris", _FRENCH_FIRST, _FRENCH_LAST)
PORTUGAL = Place("PT", "", "Europe/Lisbon", _PORTUGUESE_FIRST, _PORTUGUESE_LAST)
SPAIN = Place("ES", "", "Europe/Madrid", _PORTUGUESE_FIRST, _PORTUGUESE_LAST)
NORWAY = Place("NO", "", "Europe/Oslo", _NORDIC_FIRST, _NORDIC_LAST)
SWEDEN = Place("SE", "", "Europe/Stockholm", _NORDIC_FIRST, _NORDIC_LAST)
FINLAND = Place("FI", "", "Europe/Helsinki", _NORDIC_FIRST, _NORDIC_LAST)
POLAND = Place("PL", "", "Europe/Warsaw", _POLISH_FIRST, _POLISH_LAST)
CZECHIA = Place("CZ", "", "Europe/Prague", _POLISH_FIRST, _POLISH_LAST)

ACCOUNT_FAMILIES = _words(
    "Kessler Brandt Halden Lemaire Orsvik Valmora Tarnow Querin Bosmark Delvaux Fennick Grimsby Hollweg "
    "Isarn Jorvik Kaltenbrunn Lindhagen Morvan Nessler Oakhurst Pellworm Quintero Rosendal Stavik "
    "Trelawney Ulverston Vintra Westergren Yarrow Zielona Albrecht Bergamo Corvale Drachen Elbtal Falkner "
    "Garonne Hexham Ilmenau Jarosz Kvarner Lobau Meridan Norvik Osterholt Perigord Rhonen Silvas Tondela "
    "Umbria Vassmo Wolfram Zandvoort Aldersey Birkeland Castelo Donau Eskdale Fjordan Glarus Havel "
    "Ivarsen Jutland Krogen Lustenau Mosel Nidar Ombrone Pilica Rydal Saale Tejo Unstrut Vilaine Warta "
    "Ylven Zillert Amberg Brenta Cintra Duero Enns Firth"
)
ACCOUNT_TRADES = (
    "Automation",
    "Hydraulics",
    "Packaging",
    "Machine Tools",
    "Conveyors",
    "Foods",
    "Robotics",
    "Pumps",
    "Rail Systems",
    "Marine",
    "Paper",
    "Plastics",
    "Medical Devices",
    "Wind Power",
    "Chemicals",
    "Dairy Equipment",
    "Lifting",
    "Metalworks",
    "Glass",
    "Textile Machines",
    "Logistics",
    "Electronics",
    "Mining",
    "Water",
    "Agri Machines",
    "Printing",
    "Cold Storage",
    "Breweries",
    "Shipyards",
    "Semicon",
)
ACCOUNT_TOWNS = _words(
    "Aveiro Bremen Cork Dijon Esbjerg Freiburg Graz Hull Inverness Jena Kielce Lyon Malmo Narvik Oulu "
    "Porto Rouen Setubal Torun Ulm Vigo Wismar York Zwickau Aarau Bilbao Coventry Deventer Erfurt Ferrol "
    "Gdynia Hamar Ipswich Jihlava Kassel Lund Metz Nantes Opole Pau"
)
PRODUCT_LINES: dict[str, tuple[str, ...]] = {
    "Sensors": ("Proximity sensor PX", "Pressure sensor DR", "Encoder EN", "Light curtain LC"),
    "Pneumatics": ("Valve island VI", "Cylinder ZK", "Air preparation set AP", "Vacuum cup set VC"),
    "Drives": ("Servo drive SD", "Gear motor GM", "Frequency inverter FI", "Linear axis LA"),
    "Bearings": ("Ball bearing set BB", "Linear guide LG", "Spindle bearing SP", "Slewing ring SR"),
    "Connectors": ("Round connector M", "Cable assembly KA", "Field bus box FB", "Slip ring RG"),
    "Control": ("Safety relay SR", "Compact controller CC", "Operator panel OP", "Remote module RM"),
}
SUPPLIERS: tuple[tuple[str, str], ...] = (
    ("Tavric Sensors", "tavric.example"),
    ("Veltro Pneumatics", "veltro-pneumatics.example"),
    ("Kaizora Drives", "kaizora.example"),
    ("Brennholm Bearings", "brennholm.example"),
    ("Oxley Connect", "oxley-connect.example"),
)

_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "å": "a", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "æ": "ae", "đ": "d"}
)


def ascii_word(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens of a name, as in a mail address: Öztürk -> oeztuerk."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED)).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else "-" for letter in plain).strip("-")
