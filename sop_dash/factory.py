"""Wiring: adapters into services, services into pages, one error handler, one guarded server."""

import logging
import os
import secrets
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

from dash import Dash, set_props
from dash.exceptions import PreventUpdate
from waitress import create_server
from waitress.server import BaseWSGIServer

from sop_dash.adapters.clock import today, utc_now
from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.adapters.files import folder_files, read_files
from sop_dash.adapters.files.limits import COMMAND_LINE, FileLimits, command_limits, upload_limits
from sop_dash.adapters.forecast_book import ForecastWorkbook
from sop_dash.adapters.jobs import DiskJobs
from sop_dash.adapters.log import LOGGER, log_to_stderr
from sop_dash.adapters.secret import installation_secret
from sop_dash.adapters.web.guard import guard, health, security_headers
from sop_dash.components.notices import NOTICES, notice
from sop_dash.components.page import Page
from sop_dash.core.data.grid import Grid
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.levers import Levers
from sop_dash.pages import PAGES
from sop_dash.services.access import LOCAL_USER, User
from sop_dash.services.adjustments import Adjustments
from sop_dash.services.bundle import Services
from sop_dash.services.decisions import Decisions
from sop_dash.services.demand_approval import DemandApproval
from sop_dash.services.demand_review import DemandReview
from sop_dash.services.exception_marks import ExceptionMarks
from sop_dash.services.frame_desk import FrameDesk
from sop_dash.services.gates import Gates
from sop_dash.services.imports import Imports, TableReader
from sop_dash.services.kept_settings import KeptSettings
from sop_dash.services.outlook import Outlook
from sop_dash.services.plan_versions import PlanVersions
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Jobs, Store
from sop_dash.services.production import Production
from sop_dash.services.round_trip import RoundTrip
from sop_dash.services.scenarios import Scenarios
from sop_dash.services.set_up import SetUp
from sop_dash.services.studies import Studies
from sop_dash.services.supply_base import SupplyBase
from sop_dash.services.whole_steps import WholeStepPlans
from sop_dash.settings import LOCAL_LOGIN, Settings, assets_folder, data_folder
from sop_dash.shell.wiring import register_frame

_THREADS = 8
_DISK_RESERVE_BYTES = 200_000_000


