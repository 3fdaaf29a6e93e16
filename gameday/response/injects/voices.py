"""How those from outside speak, each in several ways. Short, and about the matter: nobody is blamed."""

from __future__ import annotations

EXECUTIVES = ("Vera (chief executive)", "Magnus (chief operating officer)", "Ruth (finance)", "Anders (sales)")
JOURNALISTS = ("Nils, the Daily Wire", "Astrid, Tech Evening", "Ola, Radio Six")

ORDERS = (
    "We have talked enough. Do this now: {command}",
    "I have seen this before. {command}, please, and we are done",
    "No more analysis: {command}. I take the responsibility",
)
OBEYS = (
    "{who} wants {command}, and nobody has objected: I am doing it",
    "as {who} said: {command}. Starting now",
    "doing {command} then",
)
DONE_ALREADY = (
    "{command} is already done, nothing to do: {why}",
    "no need for {command} any more, {who}: {why}",
    "{who} wants {command}, and that is taken care of: {why}. I leave it",
)
HELD = ("Fine. You lead. I want to hear how it ends", "All right, your call", "Understood, I leave it with you")
DEMORALISES = (
    "How hard can this be? Let us have this fixed within ten minutes",
    "I really had expected more of us. Everybody is watching, you know",
    "We lose customers by the minute while you look at graphs. Faster, please",
)
BACKS_DOWN = ("Point taken. I will be quiet", "You are right. Carry on", "Sorry, it was meant as encouragement")
WANTS_TO_KNOW = (
    "What is going on? I have a customer on the phone and know nothing",
    "I hear that something is down. What do our customers notice?",
    "The board asks me what is broken and for whom. What do I tell them?",
)
ASKS_AGAIN = (
    "I still do not know what is broken and for whom",
    "Once more: what do customers notice?",
    "I am still waiting. What works, what does not?",
)
NOT_ENOUGH = (
    "That does not tell me what customers notice",
    "I meant: what does not work, and for whom? I will come back",
    "Thanks, but I cannot pass that on to customers",
)
THANKS = ("Thank you, that is all I needed", "Good, that I can pass on. Thanks", "Thanks. I leave you to it")
DISPUTES = (
    "Is this really {severity}? To me it looks smaller. Can we lower it?",
    "{severity} sounds dramatic. A few slow pages, is it not? I would take it down a step",
    "{severity} means that I have to call the board. Please make it a lower one",
)
DOUBTS = (
    "Is this an incident at all? I hear of one, and see none",
    "Somebody speaks of an outage. Nobody has declared one, so it is small, is it not?",
)
ACCEPTS = ("All right, {severity} it is", "Then {severity}. Thank you", "Understood: {severity}")

PRESS = (
    "Our readers write that your service is down. What is wrong, who is at fault, and when is it back?",
    "I am writing about your outage now. When will it be fixed? Can you rule out that it is your own doing?",
    "We go on air in a few minutes. What has happened, and for how much longer?",
)
QUOTES = ("Thank you. I will quote you on that", "Good, that goes into the piece, word for word")
GOES = ("Thanks, I will talk to them", "Fine, I will take it from there")
REPORTED = (
    "We have gone ahead without a comment of yours",
    "Our piece is out: “the company did not answer our questions”",
)
