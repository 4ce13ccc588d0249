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
    SUBMIT = "submit"
    CHALLENGE = "challenge"  # ask, resolve, and change a benchmark's rating with a reason
    REPLY = "reply"
    SIGN_OFF = "sign_off"  # also return and reopen
    EXPORT_RESTRICTED = "export_restricted"
    DRAFT_PACK = "draft_pack"  # start a committee pack, write its report, comment on it
    RELEASE_PACK = "release_pack"  # accept warnings, and let the files go out
    MANAGE_PEOPLE = "manage_people"
    MANAGE_COUNCIL = "manage_council"
    DRAFT_EDITION = "draft_edition"  # toolkits of the council's own


P = Permission

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEAD: frozenset(Permission) - {P.CHALLENGE, P.SIGN_OFF, P.RELEASE_PACK},
    Role.CONTRIBUTOR: frozenset({P.ENTER, P.READ, P.ANSWER_ASSIGNED, P.REPLY}),
    Role.REVIEWER: frozenset(
        {P.ENTER, P.READ, P.EXPORT_RESTRICTED, P.CHALLENGE, P.REPLY, P.SIGN_OFF}
    ),
    Role.PUBLISHER: frozenset({P.ENTER, P.READ, P.EXPORT_RESTRICTED, P.DRAFT_PACK, P.RELEASE_PACK}),
    Role.VIEWER: frozenset({P.ENTER}),
}

# Looks after councils and the people in them, and reads nothing they write.
SITE_ADMINISTRATOR = frozenset({P.ENTER, P.MANAGE_PEOPLE, P.MANAGE_COUNCIL, P.DRAFT_EDITION})


def can(role: Role | None, permission: Permission, *, site_administrator: bool = False) -> bool:
    if site_administrator and permission in SITE_ADMINISTRATOR:
        return True
    return role is not None and permission in PERMISSIONS[role]


def roles_with(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in PERMISSIONS[role]]
