"""What a visitor hears at one step: everything that the step shows, in short utterances. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kiosk.moves import Act, Step, Touch
from kiosk.offer import Choice, Offer
from kiosk.steps import guide
from kiosk.steps.language import heard_first
from kiosk.steps.ticket import Shown, words
from kiosk.utterances import said
from kiosk.way import Way
from shared.language import LANGUAGES, Language, language
from shared.model import spaced
from voice.sentence import Spoken

SILENT_STEPS = (Step.PIN, Step.STAFF)
"""Steps of the staff, of which nothing is spoken."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose, and how it is named."""

    touch: Touch
    words: tuple[str, ...]
    """Its name, its state and its sentence."""
    spoken: tuple[Spoken, ...]
    """The same, and its place among all of them."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is heard at a step: first its title, then one item after the other, each when it is asked for."""

    title: tuple[Spoken, ...]
    items: tuple[Item, ...] = ()
    tone: bool = False
    """Whether a tone asks for attention first."""


def spoken(way: Way, offer: Offer, shown: Shown | None) -> Page:
    """The page of a step; `shown` is the number on the screen."""
    if way.shown in SILENT_STEPS:
        return Page(())
    title = (*_title(way, offer, shown), *_of_staff(way, offer))
    choices = _choices(way, offer)
    items = [_item(way, named, number, len(choices)) for number, named in enumerate(choices, 1)]
    return Page(tuple(title), tuple(items), tone=way.asking)


# ---- titles


def _title(way: Way, offer: Offer, shown: Shown | None) -> list[Spoken]:
    say = offer.say
    if way.asking:
        return said(say, offer.word)
    if way.shown is Step.LANGUAGE:
        return _first(way)
    if offer.everybody is not None:
        return [part for each in _voices(way) for part in said(each, offer.everybody(each))]
    if way.shown is Step.TICKET:
        return said(say, *_number(say, shown))
    if way.shown is Step.GUIDE:
        return _guide(way, say)
    if not say.voice:
        return [part for each in _voices(way)[:2] for part in said(each, *_voiceless(each))]
    about = (offer.summary.about.title, offer.summary.about.sentence) if offer.summary else ()
    keys = (_keys(say, way),) if way.shown is Step.ALOUD else ()
    visit = (offer.head.code, *offer.head.lines) if offer.head else ()
    return said(say, *visit, offer.question, *about, offer.word, *keys)


def _first(way: Way) -> list[Spoken]:
    """The first question in all languages; how to go on in the house's and in English."""
    heard = []
    for number, say in enumerate(_voices(way)):
        keys = (_keys(say, way),) if number < 2 else ()
        heard += said(say, say.text("Please choose your language."), *keys)
    return heard


def _keys(say: Language, way: Way) -> str:
    if not way.aloud.corners:
        return say.text("The keys: next, choose, repeat, volume.")
    corners = say.text("Touch the corners of the screen.")
    below = say.text("Bottom right: next. Bottom left: choose.")
    return f"{corners} {below} {say.text('Top left: repeat. Top right: volume.')}"


def _voiceless(say: Language) -> tuple[str, str]:
    """What is said instead, in the house's language and in English, to who reads a language that nothing can speak."""
    why = say.text("This kiosk has no voice for your language.")
    return why, say.text("Please go to reception. Somebody there speaks with you.")


def _guide(way: Way, say: Language) -> list[Spoken]:
    """Where to wait, in the language that is read, or in two where none is chosen or none is spoken."""
    speaks = way.wish.speaks
    mute = not say.voice or (speaks in LANGUAGES and not language(speaks).voice)
    heard = [say] if say.voice and way.wish.language and not speaks else _voices(way)[:2]
    return [part for each in heard for part in said(each, *_voiceless(each)[: int(mute)], guide.told(way, each))]


def _number(say: Language, shown: Shown | None) -> list[str]:
    """All that the number shows, and where the way leads after it."""
    if shown is None:
        return [say.text("One moment, please.")]
    told = words(shown)
    number = f"{told.intro}: {spaced(shown.ticket.code)}."
    after = say.text("After that: {services}.", services=told.after.replace(" · ", ", ")) if told.after else ""
    code = say.text("Beside it is a code for phones.") if shown.plan.qr_text(shown.ticket.token) else ""
    return [number, told.where, told.then, told.place, told.wait, after, code, told.paper]


def _of_staff(way: Way, offer: Offer) -> list[Spoken]:
    return said(language(way.plan.site.language), offer.staff)


def _voices(way: Way) -> list[Language]:
    return [say for tag in heard_first(way) if (say := language(tag)).voice]


# ---- items


@dataclass(frozen=True, slots=True)
class _Named:
    """A choice, and how it is named in a language."""

    choice: Choice
    say: Language
    words: Sequence[str]


def _choices(way: Way, offer: Offer) -> list[_Named]:
    """What most visitors choose first, then the rest of the step, then what is offered at every step."""
    say = offer.say
    found = [_Named(offer.forward, say, _words(offer.forward, way))] if offer.forward else []
    found += [_Named(choice, _language_of(way, choice, say), _words(choice, way)) for choice in offer.tiles]
    if offer.summary is not None:
        more, less = say.text("One more"), say.text("One less")
        for counter in offer.summary.counters:
            count = f"{counter.who.title}: {counter.count}"
            changes = (counter.more, more), (counter.less, less)
            found += [_Named(choice, say, (count, change)) for choice, change in changes if choice]
        found += [_Named(extra, say, _words(extra, way)) for extra in offer.summary.extras]
    rest = (offer.stay, offer.back, *offer.ways)
    found += [_Named(choice, say, _words(choice, way)) for choice in rest if choice is not None]
    return _once(named for named in found if named.say.voice)


def _once(found: Iterable[_Named]) -> list[_Named]:
    """What can be done in two places is named once, with the words of both."""
    once: dict[tuple[Act, str], _Named] = {}
    for named in found:
        key = named.choice.act, named.choice.key
        once[key] = replace(once[key], words=(*once[key].words, *named.words)) if key in once else named
    return list(once.values())


def _language_of(way: Way, choice: Choice, say: Language) -> Language:
    """Languages name themselves."""
    return language(choice.key) if way.shown in (Step.LANGUAGE, Step.REREAD) and choice.key else say


def _words(choice: Choice, way: Way) -> tuple[str, ...]:
    title = f"{choice.title}: {way.aloud.speed}" if choice.act is Act.SPEED else choice.title
    return title, choice.sentence


def _item(way: Way, named: _Named, number: int, count: int) -> Item:
    title, *more = named.words
    where = named.say.text("{number} of {count}", number=number, count=count)
    touch = way.touch(named.choice.act, named.choice.key)
    spoken = said(named.say, title, where)
    for text in more:
        spoken += _languages(way, named.say, text) if _names_languages(way, touch) else said(named.say, text)
    return Item(touch, tuple(named.words), tuple(spoken))


def _names_languages(way: Way, touch: Touch) -> bool:
    """Whether it leads to the next page of languages, and names some of them."""
    return touch.act is Act.MORE and way.shown in (Step.LANGUAGE, Step.REREAD)


def _languages(way: Way, say: Language, text: str) -> list[Spoken]:
    """Each language by its own name in its own voice, as far as it has one."""
    voices = {each.autonym: each for each in _voices(way)}
    return [part for name in text.split(" · ") for part in said(voices.get(name, say), name)]


def volume(way: Way) -> list[Spoken]:
    """The volume, in words."""
    say = language(way.reads)
    heard = say if say.voice else language("en")
    return said(heard, heard.text("Volume {number}", number=way.aloud.volume))
