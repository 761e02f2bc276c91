"""Arguments of Python programs are what they must be, or the error says what they may be."""

import io
import os

import pytest

import dcat_hk
from dcat_hk.build.arguments import checked_count, checked_path, read_open_file
from dcat_hk.core.settings import checked_base

#: What is no name of a file, no text, no number and no table.
STRANGE = [None, 1, 1.5, True, [], {}, (), object(), b"x", io.BytesIO(), int, print]
#: Texts that no file can be called.
IMPOSSIBLE = ["a\0b", "\ud800", "x" * 5000, "a line\n" * 1000]


@pytest.mark.parametrize("value", [value for value in STRANGE if value is not None])
def test_what_is_no_name_of_a_file_is_told_with_the_argument(value, tmp_path):
    """Wherever a file or folder is named, by an error of ours."""
    for call in (
        lambda: checked_path(value, "output"),
        lambda: dcat_hk.build("plan.txt", value),
        lambda: dcat_hk.open_catalogue(value),
        lambda: dcat_hk.read_many([value]),
        lambda: dcat_hk.read(b"A", decisions=value),
        lambda: dcat_hk.read(b"A", settings=[value]),
        lambda: dcat_hk.read(b"A", limits=[value]),
        lambda: dcat_hk.validate(tmp_path, profiles=value),
        lambda: dcat_hk.validate("<a:a> <a:b> 1 .", contexts=[value]),
    ):
        with pytest.raises(dcat_hk.UsageError):
            call()


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_name_that_no_file_can_have_is_told(name):
    """It is cut: a whole document may stand where a name is wanted."""
    for call in (dcat_hk.read, dcat_hk.read_many, dcat_hk.lint, dcat_hk.open_catalogue):
        with pytest.raises(dcat_hk.NotReadable, match="No file can have this name") as caught:
            call(name)
        assert len(caught.value.where) <= 80
    with pytest.raises(dcat_hk.NotReadable):
        dcat_hk.build("plan.txt", name)


def test_an_empty_name_is_not_the_working_directory(tmp_path, monkeypatch):
    """Wherever a file or folder is named; an empty folder of decisions or links is none, as in settings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text("a", encoding="utf-8")
    for call in (
        dcat_hk.read,
        dcat_hk.read_many,
        lambda name: dcat_hk.read_many(["plan.txt", name]),
        dcat_hk.lint,
        dcat_hk.open_catalogue,
        dcat_hk.validate,
        dcat_hk.score,
        lambda name: dcat_hk.build(name, "out"),
        lambda name: dcat_hk.build("plan.txt", name),
        lambda name: dcat_hk.build("plan.txt", "out", name),
        lambda name: dcat_hk.build("plan.txt", "out", cache=name),
        lambda name: dcat_hk.validate("<a:a> <a:b> 1 .", shapes=name),
    ):
        with pytest.raises(dcat_hk.UsageError, match="name of a file or folder is empty"):
            call("")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


@pytest.mark.parametrize("value", [b"bytes", io.BytesIO(b"bytes"), io.StringIO("text"), 3, None])
def test_what_is_one_document_is_not_taken_for_several_names(value):
    """Bytes can be gone through number by number, and files line by line."""
    for call in (dcat_hk.read_many, lambda value: dcat_hk.build(value, "output")):
        with pytest.raises(dcat_hk.UsageError, match="is not the name of a file or folder"):
            call(value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: dcat_hk.read_many("no", on_error="ignore"),
        lambda: dcat_hk.lint("no", least="all"),
        lambda: dcat_hk.validate("<a:a> <a:b> 1 .", engine="fast"),
        lambda: dcat_hk.validate("<a:a> <a:b> 1 .", fail_on="never"),
        lambda: dcat_hk.validate("<a:a> a <http://www.w3.org/ns/dcat#Dataset> .").to_format("xml"),
        lambda: dcat_hk.score("<a:a> a <http://www.w3.org/ns/dcat#Dataset> .").to_format("xml"),
        lambda: dcat_hk.open_catalogue("output").datasets(stage="Planned"),
        lambda: dcat_hk.open_catalogue("output").records(script="zh"),
        lambda: dcat_hk.open_catalogue("output").promises("2026-11", derived="no"),
    ],
)
def test_a_word_that_is_no_choice_is_told_with_the_choices(call):
    """It is not taken for one of them."""
    with pytest.raises(dcat_hk.UsageError, match=r"is not a value of .*Give one of"):
        call()


@pytest.mark.parametrize("value", [-1, "2", 1.5, True, [], object()])
def test_a_number_of_processes_is_a_whole_number_from_0_on(value):
    """A text that looks like one is told, too."""
    with pytest.raises(dcat_hk.UsageError, match="whole number from 0 on"):
        checked_count(value, "jobs")
    with pytest.raises(dcat_hk.UsageError):
        dcat_hk.read_many("no", jobs=value)


@pytest.mark.parametrize("value", [3, object(), [], b"x", None])
def test_a_text_that_is_none_is_told(value):
    """The name of a document, a language, a query, an IRI: it is no fault of the document."""
    catalogue = dcat_hk.open_catalogue("output")
    calls = [
        lambda: dcat_hk.validate("<a:a> <a:b> 1 .", lang=value),
        lambda: dcat_hk.score("<a:a> <a:b> 1 .", dataset=value),
        lambda: catalogue.query(value),
        lambda: catalogue.explain(value),
        lambda: catalogue.promises(value),
        lambda: catalogue.datasets(organisation=value),
    ]
    if value is not None:
        calls.append(lambda: dcat_hk.read(b"A", name=value))
    for call in calls:
        with pytest.raises(dcat_hk.UsageError):
            call()


def test_an_open_file_that_gives_no_bytes_is_told(tmp_path):
    """Text in another encoding, a closed file, one for writing, one that gives something else."""
    path = tmp_path / "plan.txt"
    path.write_bytes("計劃".encode("big5"))
    with path.open(encoding="utf-8") as file, pytest.raises(dcat_hk.UsageError, match=r"plan.txt: .*rb"):
        dcat_hk.read(file)
    with pytest.raises(dcat_hk.UsageError, match="closed file"):
        dcat_hk.validate(file)
    with path.open("wb") as file, pytest.raises(dcat_hk.DcatHkError):
        dcat_hk.read(file)

    class Numbers:
        """A file that gives a number."""

        def read(self):
            """Return it."""
            return 5

    with pytest.raises(dcat_hk.UsageError, match="gives int"):
        read_open_file(Numbers())


@pytest.mark.parametrize("iri", ["<x/>", "data.example", 3, "https://data.example/a b/"])
def test_a_base_iri_is_checked_as_settings_are(iri):
    """Before anything is read with it."""
    with pytest.raises(dcat_hk.UsageError):
        checked_base(iri)
    for check in (dcat_hk.validate, dcat_hk.score):
        with pytest.raises(dcat_hk.UsageError):
            check("<a:a> <a:b> 1 .", base_iri=iri)


def test_nothing_to_score_is_told():
    """An empty list."""
    with pytest.raises(dcat_hk.InputError):
        dcat_hk.score([])


def test_a_name_of_a_file_need_not_be_there(tmp_path):
    """Nor need its folder."""
    assert checked_path(tmp_path / "no" / "such", "output") == tmp_path / "no" / "such"
    assert checked_path(os.curdir, "output").is_dir()
