"""Documents that are sent to be checked are read as by a command, in a program apart."""

import base64
import io
import json
import os
import zipfile

import pytest
from support.lighthouse_plans import as_consolidated
from support.word_and_web_files import as_word

from dcat_hk.build.uploads import check_upload
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.limits import Limits
from dcat_hk.core.processes import run_python

PLAN = as_consolidated("zh")


def test_the_table_and_its_findings_come_back():
    """Findings stand beside the rows that they are about, in three languages."""
    damaged = PLAN.replace("11/2022", "13/2022", 1)
    found = check_upload(damaged.encode(), "plan.txt", Limits())
    rows, entries = found["plan"]["rows"], found["plan"]["entries"]
    assert len(rows) == len(entries) > 10
    (finding,) = [one for one in found["findings"] if "13/2022" in one["message"]["en"]]
    assert [entries[number]["date_raw"] for number in finding["rows"]] == ["13/2022"]
    assert set(finding["message"]) == set(finding["where"]) == set(LANGUAGES)
    assert found["refusal"] is None


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (b"", {}, "The file is empty"),
        (b"Dear Sir", {}, "letter.txt"),
        (b"%PDF-1.7 broken", {}, "letter.txt"),
        (PLAN.encode(), {"lines": 3}, "more than 3 lines"),
        (PLAN.encode(), {"size": 10}, "letter.txt"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(data, limits, words):
    """In three languages, whatever it is."""
    found = check_upload(data, "letter.txt", Limits(**limits))
    assert (found["plan"], found["findings"], set(found["refusal"])) == (None, [], set(LANGUAGES))
    assert words in found["refusal"]["en"]


def test_a_document_comes_back_with_comments():
    """A Word file, in the language that is wanted; no file of another kind."""
    found = check_upload(as_word(PLAN.replace("11/2022", "13/2022", 1)), "plan.docx", Limits(), "en")
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(found["document"]))) as package:
        assert "13/2022" in package.read("word/comments.xml").decode()
    assert check_upload(as_word(PLAN), "plan.docx", Limits())["document"] == ""
    assert "plan.txt" in check_upload(PLAN.encode(), "plan.txt", Limits(), "en")["refusal"]["en"]


def test_it_is_a_program():
    """Bytes in, JSON out; nothing of the document is in the folder where it runs."""
    limits = json.dumps({"seconds": 60, "memory": 1_000_000_000})
    done = run_python("dcat_hk.build.uploads", str(os.getpid()), "plan.txt", limits, data=PLAN.encode())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plan"]["years"] == [2022, 2024]
