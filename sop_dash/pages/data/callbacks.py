"""Wiring of the Data page: uploads are checked and shown first, and kept only when they are accepted."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from sop_dash.components.data_grid import column_definition
from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.components.page import LEVERS_STORE, REVISION_STORE, SELECTION_STORE
from sop_dash.components.story_line import story, story_slot
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import from_plain
from sop_dash.figures.data_tables import issue_rows, load_rows
from sop_dash.figures.storyline.data import data_story
from sop_dash.pages.data import set_up_tab, settings_tab, spreadsheet_tab
from sop_dash.pages.data.layout import (
    ACCEPT,
    ANSWERS,
    CARRY,
    COLUMNS,
    CORRECTIONS,
    FAMILY_OWN,
    FAMILY_RULE,
    HOLDS,
    ISSUE_COLUMNS,
    ISSUES,
    LOADS,
    MAPPING,
    PAGE_ID,
    PREVIEW,
    READ_AGAIN,
    READING,
    TEMPLATE,
    TEMPLATE_FILE,
    UPLOAD,
    USE_LOAD,
)
from sop_dash.pages.data.mapping_form import decided, mapping_of, other_sales, tables_said
from sop_dash.pages.data.uploads import uploaded_files
from sop_dash.pages.data.views import accepted, preview_parts
from sop_dash.services.bundle import Services
from sop_dash.services.imports import Preview
from sop_dash.services.selection import Selection
from sop_dash.settings import data_folder


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this page to `app`."""
    _register_import(app, services)
    settings_tab.register(app, services)
    spreadsheet_tab.register(app, services)
    set_up_tab.register(app, services)

    @app.callback(Output(TEMPLATE_FILE, "data"), Input(TEMPLATE, "n_clicks"), prevent_initial_call=True)
    def send_template(_clicks: int | None) -> Any:
        return dcc.send_file(data_folder() / "template.xlsx")

    @app.callback(
        Output(ISSUES, "rowData"),
        Output(ISSUES, "columnDefs"),
        Output(story_slot(PAGE_ID), "children"),
        Input(SELECTION_STORE, "data"),
        Input(LEVERS_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_issues(stored: Any, moved: Any, _revision: Any) -> tuple[Any, ...]:
        view = services.plans.view(Selection.from_store(stored), from_plain(moved))
        money = view.prepared.inputs.company.currency
        columns = [column_definition(column, money) for column in ISSUE_COLUMNS]
        return issue_rows(view.plan.findings), columns, story(*data_story(view))

    @app.callback(Output(LOADS, "rowData"), Input(REVISION_STORE, "data"))
    def show_loads(_revision: Any) -> list[dict[str, Any]]:
        return load_rows(services.imports.loads())

    @app.callback(
        Output(saved_slot_id(f"{PAGE_ID}-loads"), "data"),
        Input(USE_LOAD, "n_clicks"),
        State(LOADS, "selectedRows"),
        prevent_initial_call=True,
    )
    def use_load(_clicks: int | None, chosen: list[dict[str, Any]] | None) -> dict[str, Any]:
        if not chosen:
            raise SopError("No data load is chosen.", remedy="Click a row of the table first.")
        services.imports.make_current(str(chosen[0]["id"]), services.user())
        return saved("The plan is made from the chosen data load.")


def _register_import(app: Dash, services: Services) -> None:
    """Choose files, answer, look at what they would bring, accept."""

    @app.callback(
        Output(PREVIEW, "children"),
        Output(ACCEPT, "disabled"),
        Output(MAPPING, "data"),
        Input(UPLOAD, "contents"),
        Input(READ_AGAIN, "n_clicks", allow_optional=True),
        Input(CARRY, "value"),
        State(UPLOAD, "filename"),
        State({"type": ANSWERS, "key": ALL, "name": ALL}, "value"),
        State({"type": ANSWERS, "key": ALL, "name": ALL}, "id"),
        State({"type": COLUMNS, "name": ALL}, "value"),
        State({"type": COLUMNS, "name": ALL}, "id"),
        State({"type": HOLDS, "name": ALL, "read": ALL}, "value"),
        State({"type": HOLDS, "name": ALL, "read": ALL}, "id"),
        State(MAPPING, "data"),
        State(CORRECTIONS, "options", allow_optional=True),
        State(CORRECTIONS, "value", allow_optional=True),
        State(FAMILY_RULE, "value", allow_optional=True),
        State(FAMILY_OWN, "value", allow_optional=True),
        prevent_initial_call=True,
        running=[(Output(READING, "hidden"), False, True)],
    )
    def show_preview(
        contents: list[str] | None, again: int | None, carry: Any, names: list[str] | None, *form: Any
    ) -> tuple[list[Component], bool, dict[str, Any]]:
        if not contents or not names or (ctx.triggered_id == READ_AGAIN and not again):
            raise PreventUpdate  # a form that has only just been put there asks for nothing
        mapping = form[6] if isinstance(form[6], dict) and ctx.triggered_id != UPLOAD else {}
        if ctx.triggered_id == READ_AGAIN:
            mapping = _on_the_form(*form)
        preview = _preview(services, contents, names, mapping, carry)
        in_use = next((load.summary for load in services.imports.loads() if load.current), None)
        parts = preview_parts(preview, in_use, services.imports.differences(preview))
        return parts, not preview.accepted, mapping

    @app.callback(
        Output(saved_slot_id(PAGE_ID), "data"),
        Output(UPLOAD, "contents"),
        Output(PREVIEW, "children", allow_duplicate=True),
        Output(ACCEPT, "disabled", allow_duplicate=True),
        Input(ACCEPT, "n_clicks"),
        State(UPLOAD, "contents"),
        State(UPLOAD, "filename"),
        State(MAPPING, "data"),
        State(CARRY, "value"),
        prevent_initial_call=True,
        running=[(Output(READING, "hidden"), False, True)],
    )
    def accept(
        _clicks: int | None, contents: list[str] | None, names: list[str] | None, mapping: Any, carry: Any
    ) -> tuple[Any, ...]:
        if not contents or not names:
            raise SopError("There are no files to accept.", remedy="Choose them first.")
        preview = _preview(services, contents, names, mapping, carry)
        load = services.imports.accept(preview, source=_source(names), user=services.user())
        told = saved(f"{load.name[0].upper()}{load.name[1:]} accepted; the plan is made from it.")
        return told, None, accepted(load, services.set_up.gaps()), True


def _on_the_form(
    answers: list[Any],
    answer_ids: list[dict[str, str]],
    headings: list[Any],
    heading_ids: list[dict[str, str]],
    holds: list[Any],
    hold_ids: list[dict[str, str]],
    before: Any,
    corrections: Any,
    made: Any,
    rule: Any,
    own: Any,
) -> dict[str, Any]:
    """The mapping a person made with the form."""
    known = before if isinstance(before, dict) else {}
    columns = {str(id_["name"]): heading for id_, heading in zip(heading_ids, headings, strict=True)}
    columns = {} if other_sales(hold_ids, holds) else columns
    given = [(id_["key"], id_["name"], answer) for id_, answer in zip(answer_ids, answers, strict=True) if answer]
    listed = [str(option["value"]) for option in corrections or ()]
    said = tables_said(hold_ids, holds, known)
    return {**mapping_of(columns, given, known), **said, **decided(known, listed, made, rule, own)}


def _source(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} files"


def _preview(services: Services, contents: list[str], names: list[str], mapping: Any, carry: Any) -> Preview:
    given = mapping if isinstance(mapping, dict) else {}
    files = uploaded_files(names, contents)
    return services.imports.preview(files, mapping=given, upload=True, carry=carry is True)
