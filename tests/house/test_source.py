"""What must not stand anywhere in the source."""

import ast

from tests.house.source_tree import ROOT, lines_with, product_modules, project_files, short, text_files

LONGEST_MODULE = 350
MACHINE_FOLDERS = "work|farm|tmp|root|home/[a-z]+"
MACHINE_PATH = rf"(^|[^a-z0-9.}}_~-])/({MACHINE_FOLDERS})/[a-z.]|\.\./(sha" + r"red|\.lib" + r"rary)/"


def _own_text() -> list:
    """Everything written by hand: vendored styles and the exact data tables are somebody else's words."""
    return [path for path in text_files() if not path.match("*.min.css") and path.suffix != ".csv"]


def test_the_lock_file_names_versions_and_no_addresses():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 50
    assert all(line.count("==") >= 1 and "://" not in line and "@" not in line for line in pins)


def test_nothing_is_loaded_from_another_host():
    elsewhere = r"https?://[^ )\"']*(cdn|googleapis|gstatic|unpkg|jsdelivr|cloudflare)|@import\s+url\(.?https?:"
    assert not lines_with(elsewhere, [*product_modules(), *text_files(".css", ".js", ".html")])
    assert not lines_with(
        r"\b(dbc\.(themes|icons)|dag\.themes|external_(stylesheets|scripts)\s*=\s*\[[^\]])", product_modules()
    )


def test_charts_are_made_in_one_place():
    """A bare dcc.Graph shows a button that uploads the chart to a public service."""
    graphs = {place.split(":")[0] for place in lines_with(r"\bdcc\.Graph\(|import Graph\b", product_modules())}
    assert graphs <= {"sop_dash/components/graph.py"}


def test_style_sheets_name_only_files_that_ship():
    for path in text_files(".css"):
        for name in _css_files(path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), f"{short(path)} names {name}"


def _css_files(css: str) -> list[str]:
    parts = (part.split(")")[0].strip("\"' ") for part in css.split("url(")[1:])
    return [part for part in parts if part and not part.startswith(("data:", "#"))]


def test_no_machine_is_named():
    assert not lines_with(MACHINE_PATH, [path for path in _own_text() if ".ci" not in path.parts])


def test_unsafe_or_unexplained_code_is_absent():
    shapes = (
        r"except Exception|except:|except BaseException",
        r"dangerously_allow",
        r"debug=True",
        r"pickle\.loads?|read_pickle|allow_pickle=True",
        r"time\.sleep",
        r"# type: ignore$|# noqa$",
    )
    found = {shape: lines_with(shape, [*product_modules(), ROOT / "app.py"]) for shape in shapes}
    assert not {shape: places for shape, places in found.items() if places}


def test_modules_are_short_enough_to_have_one_idea():
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product_modules()}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_every_module_says_what_it_is():
    assert not [short(p) for p in product_modules() if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]


def test_names_say_what_stands_there():
    empty_words = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}
    assert not [short(p) for p in project_files() if p.suffix == ".py" and {*p.parts, p.stem} & empty_words]


def test_the_top_of_the_house_is_as_planned():
    folders = {path.relative_to(ROOT).parts[0] for path in project_files() if path.parent != ROOT}
    assert {name for name in folders if not name.startswith(".")} <= {"assets", "data", "sop_dash", "tests"}
