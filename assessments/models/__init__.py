from assessments.models.actions import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    ProgressUpdate,
)
from assessments.models.answers import Answer, BenchmarkAssessment, Decision, QuestionAssessment
from assessments.models.calendar import CalendarFeed
from assessments.models.council import Council, Membership, Role
from assessments.models.cycle import Cycle, Stage
from assessments.models.drafts import Draft
from assessments.models.evidence import EvidenceItem, EvidenceStatement
from assessments.models.exports import Audience, Export, ExportFormat
from assessments.models.imports import DocumentImport
from assessments.models.mail import Mail, Reminder, ReminderOptOut
from assessments.models.people import User
from assessments.models.review import Challenge, ChallengeReply, ReviewStep
from assessments.models.sensitivity import Sensitivity
from assessments.models.snapshot import SignedSnapshotError, Snapshot
from assessments.models.workbooks import ReturnedWorkbook, WorkingWorkbook

__all__ = [
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
    "Council",
    "Cycle",
    "Decision",
    "DocumentImport",
    "Draft",
    "EvidenceItem",
    "EvidenceStatement",
    "Export",
    "ExportFormat",
    "Mail",
    "Membership",
    "ProgressUpdate",
    "QuestionAssessment",
    "Reminder",
    "ReminderOptOut",
    "ReturnedWorkbook",
    "ReviewStep",
    "Role",
    "Sensitivity",
    "SignedSnapshotError",
    "Snapshot",
    "Stage",
    "User",
    "WorkingWorkbook",
]
