"""Who may do what: the one table, and the one question asked of it."""

from enum import StrEnum

from assessments.models import Role


class Permission(StrEnum):
    ENTER = "enter"  # the council's home and its public front sheets and files
    READ = "read"  # everything written in a cycle, restricted text included
    ANSWER_ASSIGNED = "answer_assigned"  # questions assigned to oneself, and one's own actions
    ANSWER_ANY = "answer_any"
    JUDGE = "judge"  # benchmark ratings and the front sheet
    ASSIGN = "assign"
    START_CYCLE = "start_cycle"
    EXPORT_RESTRICTED = "export_restricted"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_COUNCIL = "manage_council"


P = Permission

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEAD: frozenset(Permission),
    Role.CONTRIBUTOR: frozenset({P.ENTER, P.READ, P.ANSWER_ASSIGNED}),
    Role.REVIEWER: frozenset({P.ENTER, P.READ, P.EXPORT_RESTRICTED}),
    Role.PUBLISHER: frozenset({P.ENTER, P.READ, P.EXPORT_RESTRICTED}),
    Role.VIEWER: frozenset({P.ENTER}),
}

# Looks after councils and the people in them, and reads nothing they write.
SITE_ADMINISTRATOR = frozenset({P.ENTER, P.MANAGE_PEOPLE, P.MANAGE_COUNCIL})


def can(role: Role | None, permission: Permission, *, site_administrator: bool = False) -> bool:
    if site_administrator and permission in SITE_ADMINISTRATOR:
        return True
    return role is not None and permission in PERMISSIONS[role]


def roles_with(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in PERMISSIONS[role]]
