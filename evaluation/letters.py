"""
Makes small fonts for printing: the letters of one page out of a large Chinese font.

In: text. Out: a TrueType file that a browser embeds as it is. Fonts come from the package fonts-arphic-uming.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

_UMING = Path("/usr/share/fonts/truetype/arphic/uming.ttc")


def write_font(text: str, path: Path) -> None:
    """
    Write a font with the letters of a text.

    The radicals that look like ideographs stay, since PDF files that name them in place of ideographs are what
    readers meet.

    Args:
        text: What will be printed.

        path: The TrueType file.
    """
    font = next(one for one in TTCollection(_UMING).fonts if "HK" in one["name"].getDebugName(4))
    font.recalcTimestamp = False
    options = subset.Options(
        notdef_outline=True,
        hinting=False,
        drop_tables=["EBDT", "EBLC", "EBSC", "BDF", "FFTM", "GPOS", "GSUB", "vhea", "vmtx"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*map(ord, text), *range(0x2E80, 0x2FE0)])
    cutter.subset(font)
    font["OS/2"].fsType = 0  # the fonts' licence allows embedding; browsers go by this number
    font.save(path)
