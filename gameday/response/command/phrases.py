"""How a simulated commander says things: several ways for each, short and without blame.

After PagerDuty's incident commander training: who leads says so, asks for CAN reports, names a time, asks for
objections instead of agreement, and thanks people. Owns words only.
"""

from __future__ import annotations

TAKES_COMMAND = (
    "This is {name}. I am incident commander. Tell me what you see; I keep hands off keyboards.",
    "{name} here, I have command. Repair and looks are yours; pages, customers and decisions come through me.",
    "Hi all, {name}. I am the incident commander from here on. Short answers are fine.",
)
TAKES_OVER = (
    "{name} here. Thanks for declaring, {before}; I have command from now on.",
    "This is {name}. I take command from {before}: you have your hands free for the system.",
    "{before}, thank you. I have command now. Stay with what you are looking at.",
)
IS_GIVEN = (
    "I have command. Tell me if I miss something.",
    "Understood: I am in command from here.",
)
STEPS_BACK = (
    "{name} has command. I stay in the channel.",
    "All right, {name} leads from here.",
)
GETS_ROLE = (
    "Got it, I am {role}.",
    "{role}: I take it.",
    "Will do. I am {role} from now on.",
)
ALL_GREEN = (
    "I see pages, and nothing on the wall that misses its objective. I do not declare yet; tell me what you see.",
    "The wall is green at the moment. If you see that customers are hurt, declare; I lead.",
)
DECLARES = (
    "I declare {severity}: {missing}.",
    "Nobody has declared yet, so I do: {severity}. {missing}.",
)
WANTS_CAN = (
    "CAN report, please: what do you see, what are you doing, what do you need? Two minutes.",
    "Give me a CAN report within two minutes: conditions, actions, needs.",
    "Where are we? Conditions, actions, needs, in two minutes.",
    "Time for a CAN report. Conditions, actions, needs; two minutes.",
)
MISSED_CAN = (
    "{name}, I still need your CAN report. One line each is enough.",
    "{name}, where are you with the report? Not knowing yet is an answer too.",
)
THANKS = (
    "Thanks, {name}. Next round in about four minutes.",
    "Good, thank you. Tell me at once if it changes.",
    "Understood. Go on.",
)
PAGES = (
    "I page {who}.",
    "You get {who}: I page now.",
)
PHONES = (
    "{who} has not come. I phone.",
    "No sign of {who}; I try the phone.",
)
IS_HERE = (
    "{who} is here already: ask, or delegate.",
    "{who} is in the channel. Ask directly.",
)
NOBODY_THERE = ("I know nobody of {who} whom I could page. Whom do you need by name?",)
NOTHING_WAITS = ("Nothing waits for my approval. Give the command, then I decide.",)
ANSWER_FIRST = ("I have a question about {ref} open with you. Answer that, and it can go.",)
DISPUTES_WORKS = (
    "You say {entry} works; the wall shows {share} of its requests failing or late. What do you see?",
    "I hear that {entry} is fine, and the wall says {share} bad. Which one is it?",
)
DISPUTES_FAILS = (
    "You say {entry} is hurt; on the wall it has been fine for a minute. What do you see that I do not?",
    "The wall shows {entry} within its objective for the last minute. Where do you see it fail?",
)
CLEARS_UP = ("Thanks, that helps.", "All right, understood.", "Good to know. Thank you.")
RAISES = ("I set it to {severity}: {missing}.", "It is wider than we thought: {severity}. {missing}.")
KEEPS = ("I keep it at {severity} for now: {missing}. If unsure, the higher one.",)
AGREES = ("{severity}, agreed.", "Fine with me: {severity}.")
SENDS_ON = (
    "Nobody has taken {ref}; I escalate it.",
    "{ref} is still open. I send it to the next level.",
)
ALL_PAGED = (
    "{ref} has reached the end of its policy. Whom else can we get? Name them in your needs, and I phone.",
    "Nobody of the policy took {ref}. Tell me who could help, and I ring them up.",
)
GLASS = (
    "I saw that you broke the glass for {command}. Leave a note why, and tell us when it is done.",
    "{ref} went past the guardrails. All right; please note the reason for later.",
)
LIAISON_DUE = (
    "{name}, customers hear from us by {due}. Are you on it?",
    "{name}, the next update is due at {due}.",
)
CLOSING = (
    "I see {hold} without a missed objective: {entries}. Anything against closing?",
    "{entries}: fine for {hold}, and no backlog. Objections to closing the incident?",
)
CLOSES = ("No objection heard. I close it. Thank you all.", "Then we are done here. Thanks, everybody.")
WAITS = ("Then we wait. I look again in two minutes.", "Understood, it stays open. I ask again in two minutes.")

ASKS_COST = ("What does it cost while it runs?", "Who feels it while {action} runs?")
ASKS_UNDO = ("How do we take it back if it does not help?", "If {action} makes it worse, what is the way back?")
ASKS_WHY = ("What tells you it is this?", "What did you see that {action} would mend?")
ASKS_AGAIN = (
    "I need a little more than that. {question}",
    "In a few words, please: {question}",
)
ASKS_STILL = ("{ref} waits for your answer, {name}. {question}",)
APPROVES = ("Go ahead with {ref}.", "{ref} is approved. Tell us when it is done.", "Approved: {action}.")
REFUSES = ("I do not approve {ref}: {reason}.",)
NO_ANSWER = "nobody can say yet what it does; ask again once you can"
