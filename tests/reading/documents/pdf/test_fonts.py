"""Where a PDF does not embed its fonts, characters are where the file says, whatever fonts the machine has."""

import json
import os
import shutil
import struct
import subprocess
import sys

import pytest
from support.paths import ROOT, TESTS
from support.pdf_boxes import boxes
from support.pdf_files import file_of, grid, lines

WORDS = "數據集 AB"

#: Widths of A, B and C that no font has.
WIDTHS = "/FirstChar 65 /LastChar 67 /Widths [310 720 1234]"


# ---- PDF files that embed no font


def page(commands, *fonts):
    """Return a PDF with one page; the first font is F, the others are what it refers to, from object 6 on."""
    resources = "<< /Font << /F 5 0 R >> >>"
    return file_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 400] >>",
            f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources {resources} >>",
            stream(commands),
            *fonts,
        ]
    )


def stream(content):
    """Return a stream."""
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def show(*pieces, matrix="1 0 0 1", size=10):
    """Return the commands that show texts in hexadecimal, each at its place."""
    return f"BT /F {size} Tf\n" + "".join(f"{matrix} {x} {y} Tm <{code}> Tj\n" for x, y, code in pieces) + "ET\n"


def simple(name, kind="Type1", more="", *others):
    """Return a font with one byte for a character."""
    return [f"<< /Type /Font /Subtype /{kind} /BaseFont /{name} /Encoding /WinAnsiEncoding {more} >>", *others]


def composite(name, cmap, ordering, widths, *others, more=""):
    """Return a font with several bytes for a character; its descendant is object 6."""
    system = f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >>"
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{cmap} /DescendantFonts [6 0 R] {more} >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} {system} {widths} >>",
        *others,
    ]


def unicode_of(first, words):
    """Return a map from codes of two bytes, from the first on, to characters."""
    pairs = "".join(f"<{first + i:04X}> <{ord(c):04X}>\n" for i, c in enumerate(words))
    return stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(words)} beginbfchar\n{pairs}endbfchar\n"
        "endcmap end end"
    )


CHARACTER_DRAWING = "1000 0 0 0 750 750 d1 0 0 750 750 re f"
TYPE_3 = [
    (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] "
        "/CharProcs << /A 6 0 R /B 6 0 R >> /Encoding << /Type /Encoding /Differences [65 /A /B] >> "
        "/FirstChar 65 /LastChar 66 /Widths [900 1100] >>"
    ),
    stream(CHARACTER_DRAWING),
]
DESCRIPTOR = "<< /Type /FontDescriptor /FontName /Body /Flags 32 /MissingWidth 420 >>"
#: The numbers of the space, A and B in the font's collection; those that Big5 leads to are half as wide.
TAIWANESE = "/DW 900 /W [1 [250] 34 35 480 13648 [260] 13681 13682 490]"

FONTS = {
    "standard": simple("Helvetica"),
    "standard-with-widths": simple("Helvetica-Oblique", "Type1", WIDTHS),
    "alias-of-standard": simple("Arial", "TrueType"),
    "truetype": simple("Calibri", "TrueType", WIDTHS),
    "missing-width": simple("Body", "TrueType", f"{WIDTHS} /FontDescriptor 6 0 R", DESCRIPTOR),
    "type-3": TYPE_3,
    "unicode": composite("MSung-Light", "UniCNS-UCS2-H", "CNS1", TAIWANESE),
    "no-widths": composite("STSong-Light", "UniGB-UCS2-H", "GB1", ""),
    "big5": composite("Ming", "ETen-B5-H", "CNS1", TAIWANESE),
    "identity": composite(
        "Kai",
        "Identity-H",
        "Identity",
        "/DW 1000 /W [703 [250 333 444]]",
        unicode_of(700, WORDS),
        more="/ToUnicode 7 0 R",
    ),
}
_IDENTITY = "".join(f"{700 + index:04X}" for index in range(len(WORDS)))
#: The text each font shows, as codes, and the widths that the file or the standard's metrics state.
SHOWN = {
    "standard": ("414243", "ABC", (667, 667, 722)),
    "standard-with-widths": ("414243", "ABC", (310, 720, 1234)),
    "alias-of-standard": ("414243", "ABC", (667, 667, 722)),
    "truetype": ("414243", "ABC", (310, 720, 1234)),
    "missing-width": ("414458", "ADX", (310, 420, 420)),
    "type-3": ("4142", "AB", (900, 1100)),
    "unicode": (WORDS.encode("utf-16-be").hex(), WORDS, (900, 900, 900, 250, 480, 480)),
    "no-widths": ("6570636E".lower(), "数据", (1000, 1000)),
    "big5": (WORDS.encode("big5").hex(), WORDS, (900, 900, 900, 260, 490, 490)),
    "identity": (_IDENTITY, WORDS, (1000, 1000, 1000, 250, 333, 444)),
}


