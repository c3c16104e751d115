"""Another account of this computer: work done as `nobody`, because file permissions do not stop root."""

from __future__ import annotations

import os
import pickle
import sys
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

NOBODY = 65534


def need_root() -> None:
    """Skip a test that needs another account if that is not possible; if CI is set, fail it."""
    if os.geteuid() == 0:
        return
    if os.environ.get("CI"):
        pytest.fail("only root can become another account")
    pytest.skip("only root can become another account")


def as_nobody(work: Callable[[], T], umask: int = 0o022) -> T:
    """Do something in a separate process that is `nobody`; returns its answer, or raises its error here.

    Modules that the work needs must already be imported: `nobody` may not be able to read them.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from 3.12 on: the threads of xdist stay behind
        child = os.fork()
    if child == 0:
        os.close(reader)
        answer: tuple[bool, Any]
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.umask(umask)
            answer = (True, work())
        except BaseException as error:
            answer = (False, error)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
        sys.stdout.flush()
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        done, answer_or_error = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    if not done:
        raise answer_or_error
    return answer_or_error  # type: ignore[no-any-return]
