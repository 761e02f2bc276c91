"""Signals that ask a process to end."""

import os
import signal
import sys
import time

import pytest

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
        os.kill(os.getpid(), number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
    time.sleep(5)


def test_two_signals_at_once_are_one_end(monkeypatch):
    """Of the second, which has come before the first is answered, nothing is told."""
    told = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with pytest.raises(Ended), ending_on_signals():
        raise_together({signal.SIGHUP, signal.SIGTERM})
    assert not told
