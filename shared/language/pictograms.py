"""The pictograms that plans and the program name, and where each one stands in the font `Pictograms.ttf`.

A pictogram is the same on paper, kiosk and screen, so whoever has it on a ticket finds it again. The names say what
one sees or what it stands for. None is bound to a culture: no mortarboard, no temple of a bank, no animal.
`scripts/fonts` builds the font and must have a drawing for each name.
"""

from __future__ import annotations

_CONCERNS = (
    "address", "fingerprint", "camera", "id_card", "passport", "document", "letter", "money", "bank_card", "doctor",
    "syringe", "bed", "key", "briefcase", "tools", "stroller", "toys", "backpack", "book", "textbook",
    "question_bubble", "question_mark", "conversation", "helping_hand", "handshake", "waving_hand", "hand_over",
    "calendar", "clothes", "food", "luggage", "bus", "phone",
)  # fmt: skip
_PEOPLE_AND_NEEDS = (
    "person", "two_persons", "group", "family", "child", "baby", "pregnant", "elderly", "wheelchair", "hearing",
    "blind", "sign_language", "silence", "more_time", "guide", "interpreter", "raised_hand",
)  # fmt: skip
_HOUSE = ("reception", "seat", "door", "stairs", "lift", "toilet", "warning", "fire")
_WAYS = (
    "back", "forward", "home", "help", "repeat", "sound", "more", "cancel", "done", "pause", "language", "printer",
    "scanner",
)  # fmt: skip

PICTOGRAMS: dict[str, str] = {
    name: chr(0xE000 + position) for position, name in enumerate(_CONCERNS + _PEOPLE_AND_NEEDS + _HOUSE + _WAYS)
}
"""The letter of each pictogram, in the private use area of Unicode: U+E000 and on."""
TURNED = frozenset({"back", "forward", "guide", "help", "question_bubble", "question_mark"})
"""What points where reading goes: mirrored in languages that are written from right to left."""
