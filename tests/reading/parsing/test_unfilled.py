"""What of an empty plan nobody has filled in is told and not published, in a file of any kind."""

import pytest
from support.plan_readings import codes, read
from support.plan_texts import plan_with

from dcat_hk.core.wording.templates import load_template_texts


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_the_example_is_no_dataset(language):
    """It is told, and numbers go on from it; the same words in a longer name are a dataset."""
    name = load_template_texts()["example-name"][language]
    titles = (name, "空氣質素", f"{name}集")
    rows = "\n".join(f"{number}\t環境\t{title}\t讀數\t3/2024\t每月" for number, title in enumerate(titles, 1))
    reading = read(plan_with(rows=rows))
    assert [code for code in codes(reading) if code != "other-script"] == ["example-row"]
    assert [entry.number for entry in reading.require().entries] == [2, 3]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_a_prompt_is_no_name(language):
    """Where the name of the bureau belongs, what says so is no name."""
    prompt = load_template_texts()["bureau"][language]
    reading = read(plan_with(head=f"{prompt}\n2024-2026年度整合開放數據計劃"))
    assert codes(reading) == ["missing-bureau", "unfilled-field"]
    assert reading.require().bureau == ""
    assert reading.ledger.accounted["leftover"] == 0
