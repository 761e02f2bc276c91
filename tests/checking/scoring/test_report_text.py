"""The score as text: it fits a terminal and cannot command one."""

import re

import pytest
from support.scored_catalogues import LANGUAGES, WHOLE, scored

from dcat_hk.checking.scoring.assessment import Figure
from dcat_hk.checking.scoring.report_text import as_text, bar
from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue
from dcat_hk.core.text import width


def test_names_cannot_command_a_terminal(tmp_path):
    """Control characters in titles are not passed on to the terminal."""
    text = as_text(scored(tmp_path, WHOLE.replace("<b>D</b>", "\\u001b[31mred\\u009b")))
    assert "red" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_text_fits_and_tells(published, language):
    """The tables fit a terminal of 160 columns, name every organisation, and list all datasets when asked to."""
    assessment = score_catalogue([published], ScoringOptions(language=language, validated=False))
    text = as_text(assessment)
    assert max(map(width, text.splitlines())) <= 160
    assert len(as_text(assessment, every=True).splitlines()) > len(text.splitlines()) + 150
    one = score_catalogue([published], ScoringOptions(language=language, validated=False, dataset="hk-hhb-2uivbqgpbq"))
    assert "dcat:byteSize" in as_text(one)


def test_bars_stay_within_their_width():
    """A bar has its width also for points below zero, for nothing to be had, and for more than all."""
    assert bar(Figure(-10, 100, 0), 4) == "····"
    assert bar(Figure(5, 0, 0), 4) == "····"
    assert bar(Figure(120, 100, 30), 4) == "████"


def test_a_single_dataset_is_shown_by_its_losses(tmp_path):
    """Of one dataset the lost indicators are listed one by one; of several the datasets and the organisations."""
    one = as_text(scored(tmp_path, WHOLE.replace("dct:temporal :t ;", "")), width=160)
    assert "dct:temporal" in one
    assert "Organisation" not in one
    several = as_text(scored(tmp_path, WHOLE + ':e a dcat:Dataset ; dct:title "E"@en .'), width=160)
    assert "Organisation" in several
