"""How colleagues talk: numbers for people, and several ways to say each thing, chosen by a keyed draw."""

from __future__ import annotations

from collections.abc import Mapping

from gameday.core.units import MICRO


def percent(share: float) -> str:
    """`42%`, with a decimal below ten: `4.2%`."""
    return f"{share:.0%}" if share >= 0.1 or share == 0.0 else f"{share:.1%}"


def rate(per_second: float) -> str:
    """`96/s`."""
    return f"{per_second:,.0f}/s" if per_second >= 10 else f"{per_second:.2g}/s"


def duration(seconds: float) -> str:
    """`47 ms`, `2.1 s`."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1.0 else f"{seconds:.2g} s"


def age(seconds: float) -> str:
    """`40 s`, `4 min`."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def about(micros: int) -> str:
    """About how long, for people: `10 s`, `40 s`, `2 min`."""
    seconds = max(-(-micros // MICRO), 1)
    return f"{-(-seconds // 10) * 10} s" if seconds < 90 else f"{-(-seconds // 60)} min"


PHRASES: Mapping[str, tuple[str, ...]] = {
    "on it": ("On it: {what}.", "Ok, {what}. Give me a moment.", "Looking: {what}.", "Sure, {what} it is."),
    "on it, due": (
        "On it: {what}. You hear from me by {due}.",
        "Ok, {what}, by {due}.",
        "{what}: you have it by {due}.",
    ),
    "busy": (
        "After {task}, in about {wait}.",
        "I am still at {task}; then yours, in about {wait}.",
        "Let me finish {task} first, about {wait}.",
    ),
    "already": ("Already on it.", "I have that from before, it comes.", "Yes, that is what I am at."),
    "vague": (
        "Which service, and what do you want to know?",
        "Happy to. What exactly: which service, and is it numbers, logs or changes you need?",
        "Can you be more precise? A service, and what you want to know about it.",
    ),
    "vague still": (
        "Not sure what you mean; I look at {what}.",
        "I take that as: look at {what}.",
        "Then I start with {what}.",
    ),
    "vague dropped": ("I leave it, then.", "No answer, so I go on with mine.", "Tell me when you know what you need."),
    "not mine, here": (
        "{subject} is not mine, it is {owner}'s. {who} is here, ask them.",
        "That is {owner}: {who} is here and knows {subject} far better.",
        "Better ask {who}, {subject} belongs to {owner}.",
    ),
    "not mine, look": (
        "{subject} is {owner}'s, and I do not know it. I can look, it takes me longer; I would page {who}.",
        "Not my service: {owner} has {subject} ({who}). I have a look meanwhile, slowly.",
        "I can look at {subject}, but it belongs to {owner}; page {who} to be sure.",
    ),
    "who": (
        "{subject} is {owner}'s: {who}.",
        "That is {owner}; {who} would know.",
        "{who}, {subject} belongs to {owner}.",
    ),
    "who none": ("No idea whose that is.", "Nobody owns that, as far as I know.", "I would not know."),
    "leads": (
        "I lead this one, so my hands are off: ask {who}.",
        "In command, I touch no keyboard. {who} could.",
        "Not me while I am in command; give it to {who}.",
    ),
    "not my trade": (
        "That is beyond me: ask somebody who runs one of the services.",
        "I run none of the services, so I would only guess.",
        "I would not know where to look. Ask an engineer.",
    ),
    "welcome": ("Any time.", "Sure.", "Thanks. Tell me what is next."),
    "eta busy": ("I am at {task}, about {wait} more.", "{task}: about {wait} to go.", "Another {wait}, for {task}."),
    "eta free": ("I am at nothing right now.", "Done with all I had. What is next?", "Nothing open on my side."),
    "not begun": (
        "Your time is up and I have not got to it: still at {task}.",
        "Nothing yet on yours, {task} took longer. It is next.",
        "Sorry, still at {task}; yours comes after.",
    ),
    "no access": ("I could not look at {what}.", "{what} did not open for me.", "No luck with {what}."),
    "sure": (
        "It is {component}, I am sure. {why}.",
        "Clear case: {component}. {why}.",
        "I would bet on it: {why}. {component}, no doubt.",
    ),
    "likely": (
        "I think it is {component}: {why}.",
        "My money is on {component}: {why}.",
        "Looks like {component} to me: {why}.",
    ),
    "unsure": ("Not sure, but: {why}.", "My best guess is {component}: {why}.", "I cannot prove it, but {why}."),
    "agrees": ("Same as {who} says.", "That fits what {who} suspects.", "{who} thinks so too."),
    "fine": (
        "From here it all looks fine: I would look elsewhere.",
        "Nothing wrong that I can see in {what}.",
        "All healthy here ({what}), so it is not that.",
    ),
    "not yours": (
        "{command}? {subject} belongs to {owner}: {who} should do that. Tell me again and I will.",
        "I would rather not touch {subject}, it is {owner}'s. Ask {who}, or insist.",
        "{subject} is {owner}'s. I do it if you say so again, but {who} knows it.",
    ),
    "will do": ("Doing it: {command}.", "Ok, {command}.", "{command}, on my way."),
    "will do, cost": (
        "{command}: mind that {cost}. Doing it.",
        "Ok, {command}. It costs: {cost}.",
        "Doing {command}; {cost}.",
    ),
    "refused": (
        "{command} does not go: {why}.",
        "I tried {command}, and was refused: {why}.",
        "No luck with {command}: {why}.",
    ),
    "waiting": ("{command}: {why}.", "{command} is in, {why}.", "I have asked for {command}: {why}."),
    "running": (
        "{command} still runs: {why}.",
        "Not through yet, {command}: {why}.",
        "{command} is under way, no end yet: {why}.",
    ),
    "done": ("{command} is through: {result}.", "Done, {command}: {result}.", "{command} finished: {result}."),
    "failed": ("{command} failed: {result}.", "{command} did not work: {result}.", "No luck with {command}: {result}."),
    "check helped": (
        "{command} was done {ago} ago, and that helped. {numbers}.",
        "That helped: {numbers}; {command} was done {ago} ago.",
        "{command}, done {ago} ago, did it: {numbers}.",
    ),
    "check better": (
        "{command} was done {ago} ago, and it is better. {numbers}.",
        "Better, not well yet: {numbers}; {command} was done {ago} ago.",
        "It gets better since {command}, done {ago} ago: {numbers}.",
    ),
    "check same": (
        "{command} was done {ago} ago, and it is no better. {numbers}.",
        "No better: {numbers}; {command} was done {ago} ago.",
        "{command} was done {ago} ago and I see no difference. {numbers}.",
    ),
    "check worse": (
        "{command} was done {ago} ago, and it is worse. {numbers}.",
        "Worse than before {command}, done {ago} ago: {numbers}.",
        "Mind that it got worse: {numbers}; {command} was done {ago} ago.",
    ),
    "check fine": (
        "{command} was done {ago} ago, and all is well, as it was before. {numbers}.",
        "All well {ago} after {command}, and it was before. {numbers}.",
        "{command} was done {ago} ago; fine before, fine now. {numbers}.",
    ),
    "check blind": (
        "{command} was done {ago} ago; whether it helped I cannot see. {numbers}.",
        "I cannot tell whether {command} helped, done {ago} ago: {numbers}.",
        "{ago} after {command} I see too little to say. {numbers}.",
    ),
    "joined alert": (
        "Here, I have the page. Looking at {what}.",
        "I am on. Starting with {what}.",
        "Got the page, looking at {what}.",
    ),
    "joined": (
        "I am here. What do you need?",
        "Joining. What can I do?",
        "Hi, just got your page. Where do you want me?",
    ),
    "joined awaited": (
        "I am here, and have seen what waits for me: {what}.",
        "Joining. Beginning with what you left me: {what}.",
        "Here. First what has waited: {what}.",
    ),
    "tired": (
        "I am getting slow, I have been at this for a while.",
        "Just so you know: I am tired, double-check what I do.",
        "I could use a relief soon, my head is full.",
    ),
    "shift soon": (
        "My shift ends in two minutes.",
        "Two minutes and I am off shift.",
        "Heads up: I go home in two minutes.",
    ),
    "relief paged": (
        "I have paged {relief} to take over.",
        "{relief} is paged for the hand-over.",
        "{relief} takes over, paged.",
    ),
    "relief here": ("{relief} takes over from me.", "{relief}, you have it from then on.", "I brief {relief} now."),
    "relief missing": (
        "{relief} is not here yet; what I know is in the channel.",
        "Nobody has taken over from me. Please mind that.",
        "I have to go and {relief} has not joined.",
    ),
}
"""What is said -> the ways to say it; one of them is drawn."""


def phrase(draw: float, what: str, /, **words: str) -> str:
    """One way to say it; `draw` in [0, 1) chooses. Names and commands keep their small letters."""
    ways = PHRASES[what]
    way = ways[int(draw * len(ways))]
    text = way.format(**words)
    return text[:1].upper() + text[1:] if way.startswith("{what}") else text