def expected(words, widths, start, size):
    """Return the edges that characters have by their widths."""
    edges = []
    for character, width in zip(words, widths, strict=True):
        end = start + width * size / 1000
        if character != " ":
            edges.append((character, pytest.approx(start, abs=0.02), pytest.approx(end, abs=0.02)))
        start = end
    return edges


# ---- boxes by the stated widths


@pytest.mark.parametrize("name", FONTS)
def test_characters_are_as_wide_as_the_file_states(name):
    """Each character begins where the one before ends, by the stated widths or the standard's metrics."""
    codes, words, widths = SHOWN[name]
    assert boxes(page(show((50, 300, codes)), *FONTS[name])) == expected(words, widths, 50, 10)


@pytest.mark.parametrize(
    ("matrix", "start", "size"),
    [("0 1 -1 0", 300, 10), ("-1 0 0 -1", -50, 10), ("0 -1 1 0", -300, 10), ("2 0 0 1", 50, 20), ("0 2 -1 0", 300, 20)],
    ids=["90", "180", "270", "wide", "wide-90"],
)
@pytest.mark.parametrize("name", [name for name in FONTS if name != "type-3"])
def test_turned_and_stretched_characters_are_as_wide_as_the_file_states(name, matrix, start, size):
    """The widths hold along the text, whichever way it runs and however it is stretched."""
    codes, words, widths = SHOWN[name]
    commands = show((50, 300, codes), matrix=matrix)
    found = boxes(page(commands, *FONTS[name]))
    assert found == expected(words, widths, start, size)


# ---- machines with other fonts


