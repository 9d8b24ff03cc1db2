"""Wiring of the outlook forms: opened empty or with the row chosen, kept by the use case, left open when refused."""

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from sop_dash.components.notices import saved, saved_slot_id
from sop_dash.core.model.errors import SopError
from sop_dash.pages.demand.outlook_forms import Form, Lists, field_id, forms, given, lists_of, part_id, typed
from sop_dash.pages.demand.review_slots import OUTLOOK_SLOT
from sop_dash.pages.demand.review_tabs import OUTLOOK_LISTS
from sop_dash.services.bundle import Services
from sop_dash.services.kept_outlook import OutlookKind, plain_row

_GRIDS = {one.kind: one.grid_id for one in OUTLOOK_LISTS}


def register_outlook(app: Dash, services: Services) -> None:
    """Attach one callback per form."""
    for form in forms(Lists()):
        _form(app, services, form)


def _form(app: Dash, services: Services, form: Form) -> None:
    kind, names = form.kind, form.fields

    @app.callback(
        Output(part_id(kind), "is_open"),
        Output(part_id(kind, "title"), "children"),
        Output(part_id(kind, "refused"), "children"),
        Output(part_id(kind, "draft"), "data"),
        Output(part_id(kind, "remove"), "hidden"),
        Output(saved_slot_id(f"{OUTLOOK_SLOT}-{kind}"), "data"),
        *(Output(field_id(kind, name), "value") for name in names),
        Input(part_id(kind, "new"), "n_clicks"),
        Input(part_id(kind, "edit"), "n_clicks"),
        Input(part_id(kind, "cancel"), "n_clicks"),
        Input(part_id(kind, "save"), "n_clicks"),
        Input(part_id(kind, "remove"), "n_clicks"),
        State(_GRIDS[kind], "selectedRows"),
        State(part_id(kind, "draft"), "data"),
        *(State(field_id(kind, name), "value") for name in names),
        prevent_initial_call=True,
    )
    def work_the_form(_new: Any, _edit: Any, _cancel: Any, _save: Any, _remove: Any, *state: Any) -> tuple[Any, ...]:
        rows, draft, values = state[0], state[1], dict(zip(names, state[2:], strict=True))
        asked = str(ctx.triggered_id or "").rpartition("-")[2]
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return _answer(names)
        if asked == "cancel":
            return _answer(names, is_open=False)
        if asked in ("save", "remove"):
            return _kept(services, form, asked, draft or {}, values)
        if asked == "edit":
            return _opened(services, form, rows)
        return _answer(
            names, is_open=True, title=f"Add {form.name}", draft={}, hidden=True, fields=_fresh(services, form)
        )


def _opened(services: Services, form: Form, rows: Any) -> tuple[Any, ...]:
    """The form with the row chosen. Raises `SopError` when none is, or when it comes from the data alone."""
    if not rows:
        raise SopError("No row is chosen.", remedy="Choose one in the table, then change it.")
    chosen = rows[0]
    if form.kind is OutlookKind.TRANSITION and not chosen.get("key"):
        fresh = {**_fresh(services, form), **{name: chosen[f"_{name}"] for name in form.fields if f"_{name}" in chosen}}
        return _answer(form.fields, is_open=True, title=f"Plan {chosen['sku']}", draft={}, hidden=True, fields=fresh)
    key = chosen.get("key") or chosen.get("id") or ""
    row, kept = services.outlook.find(form.kind, key)
    name = f"{form.name.capitalize()} {getattr(row, 'id', '')}".strip()
    by = f", kept by {kept.changed_by}" if kept else ", as brought"
    draft = {"key": key, "seen": kept.version if kept else None}
    fields = typed(form.kind, plain_row(row))
    return _answer(form.fields, is_open=True, title=name + by, draft=draft, hidden=False, fields=fields)


def _kept(
    services: Services, form: Form, asked: str, draft: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Closed and told, or open with what was typed and the sentence that refuses it."""
    key, seen, user = draft.get("key"), draft.get("seen"), services.user()
    try:
        if asked == "remove" and key:
            services.outlook.remove(form.kind, key, seen, user)
        elif key:
            services.outlook.change(form.kind, key, seen, given(form.kind, values), user)
        else:
            services.outlook.add(form.kind, given(form.kind, values), user)
    except SopError as error:
        return _answer(form.fields, refused=error.sentence)
    done = "taken out" if asked == "remove" else "kept"
    return _answer(form.fields, is_open=False, told=saved(f"The {form.name} was {done}."))


def _fresh(services: Services, form: Form) -> dict[str, Any]:
    """Field values of an empty form: the first option of every choice, the person as the owner."""
    offered = forms(lists_of(services.plans.prepared().inputs))
    values: dict[str, Any] = {
        field.name: field.control[0][1] if not isinstance(field.control, str) and field.control else None
        for line in next(one for one in offered if one.kind is form.kind).rows
        for field in line
    }
    return {**values, "owner": services.user().name}


def _answer(
    names: tuple[str, ...],
    *,
    is_open: Any = no_update,
    title: Any = no_update,
    refused: str = "",
    draft: Any = no_update,
    hidden: Any = no_update,
    told: Any = no_update,
    fields: Mapping[str, Any] | None = None,
) -> tuple[Any, ...]:
    values = (no_update,) * len(names) if fields is None else tuple(fields.get(name) for name in names)
    return is_open, title, refused, draft, hidden, told, *values
