"""The commands of `sop-dash`: what the pages do, without a browser. Results on stdout, progress on stderr.

Exit codes: 0 done, 1 refused or failed (one plain sentence, no traceback), 2 wrong usage.
"""

import argparse
import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sop_dash import __version__
from sop_dash.core.model.errors import SopError
from sop_dash.settings import Settings, SettingsError, read_settings

_PATIENCE_SECONDS = 2.0
_LARGEST_DOCUMENT_BYTES = 1_000_000
Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        overrides = {"port": getattr(given, "port", None), "host": getattr(given, "host", None)}
        settings = read_settings(given.home, overrides=overrides)
        run: Command = given.run
        return run(settings, given)
    except (SopError, SettingsError) as error:
        sentence = error.sentence if isinstance(error, SopError) else str(error)
        print(sentence, file=sys.stderr)
        if getattr(given, "json", False):
            print(json.dumps({"status": "rejected", "message": sentence}))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has seen enough; Python would complain once more at exit
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sop-dash", description="Sales and operations planning: the dashboard and its commands."
    )
    parser.add_argument("--home", type=Path, help="folder with the database and settings of this installation")
    parser.add_argument("--version", action="version", version=f"sop-dash {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = _command(commands, "serve", _serve, "start the dashboard", "sop-dash serve --port 8060")
    serve.add_argument("--port", type=int, help="port to listen on (default 8050; 0 takes a free one)")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")

    bring = _command(
        commands, "import", _import, "check tables and plan from them", "sop-dash import my_tables/ --check"
    )
    bring.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="workbook, folder of tables, or single sales file"
    )
    bring.add_argument(
        "--map", type=Path, metavar="FILE.json", help="what the columns of your own file mean; answers questions"
    )
    bring.add_argument("--check", action="store_true", help="only check, keep nothing")
    bring.add_argument("--json", action="store_true", help="last line of the output is one JSON object")

    for name, run, words in (
        ("forecast", _forecast, "forecast every series of a long file, with bands"),
        ("backtest", _backtest, "errors of the forecast on past months, against seasonal naive"),
    ):
        example = f"sop-dash {name} sales.csv --horizon 12 --out {name}.csv"
        series = _command(commands, name, run, words, example)
        series.add_argument("file", type=Path, metavar="IN.csv", help="columns unique_id, ds (month) and y")
        series.add_argument("--horizon", type=_months, required=True, metavar="H", help="months ahead, 1 to 60")
        series.add_argument("--out", type=Path, required=True, metavar="OUT.csv", help="file to write")
        series.add_argument("--jobs", type=_jobs, default=1, help="processes to use; the output is the same for any")

    plan = _command(commands, "plan", _plan, "the whole plan as JSON", "sop-dash plan --levers up.json --out plan.json")
    plan.add_argument("--levers", type=Path, metavar="FILE.json", help="levers to plan under")
    plan.add_argument("--out", type=Path, required=True, metavar="FILE.json", help="file to write")

    export = _command(
        commands, "export", _export, "write an approved plan as a table", "sop-dash export plan --out plan.csv"
    )
    export.add_argument("what", choices=("plan",), help="plan: family by month, as it was approved")
    export.add_argument("--version", metavar="ID", help="which one, such as 2026-11-1 (default: the one in force)")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")

    tables: tuple[tuple[str, Command, str], ...] = (
        ("reorder", _reorder, "classes, safety stock, reorder point and lot of every item"),
        ("suppliers", _suppliers, "supplier scorecard"),
        ("logistics", _logistics, "load of warehouses and lanes against their limits"),
    )
    for name, answer, words in tables:
        table = _command(commands, name, answer, words, f"sop-dash {name} --out {name}.csv")
        table.add_argument("--out", type=Path, metavar="FILE.csv", help="file to write (default: print the table)")

    backup = _command(commands, "backup", _backup, "a consistent copy of the database", "sop-dash backup monday.db")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = _command(commands, "restore", _restore, "put a checked copy in place", "sop-dash restore monday.db")
    restore.add_argument("file", type=Path, metavar="FILE")
    _command(commands, "verify", _verify, "check the database and its audit log", "sop-dash verify")
    _command(commands, "doctor", _doctor, "show versions, settings and permissions", "sop-dash doctor")
    return parser


