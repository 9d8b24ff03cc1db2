"""Who may do what: asked by every use case that reads or writes plan data, and by the buttons that start one."""

from dataclasses import dataclass
from enum import StrEnum

from sop_dash.core.model.errors import SopError


class Role(StrEnum):
    """What a person is in the cycle."""

    EXECUTIVE = "executive"
    PLANNER = "planner"
    FACILITATOR = "facilitator"


class Right(StrEnum):
    """What a use case asks for; how much money a person may decide on is said in `decisions`."""

    READ = "read the plan"
    EDIT = "change the plan"
    DECIDE = "record decisions"
    APPROVE = "approve the plan"
    IMPORT = "bring data"


_GRANTS = {
    Role.EXECUTIVE: {Right.READ, Right.DECIDE, Right.APPROVE},
    Role.PLANNER: {Right.READ, Right.EDIT, Right.DECIDE, Right.IMPORT},
    Role.FACILITATOR: {Right.READ, Right.DECIDE},
}


@dataclass(frozen=True, kw_only=True)
class User:
    """Who is asking."""

    name: str
    roles: frozenset[Role]


LOCAL_USER = User(name="local user", roles=frozenset(Role))
"""The one person of an installation without logins: bound to this machine, with all roles."""


class NotAllowed(SopError):
    """The person lacks the right a use case needs."""


def require(user: User, right: Right) -> None:
    """Raise `NotAllowed` unless one of the user's roles grants the right."""
    if not any(right in _GRANTS[role] for role in user.roles):
        raise NotAllowed(f"You may not {right}.", remedy="Ask the facilitator of the cycle for the role.")
