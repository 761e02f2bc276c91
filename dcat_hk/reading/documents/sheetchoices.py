"""
Sheets that only hold what can be chosen in cells of other sheets: such a sheet is hidden, and is no part of a plan.

In: the conditions on what cells may hold. Out: the names of the sheets whose cells they list.

Spec: ECMA-376 part 1, 18.3.1.32, dataValidation; OpenDocument 1.3 part 3, 9.4.5, table:content-validation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .sheetxml import Attributes, ElementHandler

#: The name of a sheet before a reference to its cells, in quotation marks or not.
_SHEET = re.compile(r"(?<!')'((?:[^']|'')++)'!|(?<![^\s'!(),;:=+*/&<>\[\]])([^\s'!(),;:=+*/&<>\[\]]++)!")
#: The same as OpenDocument has it.
_ODF_SHEET = re.compile(r"\$?(?<!')'((?:[^']|'')++)'\.|\$?(?<![^\s'.$(),;:=\[\]])([^\s'.$(),;:=\[\]]++)\.\$?[A-Z]")
_IN_LIST = "cell-content-is-in-list("
#: A longer condition is no reference.
_LONGEST = 1000


class ListConditions(ElementHandler):
    """
    Keeps the conditions of drop-down lists in a sheet, and in a workbook what its names stand for.

    >>> from dcat_hk.core.limits import Budget
    >>> from dcat_hk.reading.documents.sheetxml import parse
    >>> conditions = ListConditions()
    >>> part = b"<w><dataValidation type='list'><formula1>Lists!$A$1:$A$9</formula1></dataValidation></w>"
    >>> parse([part], conditions, Budget("plan.xlsx"))
    >>> conditions.formulas
    ['Lists!$A$1:$A$9']
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.formulas: list[str] = []
        self.names: dict[str, str] = {}
        self._name = ""
        self._taking = ""
        self._is_list = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin to take a condition, or what a name stands for."""
        if name == "dataValidation":
            self._is_list = attributes.get("type") == "list"
        elif name == "definedName" or (name == "formula1" and self._is_list):
            self._taking, self._name = name, attributes.get("name", "")
            if name == "formula1":
                self.formulas.append("")

    def end(self, name: str) -> None:
        """Stop taking."""
        if name == self._taking:
            self._taking = ""

    def text(self, text: str) -> None:
        """Take a piece of a condition."""
        if self._taking == "formula1" and len(self.formulas[-1]) < _LONGEST:
            self.formulas[-1] += text
        elif self._taking == "definedName":
            self.names[self._name] = self.names.get(self._name, "")[:_LONGEST] + text


def sheets_of_choices(formulas: Iterable[str], names: dict[str, str]) -> set[str]:
    """
    Return the names of the sheets that conditions of lists name, in lower case.

    Args:
        formulas: The conditions.

        names: What names in them stand for.

    >>> sheets_of_choices(["Lists!$A$1:$A$9", "Kinds", "'My ''list'''!A1"], {"Kinds": "Other!$B$1:$B$4"}) == {
    ...     "lists", "other", "my 'list'"
    ... }
    True
    """
    return set(_titles(_SHEET, (names.get(formula.strip(), formula) for formula in formulas)))


def sheets_of_odf_choices(conditions: Iterable[str]) -> set[str]:
    """
    Return the names of the sheets that conditions of an OpenDocument file list, in lower case.

    Args:
        conditions: The conditions on what cells may hold.

    >>> sheets_of_odf_choices(["of:cell-content-is-in-list([$Lists.$A$1:.$A$9])", "of:cell-content()>0"])
    {'lists'}
    """
    return set(_titles(_ODF_SHEET, (one for one in conditions if _IN_LIST in one)))


def _titles(pattern: re.Pattern[str], formulas: Iterable[str]) -> Iterator[str]:
    """Yield the names of sheets in formulas."""
    for formula in formulas:
        for quoted, plain in pattern.findall(formula[:_LONGEST]):
            yield (quoted.replace("''", "'") or plain).lower()
