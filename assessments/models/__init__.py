from assessments.models.actions import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    ProgressUpdate,
)
from assessments.models.answers import Answer, BenchmarkAssessment, Decision, QuestionAssessment
from assessments.models.calendar import CalendarFeed
from assessments.models.council import ClosureDay, Council, Membership, Role
from assessments.models.cycle import Cycle, Stage
from assessments.models.drafts import Draft
from assessments.models.editions import CouncilToolkit, DraftPart, DraftPartKind, EditionDraft
from assessments.models.evidence import EvidenceItem, EvidenceStatement
from assessments.models.exports import Audience, Export, ExportFormat, MadeFile
from assessments.models.imports import DocumentImport
from assessments.models.mail import Mail, Reminder, ReminderOptOut
from assessments.models.packs import (
    AcceptedWarning,
    FrozenPackError,
    Pack,
    PackComment,
    PackFile,
    PackPart,
    PackRelease,
    PackSection,
    PackVersion,
    PartKind,
    SectionKind,
    TemplateSection,
)
from assessments.models.people import User
from assessments.models.review import Challenge, ChallengeReply, ReviewStep
from assessments.models.sensitivity import Sensitivity
from assessments.models.snapshot import SignedSnapshotError, Snapshot
from assessments.models.workbooks import ReturnedWorkbook, WorkingWorkbook

__all__ = [
    "AcceptedWarning",
    "Action",
    "ActionLink",
    "ActionOwner",
    "ActionStatus",
    "Answer",
    "Audience",
    "BenchmarkAssessment",
    "CalendarFeed",
    "Challenge",
    "ChallengeReply",
    "ClosureDay",
    "Council",
    "CouncilToolkit",
    "Cycle",
    "Decision",
    "DocumentImport",
    "Draft",
    "DraftPart",
    "DraftPartKind",
    "EditionDraft",
    "EvidenceItem",
    "EvidenceStatement",
    "Export",
    "ExportFormat",
    "FrozenPackError",
    "MadeFile",
    "Mail",
    "Membership",
    "Pack",
    "PackComment",
    "PackFile",
    "PackPart",
    "PackRelease",
    "PackSection",
    "PackVersion",
    "PartKind",
    "ProgressUpdate",
    "QuestionAssessment",
    "Reminder",
    "ReminderOptOut",
    "ReturnedWorkbook",
    "ReviewStep",
    "Role",
    "SectionKind",
    "Sensitivity",
    "SignedSnapshotError",
    "Snapshot",
    "Stage",
    "TemplateSection",
    "User",
    "WorkingWorkbook",
]
