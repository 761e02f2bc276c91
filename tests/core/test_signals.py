"""Signals that ask a process to end."""

import os
import signal
import sys
import threading
import time
import weakref

import pytest

from dcat_hk.core import signals
from dcat_hk.core.signals import Ended, ending_on_signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_block_as_an_error_does(number):
    """What is begun is cleaned up; the exit code is that of a shell; the handler of before is back afterwards."""
    with pytest.raises(Ended) as ended, ending_on_signals():
        signal.raise_signal(number)
    assert (ended.value.code, ended.value.signal) == (128 + number, number.name)
    assert signal.getsignal(number) == signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_so():
    """As under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ending_on_signals():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def raise_together(numbers):
    """Send this process signals that come at once."""
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    for number in numbers:
        # Not the process: other threads of those who run tests would take them.
        signal.pthread_kill(threading.get_ident(), number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
    time.sleep(5)


def test_two_signals_at_once_are_one_end(monkeypatch):
    """Of the second, which has come before the first is answered, nothing is told."""
    told = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with pytest.raises(Ended), ending_on_signals():
        raise_together({signal.SIGHUP, signal.SIGTERM})
    assert not told


def test_the_key_and_a_signal_at_once_are_one_end():
    """Whichever is answered first, the other disturbs nothing."""
    with pytest.raises(Ended) as ended, ending_on_signals():
        raise_together({signal.SIGINT, signal.SIGTERM})
    assert ended.value.number in {signal.SIGINT, signal.SIGTERM}
    assert signal.getsignal(signal.SIGINT) == signal.default_int_handler


def test_an_end_that_python_drops_comes_again():
    """An exception in what is called when a value goes is lost: the signal is sent once more."""

    class Value:
        """Something that can go."""

    value = Value()
    kept = weakref.ref(value, lambda _value: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(Ended) as ended, ending_on_signals():  # noqa: PT012
        del value
        assert kept() is None
        time.sleep(20)
    assert ended.value.signal == "SIGTERM"


def test_an_error_that_follows_from_a_signal_is_its_end():
    """A library makes an error of its own from every exception; without a signal, errors stay what they are."""
    with pytest.raises(Ended), ending_on_signals():  # noqa: PT012
        try:
            signal.raise_signal(signal.SIGTERM)
        except BaseException as error:
            raise ImportError("initialization failed") from error
    with pytest.raises(ImportError), ending_on_signals():
        raise ImportError("no such module")


def test_a_second_signal_ends_what_does_not_end(monkeypatch):
    """Cleaning up is not disturbed, unless it takes longer than anybody waits."""
    codes = []
    monkeypatch.setattr(os, "_exit", codes.append)
    with pytest.raises(Ended), ending_on_signals():  # noqa: PT012
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            assert not codes
            monkeypatch.setattr(signals, "_PATIENCE", -1)
            signal.raise_signal(signal.SIGINT)
    assert codes == [130]
