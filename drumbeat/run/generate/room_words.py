"""What is said in the made company's rooms."""

PREWORK = (
    "Numbers as of today are in the plan. Where I am stuck: the second visit at Halden.",
    "Two things: the price list, and who goes to the fair with me.",
    "A good week. I would like ten minutes on how to say no to a special price.",
    "My forecast is lower than last week; I want to go through the three largest deals.",
    "One rep asks for a change of area. I have an idea and need your view.",
    "Nothing burns. Let us talk about the coaching call from Tuesday.",
)
OF_MANAGER = (
    "send the revised price list for {customer}",
    "bring the account plan for {customer} to one page",
    "sit in on two first calls and write down one thing each",
    "agree the next step with the buyer at {customer}",
    "name the three deals that move into next quarter",
    "talk to the rep about the missing next steps",
)
OF_EXECUTIVE = (
    "call the managing director of {customer}",
    "clear the delivery date with operations",
    "join the visit at {customer}",
    "decide on the budget for the fair",
    "speak with finance about the payment terms",
)
OF_REP = (
    "send the minutes of the visit to {customer}",
    "get the delivery schedule signed",
    "ask {customer} who else decides",
)
CUSTOMERS = ("Brandt", "Halden", "Lemaire", "Arnholt", "Castaing", "Verhoeven")
MUST_WIN = (
    "the frame contract at {customer}",
    "a second supplier meeting at {customer}",
    "the sensor line at {customer}",
    "two first visits in the south",
)
HELP = ("a technical person for half a day", "your word with their purchasing", "", "", "a reference call")
SAID = (
    "Halden wants one more visit before deciding; the buyer has changed.",
    "The coaching call went well: questions first, the price last.",
    "Forecast is honest now; two deals move into next quarter.",
    "Agreed to let the rep lead the next meeting alone.",
    "The team needs the new price list before Friday.",
)
THANKS = (
    "for taking the difficult call at {customer} yourself",
    "for helping the new colleague through the first month",
    "for an honest forecast",
    "for the three clean account plans",
)
REASONS = ("the customer decided otherwise", "it no longer helps anybody", "done by somebody else")
SENTENCES = (
    "One hour more at customers, one meeting less inside.",
    "First visits first: the quarter is made now.",
    "Ask before you tell.",
    "Next steps that the customer agreed to, in every deal.",
)
ALONE = "I am not sure that the new area is right for me. Could we speak about it before the year ends?"
ON_THE_TABLE = ("Who goes to the fair", "A special price for Brandt: yes or no")
OWN_NOTE = "Ask about the coaching call first. Do not begin with the numbers."
MOVED = "Moved by a day: I am at a customer."
LEFT_OUT = "A supplier needs me on site."
