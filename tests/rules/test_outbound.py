"""Nothing here calls out by itself: no module can, but by a client that this list would name."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "fairdb_core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
CLIENTS = (
    "aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socketserver",
    "urllib.request", "urllib3", "websockets",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_has_no_client_to_call_out_with(path: Path) -> None:
    tree = ast.parse(path.read_text())
    modules = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    calling = [
        name for name in modules if any(name == c or name.startswith(f"{c}.") for c in CLIENTS)
    ]
    assert calling == []
