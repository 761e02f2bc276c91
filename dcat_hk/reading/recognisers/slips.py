"""
Slips of the pen: whether two short texts differ by one character.

In: folded texts. Out: yes or no.
"""

from __future__ import annotations


def is_slip(text: str, meant: str) -> bool:
    """
    Tell whether one text is another with at most one character wrong, missing, too many, or two exchanged.

    >>> is_slip("数剧集", "数据集"), is_slip("数集", "数据集"), is_slip("据数集", "数据集"), is_slip("数字", "数据集")
    (True, True, True, False)
    """
    if abs(len(text) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(text), len(meant)) and text[start] == meant[start]:
        start += 1
    left, right = text[start:], meant[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]