def font_file(name):
    """Return a TrueType font of a name, in which each character is three times as wide as high."""
    box = struct.pack(">5h2H4B8h", 1, 0, 0, 3000, 900, 3, 0, 1, 1, 1, 1, 0, 3000, 0, -3000, 0, 0, 900, 0)
    names = name.encode("utf-16-be"), "Regular".encode("utf-16-be"), name.encode("latin-1"), b"Regular"
    storage, records = b"", b""
    for platform, encoding, language, kind, value in (
        (1, 0, 0, 1, names[2]),
        (1, 0, 0, 2, names[3]),
        (3, 1, 0x409, 1, names[0]),
        (3, 1, 0x409, 2, names[1]),
    ):
        records += struct.pack(">6H", platform, encoding, language, kind, len(value), len(storage))
        storage += value
    every_code_page = struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF)
    tables = {
        b"OS/2": struct.pack(">H", 1) + bytes(76) + every_code_page,
        b"cmap": struct.pack(">4HI2H6I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0, 0x10FFFF, 1),
        b"glyf": box * 2,
        b"head": struct.pack(">4I2H2q4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 3000, 900, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 900, 0, 0, 3000, 0, 0, 3000, *[0] * 8, 1),
        b"hmtx": struct.pack(">Hhh", 3000, 0, 0),
        b"loca": struct.pack(">3I", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": struct.pack(">3H", 0, 4, 6 + len(records)) + records + storage,
    }
    directory, body = struct.pack(">I4H", 0x10000, len(tables), 128, 3, 16), b""
    for tag, table in tables.items():
        directory += struct.pack(">4s3I", tag, 0, 12 + 16 * len(tables) + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


#: The package of this clone is read, whatever is installed.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
#: Hides the machine's fonts in a mount namespace of its own, and puts those of a folder in their place.
HIDE = """
for folder in /usr/share/fonts /usr/share/X11; do
    [ ! -d $folder ] || mount -t tmpfs none $folder
done
mount -t tmpfs none /usr/local/share
mkdir /usr/local/share/fonts
cp "$1"/*.ttf /usr/local/share/fonts 2>/dev/null || true
shift
exec "$@"
"""


def run_with_fonts(folder, *command):
    """Run a command that sees only the fonts in a folder; skip the test where that is not permitted."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    possible = shutil.which("unshare") and not subprocess.run([*unshare, "true"], capture_output=True).returncode
    if not possible:
        if os.environ.get("CI") == "true":
            pytest.fail("mount namespaces are not permitted: CI must have them")
        pytest.skip("mount namespaces are not permitted here")
    wrapped = [*unshare, "sh", "-ec", HIDE, "sh", folder, *command]
    done = subprocess.run(wrapped, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def report(files):
    """Return the command that reports what the files in a folder hold."""
    return [sys.executable, str(TESTS / "support" / "pdf_boxes.py"), str(files)]


def test_a_character_that_stands_alone_is_read(tmp_path):
    """A piece of text with one character is not lost where no font of the machine has it."""
    none, files = tmp_path / "none", tmp_path / "files"
    none.mkdir()
    files.mkdir()
    pieces = [(50 + 20 * index, 300, f"{ord(c):04x}") for index, c in enumerate("數據集")]
    (files / "alone.pdf").write_bytes(page(show(*pieces), *FONTS["unicode"]))
    found = json.loads(run_with_fonts(str(none), *report(files)))["alone.pdf"]["boxes"]
    assert found == [["數", 50, 59], ["據", 70, 79], ["集", 90, 99]]


@pytest.fixture
def files(tmp_path):
    """Write a ruled table, a turned page and characters that stand alone in each font; return the folder."""
    folder = tmp_path / "files"
    folder.mkdir()
    drawing = lines(*grid([50, 150, 300, 500], [200, 250, 300]))
    for name, fonts in FONTS.items():
        codes = SHOWN[name][0]
        length = 4 if name in {"unicode", "no-widths", "identity"} else 2
        single = [] if name == "big5" else [codes[i : i + length] for i in range(0, len(codes), length)]
        words = show((60, 280, codes), (160, 280, codes * 2), (310, 280, codes), (60, 230, codes), (160, 230, codes))
        alone = show(*[(310 + 15 * index, 230, code) for index, code in enumerate(single)])
        stamp = show((550, 50, codes), matrix="0 1 -1 0")
        (folder / f"{name}.pdf").write_bytes(page(drawing + words + alone + stamp, *fonts))
        turned = f"q 0 1 -1 0 600 0 cm {drawing}{words}{alone}Q"
        (folder / f"{name}-turned.pdf").write_bytes(page(turned, *fonts))
    return folder


def test_a_pdf_is_read_alike_whatever_fonts_the_machine_has(files, tmp_path):
    """Boxes and rows agree without fonts, with fonts of the names that files use, and with those of this machine."""
    none, wide = tmp_path / "none", tmp_path / "wide"
    none.mkdir()
    wide.mkdir()
    for name in (
        "Helvetica",
        "Helvetica-Oblique",
        "Arial",
        "Calibri",
        "Body",
        "MSung-Light",
        "STSong-Light",
        "Ming",
        "Kai",
    ):
        (wide / f"{name}.ttf").write_bytes(font_file(name))
    here = subprocess.run(report(files), capture_output=True, text=True, env=ENVIRONMENT, check=True).stdout
    others = [run_with_fonts(str(fonts), *report(files)) for fonts in (none, wide)]
    reports = [json.loads(text) for text in (here, *others)]
    assert len(reports[0]) == 2 * len(FONTS)
    assert all(report["rows"] for name, report in reports[0].items() if not name.startswith("type-3"))
    assert reports[1] == reports[0]
    assert reports[2] == reports[0]
