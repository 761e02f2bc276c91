"""Text on a layer that is off is hidden."""

import zlib

import pytest
from support.pdf_files import file_of, marked, text

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf.layers import hidden_layers_of

OFF = "/OCProperties << /OCGs [4 0 R 5 0 R] /D << /OFF [5 0 R] >> >>"


def layered(properties=OFF, names=("(Text)", "(Old text)")):
    """Return a PDF with a line on no layer and one on each of two."""
    commands = text(50, 300, "A. Datasets") + "".join(
        f"/OC /L{number} BDC\n{text(50, y, words)}EMC\n"
        for number, y, words in [(4, 200, "shown"), (5, 100, "withdrawn")]
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    resources = "/Resources << /Font << /F 6 0 R >> /Properties << /L4 4 0 R /L5 5 0 R >> >>"
    return file_of(
        [
            f"<< /Type /Catalog /Pages 2 0 R {properties} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 400] >>",
            f"<< /Type /Page /Parent 2 0 R /Contents 7 0 R {resources} >>",
            *(f"<< /Type /OCG /Name {name} >>" for name in names),
            font,
            f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream",
        ]
    )


@pytest.mark.parametrize(
    "names",
    [("(Text)", "(Old text)"), ("(Text)", "(Old \\(text\\))"), ("(Text)", "<FEFF820A>"), ("(Text)", "<4f6c64>")],
)
def test_text_on_a_layer_that_is_off_is_hidden(names):
    """However its name is written; text on other layers is seen."""
    assert marked(read_bytes(layered(names=names), "plan.pdf")) == [("hidden", "withdrawn")]


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ("/OCProperties << /OCGs [4 0 R 5 0 R] /D << /ON [4 0 R 5 0 R] >> >>", ("(Text)", "(Old text)")),
        ("/OCProperties << /OCGs [4 0 R 5 0 R] /D << /OFF [] >> >>", ("(Text)", "(Old text)")),
        (OFF, ("(Same)", "(Same)")),
        ("", ("(Text)", "(Old text)")),
    ],
    ids=["on", "none-off", "same-name", "no-layers"],
)
def test_other_layers_are_seen(properties, names):
    """Also one that cannot be told from a layer that is on."""
    assert marked(read_bytes(layered(properties, names), "plan.pdf")) == []


def test_layers_are_found_in_compressed_objects():
    """A file may keep its catalogue and its layers in a stream of objects; a broken stream gives nothing."""
    bodies = [f"<< /Type /Catalog {OFF} >>", "<< /Type /OCG /Name (Text) >>", "<< /Type /OCG /Name (Old) >>"]
    places = [sum(len(body) + 1 for body in bodies[:number]) for number in range(3)]
    head = " ".join(f"{number} {place}" for number, place in zip((1, 4, 5), places, strict=True)) + "\n"
    packed = zlib.compress((head + "\n".join(bodies)).encode())
    start = f"9 0 obj\n<< /Type /ObjStm /N 3 /First {len(head)} /Length {len(packed)} >>\nstream\n".encode()
    assert hidden_layers_of(start + packed + b"\nendstream\nendobj") == {"Old"}
    assert hidden_layers_of(start + b"nothing packed") == frozenset()
