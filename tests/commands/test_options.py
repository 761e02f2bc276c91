"""Options that commands share."""

import click
import pytest

from dcat_hk.commands.options import add_options, common_options, epilog, language_of, seconds_type
from dcat_hk.core.errors import UsageError


def test_help_lists_options_in_the_order_in_which_they_are_added():
    """The first option of the list is the first of the command."""

    @click.command()
    @add_options(click.option("--one"), click.option("--two"))
    @common_options
    def command(**_values):
        """Do nothing."""

    assert [option.name for option in command.params] == ["one", "two", "lang", "verbose", "quiet"]


def test_a_language_is_matched_or_refused():
    """A region stands for its script; a language without messages is refused with those there are."""
    assert [language_of(tag) for tag in ("zh-TW", "zh-CN", "en-GB")] == ["zh-Hant", "zh-Hans", "en"]
    with pytest.raises(UsageError, match="Choose one of en, zh-Hant, zh-Hans"):
        language_of("fr")
    with pytest.raises(UsageError):
        language_of("zh-HK", ["en"])


def test_every_example_has_its_line_before_the_exit_codes():
    """Examples are indented one below the other, and the exit codes are a paragraph of their own."""
    lines = epilog("dcat-hk one", "dcat-hk two").splitlines()
    assert lines[2:5] == ["  dcat-hk one", "  dcat-hk two", ""]
    assert any("5 store failure" in line for line in lines[5:])


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon"])
def test_seconds_are_more_than_none(value):
    """A time of zero, one without end, and what is no number are refused."""
    with pytest.raises(click.BadParameter):
        seconds_type.convert(value, None, None)
    assert seconds_type.convert("0.5", None, None) == 0.5
