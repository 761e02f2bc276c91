"""
Makes mutants of a source file: copies that each differ from it in one small way, as a mistake would.

In: the text of a module. Out: `Mutant`s. Changed are comparisons and their bounds, arithmetic, constants, conditions,
`and`, `or` and `not`, returned values, bounds of slices, and calls whose result nobody uses. Annotations, docstrings
and decorators (the sizes of caches, the options of dataclasses) are left alone: they give no other result.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

#: What a comparison becomes: its bound moved, and the opposite.
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
}
OPPOSITES = {"any": "all", "all": "any", "min": "max", "max": "min"}
#: Methods without arguments that give a changed copy: the mutant leaves the text as it is.
COPYING = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold"})


class Mutant(NamedTuple):
    """
    A changed copy of a module.

    Args:
        function: The outermost function or method that is changed, as `Class.method`; empty for the module itself.

        line: Where.

        change: What is changed, as `old → new`; a number follows where the same is changed twice in a function.

        tree: The changed module.
    """

    function: str
    line: int
    change: str
    tree: ast.Module


def make_mutants(source: str) -> Iterator[Mutant]:
    """
    Yield the mutants of a module.

    Args:
        source: Its text.

    >>> [mutant.change for mutant in make_mutants("def f(a):\\n    return a < 1\\n")]
    ['return a < 1 → return None', 'a < 1 → a <= 1', 'a < 1 → a >= 1', '1 → 2']
    """
    tree = ast.parse(source)
    counts: Counter[tuple[str, str]] = Counter()
    for function, place, node in list(_walk(tree, "", ())):
        for changed in _changes(node):
            change = f"{_show(node)} → {_show(changed)}"
            counts[function, change] += 1
            if counts[function, change] > 1:
                change += f" ({counts[function, change]})"
            yield Mutant(function, node.lineno, change, _replace(tree, place, changed))


def _show(node: Any) -> str:
    """Return the code of a node on one line; of a statement with a body only its condition."""
    if isinstance(node, ast.If | ast.While):
        return f"{type(node).__name__.lower()} {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split())


Place = tuple[tuple[str, int | None], ...]


def _walk(node: ast.AST, function: str, place: Place) -> Iterator[tuple[str, Place, Any]]:
    """Yield what may be changed, with the function it stands in and the way to it."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_docstring(node, name, index, child) or _is_for_types(child):
                continue
            inside = function
            is_named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if is_named and not _in_function(function):
                inside = f"{function.rstrip('/')}{'.' if function else ''}{child.name}"  # type: ignore[attr-defined]
                inside += "/" if isinstance(child, ast.ClassDef) else ""
            step = (*place, (name, index))
            # Defaults are evaluated when the module is loaded, not when the function runs.
            here = "" if name in ("defaults", "kw_defaults", "bases") else inside
            if isinstance(child, ast.expr | ast.stmt):
                yield "" if here.endswith("/") else here, step, child
            yield from _walk(child, here, step)


def _in_function(function: str) -> bool:
    """Tell whether a name is that of a function, not of a class or a module."""
    return bool(function) and not function.endswith("/")


def _is_docstring(parent: ast.AST, name: str, index: int | None, child: ast.AST) -> bool:
    """Tell whether a statement is a docstring."""
    has_one = isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
    return has_one and name == "body" and index == 0 and is_text


def _is_for_types(child: ast.AST) -> bool:
    """Tell whether a node only speaks to the type checker, or imports."""
    return isinstance(child, ast.Import | ast.ImportFrom)


def _changes(node: Any) -> Iterator[Any]:
    """Yield what may stand in place of a node."""
    if isinstance(node, ast.expr):
        yield from _changes_of_expression(node)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.While) and not _has_own_opposite(node.test):
        changed = copy.copy(node)
        changed.test = _negate(node.test)
        yield changed
    elif isinstance(node, ast.AugAssign) and type(node.op) in OPERATORS:
        yield ast.AugAssign(node.target, OPERATORS[type(node.op)](), node.value)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
        # Without any yield a generator would be a function: the value is lost, the yield stays.
        yield ast.Pass() if isinstance(node.value, ast.Call) else ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
    elif isinstance(node, ast.Raise):
        yield ast.Pass()
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()


def _is_none(node: ast.expr) -> bool:
    """Tell whether an expression is None."""
    return isinstance(node, ast.Constant) and node.value is None


def _has_own_opposite(test: ast.expr) -> bool:
    """Tell whether the changes of a condition itself have its opposite among them."""
    return isinstance(test, ast.UnaryOp | ast.Compare)


def _negate(test: ast.expr) -> ast.expr:
    """Return the opposite of a condition."""
    return ast.UnaryOp(ast.Not(), test)


def _changes_of_expression(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what may stand in place of an expression."""
    if isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                yield ast.Compare(node.left, [*node.ops[:number], other(), *node.ops[number + 1 :]], node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield from _changes_of_condition(node)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.IfExp) and not _has_own_opposite(node.test):
        yield ast.IfExp(_negate(node.test), node.body, node.orelse)
    elif isinstance(node, ast.Constant):
        yield from _changes_of_constant(node.value)
    elif isinstance(node, ast.Slice):
        yield from _changes_of_slice(node)
    elif isinstance(node, ast.Call):
        yield from _changes_of_call(node)
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        yield from _changes_of_comprehension(node)


def _changes_of_condition(node: ast.BoolOp) -> Iterator[ast.expr]:
    """Yield the other operator, and the condition without each of its operands."""
    yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    for number in range(len(node.values)):
        rest = [*node.values[:number], *node.values[number + 1 :]]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _changes_of_slice(node: ast.Slice) -> Iterator[ast.expr]:
    """Yield a slice without each of its bounds."""
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)


def _changes_of_call(node: ast.Call) -> Iterator[ast.expr]:
    """Yield a call of the opposite function, or what a changed copy was made of."""
    if isinstance(node.func, ast.Attribute) and node.func.attr in COPYING and not node.args:
        yield node.func.value
    elif isinstance(node.func, ast.Name) and node.func.id in OPPOSITES:
        yield ast.Call(ast.Name(OPPOSITES[node.func.id], ast.Load()), node.args, node.keywords)


def _changes_of_constant(value: object) -> Iterator[ast.expr]:
    """Yield other constants."""
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}")
    elif isinstance(value, bytes):
        yield ast.Constant(b"XX" + value)


def _changes_of_comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Iterator[ast.expr]:
    """Yield a comprehension without each of its conditions."""
    for number, generator in enumerate(node.generators):
        for place in range(len(generator.ifs)):
            ifs = [*generator.ifs[:place], *generator.ifs[place + 1 :]]
            shorter = ast.comprehension(generator.target, generator.iter, ifs, generator.is_async)
            yield type(node)(node.elt, [*node.generators[:number], shorter, *node.generators[number + 1 :]])


def _replace(tree: ast.Module, place: Place, new: Any) -> ast.Module:
    """Return a module with another node at a place; what is not on the way there is shared."""
    changed = copy.copy(tree)
    at: Any = changed
    for step, (name, index) in enumerate(place):
        is_last = step == len(place) - 1
        value = getattr(at, name)
        child = new if is_last else copy.copy(value if index is None else value[index])
        setattr(at, name, child if index is None else [*value[:index], child, *value[index + 1 :]])
        at = child
    return ast.fix_missing_locations(ast.parse(ast.unparse(ast.fix_missing_locations(changed))))