def create_services(settings: Settings) -> Services:
    """Open the home of this installation; an empty one gets the shipped company.

    Raises:
        SopError, SettingsError: The home cannot be used, in one sentence.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = DatabaseStore(settings.database_url, installation_secret(settings.home, os.environ.get("SECRET_KEY")))
    services = wire(store, DiskJobs(settings.home / "jobs"), settings)
    if store.current_load() is None:
        shipped = data_folder() / "brightwater"
        preview = services.imports.preview(folder_files(shipped), example=True)
        services.imports.accept(preview, source="shipped example company", user=LOCAL_USER)
    return services


def wire(store: Store, jobs: Jobs | None = None, settings: Settings | None = None) -> Services:
    """The use cases on any store; without `jobs` nothing slow is worked on in the background.

    Without `settings` files may be as large as their defaults allow.
    """
    imports = Imports(store, _reader(settings), utc_now)
    plans = Plans(store, imports.inputs_of)
    scenarios, decisions, adjustments = Scenarios(store, plans), Decisions(store, plans), Adjustments(store, plans)

    approval = DemandApproval(store, plans)
    alone = settings is None or settings.login_mode == LOCAL_LOGIN
    versions = PlanVersions(store, plans, approval, decisions, alone=alone)

    def user() -> User:
        return LOCAL_USER

    return Services(
        plans=plans,
        studies=Studies(plans),
        whole_steps=WholeStepPlans(jobs),
        settings=KeptSettings(store, plans),
        supply_base=SupplyBase(plans, store.load_tables, imports.tables_of),
        production=Production(plans),
        scenarios=scenarios,
        decisions=decisions,
        plan_versions=versions,
        adjustments=adjustments,
        demand_review=DemandReview(store, plans, jobs),
        demand_approval=approval,
        exception_marks=ExceptionMarks(store, plans),
        outlook=Outlook(store, plans),
        imports=imports,
        set_up=SetUp(plans, imports, store),
        round_trip=RoundTrip(plans, adjustments, ForecastWorkbook(), utc_now),
        gates=Gates(adjustments, decisions, scenarios, versions),
        desk=FrameDesk(plans, scenarios, versions, user),
        user=user,
        today=lambda: today().isoformat(),
    )


def _reader(settings: Settings | None) -> TableReader:
    uploaded = upload_limits(settings) if settings else FileLimits()
    local = command_limits(settings) if settings else COMMAND_LINE

    def read(files: Mapping[str, bytes], *, upload: bool = False) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
        contents = read_files(files.items(), limits=uploaded if upload else local)
        return contents.grids, contents.file_findings

    return read


def create_app(settings: Settings) -> Dash:
    """The dashboard as a Dash app; its `server` is the WSGI application."""
    return _assembled(settings)[0]


def _assembled(settings: Settings) -> tuple[Dash, Services]:
    log_to_stderr()
    services = create_services(settings)
    app = dashboard(services, trusted_hosts=settings.trusted_hosts, request_megabytes=settings.request_megabytes)
    health(app.server, lambda: _ready(services, settings.home))
    return app, services


def dashboard(
    services: Services, *, trusted_hosts: tuple[str, ...], request_megabytes: int, pages: tuple[Page, ...] = PAGES
) -> Dash:
    """The pages over these use cases, behind the guards of the web surface."""
    app = Dash(
        "sop_dash",
        title="S&OP",
        assets_folder=str(assets_folder()),
        serve_locally=True,
        update_title=None,
        suppress_callback_exceptions=True,
        on_error=_told,
        use_async=False,
        compress=False,
    )
    guard(app.server, trusted_hosts=trusted_hosts, request_megabytes=request_megabytes)
    register_frame(app, pages, services.desk, services)
    security_headers(app.server, app.csp_hashes())
    return app


class Running:
    """A dashboard that listens; calling it serves until the process is told to stop."""

    def __init__(self, server: BaseWSGIServer, host: str, services: Services) -> None:
        self._server, self._services = server, services
        self.address = f"http://{host}:{server.effective_port}/"

    def __call__(self) -> None:
        """Serve until interrupted; the plan is made ready meanwhile, so that the first page finds it."""
        threading.Thread(target=self._make_ready, daemon=True).start()
        self._server.run()

    def _make_ready(self) -> None:
        try:
            self._services.studies.cases(Levers())
            self._services.supply_base.policy()
        except SopError as error:
            LOGGER.warning("no plan yet: %s", error.sentence)


def serve(settings: Settings) -> Running:
    """Listen at the address of the settings; port 0 takes a free one.

    Raises:
        SopError: The port is taken.
    """
    app, services = _assembled(settings)
    try:
        server = create_server(app.server, host=settings.host, port=settings.port, threads=_THREADS, ident=None)
    except OSError as error:
        raise SopError(
            f"Port {settings.port} cannot be used: {error.strerror}.", remedy="Choose another one with --port."
        ) from error
    return Running(server, settings.host, services)


def _told(error: Exception) -> None:
    """The one handler of callback errors: our own become a notice, others a reference number and a log line."""
    if isinstance(error, SopError):
        set_props(NOTICES, {"children": [notice(str(error), remedy=error.remedy, refused=True)]})
        return
    if isinstance(error, PreventUpdate):
        raise error
    reference = secrets.token_hex(4)
    LOGGER.log(logging.ERROR, "callback failed", exc_info=error, extra={"reference": reference})
    told = notice("Something went wrong here.", remedy=f"The log has the details under {reference}.", refused=True)
    set_props(NOTICES, {"children": [told]})


def _ready(services: Services, home: Path) -> dict[str, bool]:
    return {
        "database": services.plans.data_load_id != "",
        "disk": shutil.disk_usage(home).free > _DISK_RESERVE_BYTES,
    }
