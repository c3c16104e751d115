"""No URL that is shown reveals a password, however wrong it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.shown_url import shown

SECRET = "geheim7"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://ankommen@db.example:5432/leipzig", "postgresql+psycopg://***@db.example:5432/leipzig"),
        (f"postgresql//u:{SECRET}@h/db", "postgresql//***@h/db"),
        (f"postgresql:/u:{SECRET}@h/db", "***@h/db"),
        (f"postgresql://u:{SECRET}/db", "postgresql://u:***/db"),
        (f"postgresql://u:p@{SECRET}@h/db", "postgresql://***@h/db"),
        (f"postgresql://h/db?password={SECRET}&sslmode=require", "postgresql://h/db?***"),
        (f"postgresql://h/db?password=p@{SECRET}", "postgresql://***"),
        (f"postgresql://h/db?{SECRET}", "postgresql://h/db?***"),
        (f"host=h password={SECRET}", "host=*** password=***"),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db"),
        ("sqlite:////srv/a@b#1.sqlite", "sqlite:////srv/a@b#1.sqlite"),
        (f"sqlite:///a?key={SECRET}", "sqlite:///a?***"),
        ("tcp://192.0.2.1:9100", "tcp://192.0.2.1:9100"),
        ("none", "none"),
    ],
)
def test_case_19_a_url_is_shown_without_user_password_and_options(url: str, told: str) -> None:
    assert shown(url) == told


_WORD = st.text("abz09%", max_size=3)
_MARK = st.sampled_from(["", "@", "@@", ":", "/", "//", "?", "#", "&", "=", " "])
_PASSWORD = st.tuples(_WORD, _MARK, st.just(SECRET), _MARK, _WORD).map("".join)


@given(
    st.sampled_from(["postgresql://", "postgresql+psycopg://", "postgres//", "mysql://", "postgresql:", ""]),
    st.text("abz", min_size=1, max_size=3),
    _PASSWORD,
    st.sampled_from(["h/db", "h:5432/db", "/db?host=/run", "h/db?sslmode=require"]),
)
def test_case_19_a_password_before_the_host_is_hidden_whatever_is_in_it(
    scheme: str, user: str, password: str, rest: str
) -> None:
    assert SECRET not in shown(f"{scheme}{user}:{password}@{rest}")


@given(st.sampled_from(["postgresql://h/db", "postgresql:///db", "postgresql//h", "h", "tcp://h:1"]), _WORD, _PASSWORD)
def test_case_19_whatever_follows_the_question_mark_is_hidden(place: str, name: str, value: str) -> None:
    assert SECRET not in shown(f"{place}?{name}={value}")
