"""A lint over the syntax of what is replayed: finds what makes two runs of the same session differ.

It knows names and annotations, not types: a set that comes out of another module's call is not seen here. The tests
under several hash seeds and the guard on `sum` while a session runs look for the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FORBIDDEN_MODULES = {
    "random": "chance comes from gameday.core.draws",
    "secrets": "chance comes from gameday.core.draws",
    "uuid": "chance comes from gameday.core.draws",
    "time": "only session/pace.py reads a clock",
    "datetime": "only session/places.py reads a date",
    "numpy": "its functions differ between processors and versions",
    "threading": "threads run in any order",
    "concurrent": "threads run in any order",
    "multiprocessing": "processes run in any order",
    "asyncio": "what is simulated knows no event loop",
    "locale": "the environment does not enter",
}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "gameday/session/pace.py": ("time",),
    "gameday/session/places.py": ("datetime", "secrets", "environ"),
}
"""What single files may use, and why: the pace is the clock; journals have a date, a name and a folder."""

_ENVIRONMENT = ("environ", "environb", "getenv", "urandom")
_SET_TYPES = ("set", "frozenset", "Set", "AbstractSet", "MutableSet")
_SET_METHODS = ("union", "intersection", "difference", "symmetric_difference")
_TAKES_IN_ORDER = ("list", "tuple", "enumerate", "iter", "map", "zip", "filter", "join", "fromkeys", "extend")
_ORDERS_BY_KEY = ("sorted", "min", "max")
_FLOAT_CALLS = ("float", "exp", "log", "sqrt", "fsum", "uniform", "exponential", "lognormal")


@dataclass(frozen=True, order=True)
class Finding:
    """One place where determinism could be lost."""

    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} [{self.rule}]"


def float_names(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names that are annotated as a float (or several) somewhere and as nothing else anywhere."""
    floats: set[str] = set()
    others: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.AnnAssign):
                name, annotation = _last_name(node.target), node.annotation
            elif isinstance(node, ast.arg) and node.annotation is not None:
                name, annotation = node.arg, node.annotation
            elif isinstance(node, ast.FunctionDef) and node.returns is not None:
                name, annotation = node.name, node.returns
            else:
                continue
            words = {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)}
            (floats if "float" in words and "int" not in words else others).add(name)
    return frozenset(floats - others)


def lint(source: str, path: str, floats: frozenset[str] = frozenset()) -> list[Finding]:
    """Everything found in one file; `floats` are `float_names` of all files together."""
    visitor = _Visitor(path, floats)
    visitor.visit(ast.parse(source))
    return sorted(visitor.findings)


