"""What every page keeps, because Streamlit can be asked for it directly."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
SCREENS = sorted((ROOT / "pages").rglob("*.py"))
OPEN_TO_ALL = {"login.py"}
GUARDS = {"require_user", "require_reader"}


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_begins_with_its_guard(path: Path) -> None:
    if path.name in OPEN_TO_ALL:
        return
    statements = [
        node
        for node in ast.parse(path.read_text()).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    first = statements[0]
    assert isinstance(first, ast.Assign)
    assert isinstance(first.value, ast.Call)
    assert isinstance(first.value.func, ast.Name)
    assert first.value.func.id in GUARDS


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_screen_draws_and_does_not_query(path: Path) -> None:
    tree = ast.parse(path.read_text())
    modules = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    banned = ("sqlalchemy", "plotly.express", "fairdb_core.repositories")
    assert [name for name in modules if name.startswith(banned)] == []


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_screen_runs_no_markup_of_others(path: Path) -> None:
    for call in _calls(ast.parse(path.read_text())):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        assert name != "exception"
        assert not any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords)
        if name == "html":
            assert path.name in {"tickets.py", "large_files.py", "styles.py"}


def _names_of(tree: ast.Module) -> set[str]:
    """Return what a module defines at its top, or takes from elsewhere."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {each.asname or each.name for each in node.names}
        else:
            names |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_screen_takes_from_others_is_there(path: Path) -> None:
    # No type checker reads the screens, and a page is imported only when somebody opens it.
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages.")):
            continue
        module = ROOT / f"{(node.module or '').replace('.', '/')}.py"
        if module.is_file():
            there = _names_of(ast.parse(module.read_text()))
            assert {each.name for each in node.names} <= there, node.module
