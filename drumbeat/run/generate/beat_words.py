"""What was said, asked and promised in the made company's meetings, by the manager's story. Pure."""

from dataclasses import dataclass

KEPT, DONE, OPEN, LATE, MOVED, WAITING, DROPPED = (
    *("kept", "done", "open", "late", "moved"),
    *("waiting", "dropped"),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise: ``mine`` is the executive's; due in working days after the meeting; what became of it."""

    mine: bool
    text: str
    due: int
    fate: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A one-to-one that was closed in its room: weeks before this one, pre-work, a note, what it left."""

    week: int
    prework: str
    note: str
    owed: tuple[Owed, ...]


TALKS: dict[str, tuple[Talk, ...]] = {
    "steady": (
        Talk(
            -3,
            "Mira wants to lead the Brandt visit alone. How much do I stay out of it?",
            "Ana sits at the back at Brandt and speaks once, at the end.",
            (Owed(False, "sit out the Brandt visit, then ask Mira first", 5, KEPT),),
        ),
        Talk(
            -1,
            "Brandt went well. Topic: who could take over the public sector accounts?",
            "Two names; ask both what they want before the next talk.",
            (
                Owed(False, "ask both candidates what they want next", 8, OPEN),
                Owed(True, "answer on the second application engineer", 3, LATE),
            ),
        ),
    ),
    "trouble": (
        Talk(
            -3,
            "Kessler: we lose them on delivery dates. I need an answer from operations.",
            "Start from the three open complaints; offer dates only that hold.",
            (
                Owed(False, "recovery offer for Kessler, with dates that hold", 8, LATE),
                Owed(True, "bring operations and Rahul to one table", 5, KEPT),
            ),
        ),
        Talk(
            -1,
            "I took the Kessler meeting over again when it became difficult.",
            "Count to ten before speaking; the rep tells how often it held.",
            (
                Owed(False, "pair with Joanna for the forecast day", 4, DONE),
                Owed(True, "headcount answer from finance", 5, WAITING),
            ),
        ),
    ),
    "growing": (
        Talk(
            -2,
            "Piotr is close to a first deal. He asks whether he may offer the frame contract.",
            "He may; Joanna reads it once and does not rewrite it.",
            (Owed(False, "read the frame contract once, without rewriting it", 3, KEPT),),
        ),
    ),
    "on_plan": (
        Talk(
            -2,
            "The new rep has no deal yet. What would be a fair first month?",
            "Three customers met, one need written down in their words.",
            (
                Owed(False, "first-month plan for the new rep", 6, MOVED),
                Owed(True, "two introductions at Lindqvist", 9, OPEN),
            ),
        ),
    ),
    "promoted": (
        Talk(
            -2,
            "I still close four deals myself. Which do I hand over first?",
            "The two smallest this month, each with a named rep.",
            (Owed(False, "hand two own deals to named reps", 7, DONE),),
        ),
        Talk(
            -1,
            "Handed one over. The other customer insists on me.",
            "Visit together once; the rep leads, Mateus introduces.",
            (Owed(False, "joint visit at the customer who insists", 6, OPEN),),
        ),
    ),
}

# The huddles, from six weeks ago on: the sentence for the week.
TONES = (
    "Show me the next step the customer agreed to, not the probability.",
    "One visit more than last week, each of us.",
    "Ask for the date, then be quiet.",
    "What we promise on Monday we deliver by Friday.",
    "Listen one minute longer than is comfortable.",
    "Numbers follow visits: who do we see this week?",
)
THIS_WEEK = "Finish what is open before we open something new."
# The must-win and the help that a manager needs, turned through the weeks.
MUST_WINS = (
    ("price agreement at Brandt", ""),
    ("first order from the new plant at Halden", "application engineer on Wednesday"),
    ("meeting with the buyer who has gone quiet", ""),
    ("renewal of the frame contract", "reference call by a colleague"),
    ("decision on the pilot", ""),
    ("delivery dates that hold for Kessler", "fifteen minutes with operations"),
    ("second contact at our largest customer", ""),
    ("answer to the rival’s offer", "what you heard of their prices"),
)
HUDDLE_OWED = (
    Owed(False, "reference customer for the renewal", 3, KEPT),
    Owed(False, "what the rival asks for the small series", 4, KEPT),
    Owed(True, "fifteen minutes with operations", 2, KEPT),
    Owed(False, "visit dates for December", 4, DROPPED),
    Owed(False, "names for the application training", 5, KEPT),
    Owed(False, "short list for the trade fair", 6, OPEN),
)
THANKS = (
    "You gave Mira the room at Brandt, and she used it.",
    "You called the customer before the complaint reached us.",
    "You told us a week early that the date would not hold.",
)
TOLD_ALONE = "I may lose a good rep to a competitor. I would like to talk before it is official."
TOMORROW = "At Kessler I want to be able to sit through the silence. And: the headcount question."
TOPIC = "How do I tell the team that two accounts change hands?"
SUPPLIER = "A supplier’s visit fell on the same hour."
TEAM_TONE = "One customer each whom we have not seen for a quarter."