@dataclass
class _Visitor(ast.NodeVisitor):
    path: str
    floats: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    scopes: list[set[str]] = field(default_factory=lambda: [set()])
    attributes: set[str] = field(default_factory=set)

    def visit_Module(self, node: ast.Module) -> None:
        for one in ast.walk(node):
            if isinstance(one, (ast.Assign, ast.AnnAssign)):
                self.attributes |= {name for name, is_attribute in self._set_targets(one) if is_attribute}
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        self.scopes.append({one.arg for one in arguments if _is_set_annotation(one.annotation)})
        self.generic_visit(node)
        self.scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        self.scopes[-1] |= {name for name, is_attribute in self._set_targets(node) if not is_attribute}

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        self.scopes[-1] |= {name for name, is_attribute in self._set_targets(node) if not is_attribute}

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._module(node, node.module or "")
        for alias in node.names:
            if node.module == "os" and alias.name in _ENVIRONMENT:
                self._environment(node, alias.name)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in _ENVIRONMENT:
            self._environment(node, node.attr)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self._iterated(node, node.iter)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._iterated(node.iter, node.iter)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        self._iterated(node, node.value)
        self.generic_visit(node)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self._iterated(node, node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _last_name(node.func)
        bare = isinstance(node.func, ast.Name)
        if bare and name in ("hash", "id"):
            self._find(node, name, f"{name}() differs from process to process")
        if name in _TAKES_IN_ORDER:
            for argument in node.args:
                self._iterated(node, argument)
        if name in _ORDERS_BY_KEY and any(keyword.arg == "key" for keyword in node.keywords) and node.args:
            self._iterated(node, node.args[0])
        if name == "pop" and not node.args and isinstance(node.func, ast.Attribute):
            self._iterated(node, node.func.value)
        if bare and name == "sum" and node.args and self._is_float(node.args[0]):
            self._find(node, "sum", "sum() of floats differs between versions of Python; use math.fsum or +=")
        self.generic_visit(node)

    def _set_targets(self, node: ast.Assign | ast.AnnAssign) -> Iterable[tuple[str, bool]]:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        annotation = node.annotation if isinstance(node, ast.AnnAssign) else None
        if _is_set_annotation(annotation) or (node.value is not None and self._is_set(node.value)):
            for target in targets:
                if isinstance(target, (ast.Name, ast.Attribute)):
                    yield _last_name(target), isinstance(target, ast.Attribute)

    def _is_set(self, node: ast.expr) -> bool:
        match node:
            case ast.Set() | ast.SetComp():
                return True
            case ast.Name():
                return any(node.id in scope for scope in self.scopes)
            case ast.Attribute():
                return node.attr in self.attributes
            case ast.Call(func=ast.Name(id="set" | "frozenset")):
                return True
            case ast.Call(func=ast.Attribute(value=value, attr=attr)):
                return attr in _SET_METHODS and self._is_set(value)
            case ast.BinOp(left=left, right=right, op=ast.BitOr() | ast.BitAnd() | ast.BitXor() | ast.Sub()):
                return any(self._is_set(side) or _is_keys(side) for side in (left, right))
            case ast.IfExp(body=body, orelse=orelse):
                return self._is_set(body) or self._is_set(orelse)
            case _:
                return False

    def _is_float(self, node: ast.expr) -> bool:
        """Whether an expression, or what a comprehension or a list of that name gives, is evidently a float."""
        match node:
            case ast.GeneratorExp() | ast.ListComp():
                return self._is_float(node.elt)
            case ast.List() | ast.Tuple():
                return any(self._is_float(one) for one in node.elts)
            case ast.Constant():
                return isinstance(node.value, float)
            case ast.BinOp():
                return isinstance(node.op, ast.Div) or self._is_float(node.left) or self._is_float(node.right)
            case ast.UnaryOp():
                return self._is_float(node.operand)
            case ast.IfExp():
                return self._is_float(node.body) or self._is_float(node.orelse)
            case ast.Name() | ast.Attribute():
                return _last_name(node) in self.floats
            case ast.Subscript():
                return self._is_float(node.value)
            case ast.Call(func=func):
                name = _last_name(func)
                return name in _FLOAT_CALLS or name in self.floats or (name == "values" and self._is_float_map(func))
            case _:
                return False

    def _is_float_map(self, func: ast.expr) -> bool:
        return isinstance(func, ast.Attribute) and self._is_float(func.value)

    def _iterated(self, at: ast.expr | ast.stmt, node: ast.expr) -> None:
        if self._is_set(node):
            self._find(at, "set", f"{ast.unparse(node)} is a set, which has no order; use sorted() or a dict")

    def _module(self, node: ast.stmt, name: str) -> None:
        root = name.split(".")[0]
        if root in FORBIDDEN_MODULES and root not in ALLOWED.get(self.path, ()):
            self._find(node, root, f"imports {name}: {FORBIDDEN_MODULES[root]}")

    def _environment(self, node: ast.expr | ast.stmt, name: str) -> None:
        if "environ" not in ALLOWED.get(self.path, ()):
            self._find(node, "environ", f"os.{name}: the environment does not enter")

    def _find(self, node: ast.expr | ast.stmt, rule: str, what: str) -> None:
        self.findings.append(Finding(self.path, node.lineno, rule, what))


def _last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_set_annotation(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node is not None and _last_name(node) in _SET_TYPES


def _is_keys(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _last_name(node.func) in ("keys", "items") and not node.args
