from assessments.models.actions import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    ProgressUpdate,
)
from assessments.models.answers import Answer, BenchmarkAssessment, Decision, QuestionAssessment
from assessments.models.council import Council, Membership, Role
from assessments.models.cycle import Cycle
from assessments.models.drafts import Draft
from assessments.models.evidence import EvidenceItem, EvidenceStatement
from assessments.models.exports import Audience, Export, ExportFormat
from assessments.models.people import User
from assessments.models.sensitivity import Sensitivity

__all__ = [
    "Action",
    "ActionLink",
    "ActionOwner",
    "ActionStatus",
    "Answer",
    "Audience",
    "BenchmarkAssessment",
    "Council",
    "Cycle",
    "Decision",
    "Draft",
    "EvidenceItem",
    "EvidenceStatement",
    "Export",
    "ExportFormat",
    "Membership",
    "ProgressUpdate",
    "QuestionAssessment",
    "Role",
    "Sensitivity",
    "User",
]
