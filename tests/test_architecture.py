"""The import rule of the house, read from the source itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("collector", "warehouse", "dashboard")
MAY_IMPORT = {
    "collector": {"collector", "warehouse"},
    "warehouse": {"warehouse"},
    "dashboard": {"dashboard", "warehouse"},
}
OWNERS = {
    "duckdb": "warehouse",
    "pyspark": "warehouse",
    "sqlglot": "warehouse",
    "huggingface_hub": "collector",
    "openai": "collector",
    "apscheduler": "collector",
    "httpx2": "collector",
    "streamlit": "dashboard",
    "altair": "dashboard",
}
WITHOUT_STREAMLIT = (
    "dashboard/charts",
    "dashboard/lessons",
    "dashboard/export",
    "dashboard/figures",
    "dashboard/digest",
)


def _sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_imports_only_what_the_house_allows(path):
    package = path.relative_to(ROOT).parts[0]
    imported = _imports(path)
    assert imported & set(PACKAGES) <= MAY_IMPORT[package]
    assert {name for name in imported if name in OWNERS and OWNERS[name] != package} == set()


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_charts_lessons_and_exports_do_not_need_a_running_page(path):
    if str(path.relative_to(ROOT)).replace("\\", "/").startswith(WITHOUT_STREAMLIT):
        assert "streamlit" not in _imports(path)


def test_no_module_of_the_dashboard_shadows_a_dependency():
    """`streamlit run` puts dashboard/ first on the import path."""
    names = {path.stem for path in (ROOT / "dashboard").iterdir()} - {"__init__", "__pycache__"}
    assert names & {*OWNERS, "pandas", "numpy", "click", "pyarrow", "tomllib"} == set()