def _command(commands: Any, name: str, run: Command, words: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=f"Example: {example}"
    )
    parser.set_defaults(run=run)
    return parser


def _months(text: str) -> int:
    return _whole(text, 1, 60)


def _jobs(text: str) -> int:
    return _whole(text, 1, 256)


def _whole(text: str, low: int, high: int) -> int:
    if not text.isdigit() or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}")
    return int(text)


def _serve(settings: Settings, _given: argparse.Namespace) -> int:
    from sop_dash.factory import serve  # noqa: PLC0415  # the dashboard is slow to load; other commands need none of it

    with _patience("Opening the dashboard"):
        run = serve(settings)
    print(f"S&OP dashboard on {run.address}", flush=True)
    run()
    return 0


def _import(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.adapters.files import folder_files  # noqa: PLC0415  # only this command reads folders
    from sop_dash.adapters.files.documents import read_json  # noqa: PLC0415
    from sop_dash.adapters.files.limits import command_limits  # noqa: PLC0415
    from sop_dash.figures.import_report import import_answer, issue_line  # noqa: PLC0415

    mapping = read_json(given.map, largest=_LARGEST_DOCUMENT_BYTES) if given.map else {}
    services = _services(settings)
    files: dict[str, bytes] = {}
    for path in given.paths:
        more = folder_files(path, limits=command_limits(settings))
        if both := sorted(set(files) & set(more)):
            raise SopError(f"Two files are called “{both[0]}”.", remedy="Give one of them another name.")
        files.update(more)
    with _patience("Checking the tables"):
        preview = services.imports.preview(files, mapping=mapping)
    for finding in preview.findings:
        print(issue_line(finding))
    load_id = None
    if preview.accepted and not given.check:
        load_id = services.imports.accept(preview, source=given.paths[0].name, user=services.user()).id
    print(preview.message)
    for question in preview.questions[:1]:
        print(f"Answer with --map and a file such as {json.dumps(question.example, ensure_ascii=False)}")
    if given.json:
        print(json.dumps(import_answer(preview, load_id), ensure_ascii=False))
    return 0 if preview.accepted else 1


def _forecast(_settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.demand.series import forecast_frame  # noqa: PLC0415  # the engine only where it is asked for

    return _series(given, forecast_frame, "forecast")


def _backtest(_settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.demand.series import backtest_frame  # noqa: PLC0415  # the engine only where it is asked for

    return _series(given, backtest_frame, "back-tested")


def _series(given: argparse.Namespace, answer: Callable[[Any, int, Any], Any], done: str) -> int:
    from sop_dash.adapters.files.series import read_series, write_table  # noqa: PLC0415  # pandas loads only here

    with _patience("Working on the series"), _spread(given.jobs) as each:
        frame = answer(read_series(given.file), given.horizon, each)
    write_table(frame, given.out)
    print(f"{frame['unique_id'].nunique():,} series {done} into {given.out.name}.")
    return 0


def _plan(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.adapters.files.documents import read_json, write_json  # noqa: PLC0415  # only this command
    from sop_dash.core.model.levers import from_plain  # noqa: PLC0415
    from sop_dash.core.plan.export import plan_document  # noqa: PLC0415
    from sop_dash.services.selection import Selection  # noqa: PLC0415

    levers = from_plain(read_json(given.levers, largest=_LARGEST_DOCUMENT_BYTES) if given.levers else {})
    services = _services(settings)
    with _patience("Planning"):
        view = services.plans.view(Selection(), levers)
    document = plan_document(view.plan, view.prepared)
    write_json(document, given.out)
    tied = sum(identity.holds for identity in view.plan.identities)
    print(f"Plan of {view.prepared.inputs.company.name} written to {given.out.name}.")
    print(f"Figures tie {tied}/{len(view.plan.identities)}; supply plan by {view.plan.solver.method}.")
    return 0


def _export(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.plan.frozen_table import frozen_table  # noqa: PLC0415  # pandas loads only here

    services = _services(settings)
    plan = services.plan_versions.approved(given.version)
    names = {"cycle": plan.cycle, "plan": plan.id, "content_hash": plan.hash}
    approval = {**names, "approved_at": plan.at, "approved_by": plan.by}
    said = f"Plan {plan.id} of {services.plans.company}, approved by {plan.by}, written to {{}}."
    return _written(frozen_table(plan.frozen, approval), given.out, said)


def _reorder(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.plan.supply_tables import reorder_table  # noqa: PLC0415  # pandas loads only here

    services = _services(settings)
    with _patience("Working on the items"):
        table = reorder_table(services.supply_base.policy().items)
    due = int((table["order_now_units"] > 0).sum())
    return _written(table, given.out, f"{len(table):,} items written to {{}}; {due:,} to order now.")


def _suppliers(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.plan.supply_tables import supplier_table  # noqa: PLC0415  # pandas loads only here

    services = _services(settings)
    with _patience("Judging the suppliers"):
        table = supplier_table(services.supply_base.suppliers(), services.supply_base.lead_time_effect())
    if table.empty:
        raise SopError("No supplier is known.", remedy="Load suppliers, supplier_items and supplier_deliveries.")
    alerts = int((table["alerts"] != "").sum())
    return _written(table, given.out, f"{len(table):,} suppliers written to {{}}; {alerts:,} with an alert.")


def _logistics(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.core.model.levers import Levers  # noqa: PLC0415  # only these commands plan
    from sop_dash.core.plan.supply_tables import logistics_table  # noqa: PLC0415
    from sop_dash.services.selection import Selection  # noqa: PLC0415

    services = _services(settings)
    with _patience("Planning"):
        view = services.plans.view(Selection(), Levers())
        table = logistics_table(services.supply_base.logistics(view), view.plan.grain.horizon)
    if table.empty:
        raise SopError("No warehouse or lane is known.", remedy="Load logistics (month, kind, name, capacity).")
    over = int((table["overflow_space"] > 0).sum())
    return _written(table, given.out, f"{len(table):,} rows written to {{}}; {over:,} beyond their limit.")


def _written(table: Any, out: Path | None, done: str) -> int:
    """Write the table to the file and say so, or print it."""
    from sop_dash.adapters.files.series import write_table  # noqa: PLC0415

    if out is None:
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    else:
        write_table(table, out)
        print(done.format(out.name))
    return 0


def _backup(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.adapters.database.backup import back_up  # noqa: PLC0415  # only these commands open the database alone

    back_up(settings, given.file)
    print(f"Backup written to {given.file.name} and checked.")
    return 0


def _restore(settings: Settings, given: argparse.Namespace) -> int:
    from sop_dash.adapters.database.backup import restore  # noqa: PLC0415

    replaced = restore(settings, given.file)
    print(f"Restored from {given.file.name}." + (f" The replaced database is kept as {replaced}." if replaced else ""))
    return 0


def _verify(settings: Settings, _given: argparse.Namespace) -> int:
    from sop_dash.adapters.database.backup import verify  # noqa: PLC0415

    print(verify(settings))
    return 0


def _doctor(settings: Settings, _given: argparse.Namespace) -> int:
    from sop_dash.adapters.doctor import report  # noqa: PLC0415

    for line in report(settings):
        print(line)
    return 0


def _services(settings: Settings) -> Any:
    from sop_dash.factory import create_services  # noqa: PLC0415  # the web parts load only where they are needed

    with _patience("Opening the data"):
        return create_services(settings)


@contextmanager
def _spread(jobs: int) -> Iterator[Callable[..., Any]]:
    """`map` over so many processes, in order; the plain `map` for one."""
    if jobs == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # only when several processes are asked for
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield pool.map


@contextmanager
def _patience(words: str) -> Iterator[None]:
    """Say on stderr what is going on when it takes longer than two seconds."""
    timer = threading.Timer(_PATIENCE_SECONDS, lambda: print(f"{words} …", file=sys.stderr, flush=True))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
