"""Why something did not work, as a sentence in the house's language that says what to do."""

from __future__ import annotations

from caller.steps import Step
from caller.words import Words
from shared.errors import AnkommenError, Unavailable

_SENTENCES = {
    "nobody_waits": "Nobody waits for this desk now.",
    "desk_busy": "Somebody is still at your desk. Finish first.",
    "desk_closed": "Your desk is closed. Open it first.",
    "desk_taken": "Your desk is open already.",
    "wrong_state": "Somebody was faster. Look at what is shown now, then go on.",
    "request_reused": "Somebody was faster. Look at what is shown now, then go on.",
    "visit_busy": "This number is waiting or being served at another desk now.",
    "undo_expired": "The last step can no longer be undone.",
    "suspended": "Nobody is called at the moment. It goes on when reception says so.",
    "unknown_number": "There is no such number today.",
    "other_day": "This number was for another day. Please send the visitor to reception.",
    "unknown_desk": "The plan of the centre has no such desk any more. Please ask whoever looks after the program.",
    "closed": "No numbers are given at this hour. ({detail})",
    "quota": "All visits of today for this service are given away. ({detail})",
    "database": "The database does not answer. It goes on by itself. ({detail})",
}
_ANY = "This does not work now. ({detail})"


def refusal(words: Words, error: AnkommenError, step: Step | None = None) -> str:
    """The sentence for an error; a step may have its own sentences for its refusals."""
    own = dict(step.sentences) if step else {}
    sentence = own.get(error.key) or _SENTENCES.get(error.key)
    if sentence is None and isinstance(error, Unavailable):
        sentence = _SENTENCES["database"]
    return words.say(sentence or _ANY, detail=error.message)
