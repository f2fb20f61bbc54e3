"""What a newcomer may rely on."""

import ast
import re
import tomllib
from pathlib import Path

from fairdb_core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_env_example_lists_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"(?m)^#?\s?(FAIRDB_[A-Z_]+)=", text))
    assert listed == {f"FAIRDB_{name.upper()}" for name in Settings.model_fields}


def test_env_example_holds_no_secret() -> None:
    text = (ROOT / ".env.example").read_text()
    assert re.findall(r"(?m)^#?\s?FAIRDB_(?:SECRET_KEY|METRICS_TOKEN)=(.+)$", text) == []


def test_every_ignored_lint_rule_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    ignored = block[block.index("ignore = [") :]
    for line in re.findall(r'(?m)^\s+"[A-Z]+\d+".*$', ignored):
        assert "#" in line, line


def test_lock_file_names_hashes_for_every_package() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    for package in lock["package"]:
        if "registry" in package["source"]:
            files = [
                *package.get("wheels", []),
                *([package["sdist"]] if "sdist" in package else []),
            ]
            assert files
            assert all(file["hash"].startswith("sha256:") for file in files)


def test_app_holds_nothing_but_the_navigation_and_the_literal_app() -> None:
    tree = ast.parse((ROOT / "app.py").read_text())
    branch = next(node for node in tree.body if isinstance(node, ast.If))
    last = branch.orelse[-1]
    assert isinstance(last, ast.Assign)
    assert isinstance(last.value, ast.Call)
    assert ast.unparse(last.value.func) == "App"


def test_top_level_holds_nothing_else_that_a_reader_must_learn() -> None:
    known = {
        ".ci", ".env.example", ".git", ".gitignore", ".pre-commit-config.yaml", ".streamlit",
        "app.py", "CHANGELOG.md", "CONTRIBUTING.md", "fairdb_core", "LICENSE", "pages",
        "pyproject.toml", "README.md", "SECURITY.md", "tests", "uv.lock",
    }  # fmt: skip
    made = {".venv", ".env", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".coverage",
            ".hypothesis", ".import_linter_cache", ".streamlit"}  # fmt: skip
    assert {path.name for path in ROOT.iterdir()} - made <= known | {"__pycache__"}
