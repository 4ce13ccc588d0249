"""Every address below `/councils/`: the council and the cycle stand in it, never in a session."""

from django.urls import URLPattern, URLResolver, include, path

from assessments.views import (
    actions,
    answers,
    assign,
    calendar,
    challenges,
    check,
    comparison,
    confirm,
    council,
    cycles,
    dashboard,
    documents,
    drafts,
    exports,
    front_sheet,
    history,
    home,
    imports,
    judgement,
    people,
    register,
    review,
    search,
    snapshots,
)

app_name = "councils"

# Below one question.
QUESTION: list[URLPattern | URLResolver] = [
    path("", answers.question, name="question"),
    path("draft/", answers.question_draft, name="question_draft"),
    path("draft/discard/", answers.discard_question_draft, name="discard_question_draft"),
    path("history/", history.question_history, name="question_history"),
    path("actions/add/", actions.add_action, name="add_action"),
    path("actions/<int:action_id>/confirm/", confirm.confirm_action, name="confirm_action"),
    path("documents/add/", documents.add_document, name="add_document"),
]

# Below one exported file.
EXPORT: list[URLPattern | URLResolver] = [
    path("", exports.export, name="export"),
    path("download/", exports.download_export, name="download_export"),
    path("again/", exports.make_export_again, name="make_export_again"),
]

# Below two cycles, side by side.
COMPARISON: list[URLPattern | URLResolver] = [
    path("", comparison.comparison, name="comparison"),
    path("benchmarks/<int:number>/", comparison.compared_benchmark, name="compared_benchmark"),
    path("workbook/", comparison.comparison_workbook, name="comparison_workbook"),
]

# Below one uploaded document.
IMPORT: list[URLPattern | URLResolver] = [
    path("", imports.review, name="import_review"),
    path("rows/<int:row>/", imports.row, name="import_row"),
    path("confirm/", imports.confirm, name="confirm_import"),
    path("discard/", imports.discard, name="discard_import"),
]

# Below one cycle.
CYCLE: list[URLPattern | URLResolver] = [
    path("", cycles.cycle, name="cycle"),
    path("assign/", assign.assign, name="assign"),
    path("search/", search.search, name="search"),
    path("benchmarks/<int:number>/", judgement.benchmark, name="benchmark"),
    path("benchmarks/<int:number>/draft/", judgement.benchmark_draft, name="benchmark_draft"),
    path(
        "benchmarks/<int:number>/draft/discard/",
        judgement.discard_benchmark_draft,
        name="discard_benchmark_draft",
    ),
    path("front-sheet/", front_sheet.front_sheet, name="front_sheet"),
    path("check/", check.check, name="check"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/pdf/", dashboard.dashboard_pdf, name="dashboard_pdf"),
    path("review/", review.review, name="review"),
    path("review/submit/", review.submit_cycle, name="submit_cycle"),
    path("review/return/", review.return_cycle, name="return_cycle"),
    path("review/sign-off/", review.sign, name="sign_off"),
    path("review/reopen/", review.reopen_cycle, name="reopen_cycle"),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/add/", challenges.add_challenge, name="add_challenge"),
    path("challenges/<int:challenge_id>/", challenges.challenge, name="challenge"),
    path("challenges/<int:challenge_id>/reply/", challenges.reply, name="reply"),
    path("challenges/<int:challenge_id>/resolve/", challenges.resolve, name="resolve"),
    path("history/", history.history, name="history"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<int:action_id>/", actions.action, name="action"),
    path("actions/<int:action_id>/progress/add/", actions.add_update, name="add_update"),
    path("actions/<int:action_id>/remove/", actions.remove_action, name="remove_action"),
    path("documents/<int:item_id>/", documents.document, name="document"),
    path("documents/<int:item_id>/confirm/", confirm.confirm_document, name="confirm_document"),
    path("documents/<int:item_id>/remove/", documents.remove_document, name="remove_document"),
    path("drafts/<str:page>/", drafts.draft, name="draft"),
    path("drafts/<str:page>/discard/", drafts.discard_draft, name="discard_draft"),
    path("questions/<str:ref>/", include(QUESTION)),
    path("tray/", imports.tray, name="tray"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:export_id>/", include(EXPORT)),
]

# Below one council.
COUNCIL: list[URLPattern | URLResolver] = [
    path("", council.council, name="council"),
    path("settings/", council.settings, name="settings"),
    path("theme.css", council.theme, name="theme"),
    path("logo/", council.logo, name="logo"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:membership_id>/role/", people.role, name="change_role"),
    path("people/<int:membership_id>/remove/", people.remove, name="remove_person"),
    path("people/<int:membership_id>/invite/", people.invite_again, name="invite_again"),
    path("actions/", register.register, name="register"),
    path("actions/calendar/", calendar.calendar, name="calendar"),
    path("actions/calendar/make/", calendar.make, name="make_feed"),
    path("actions/calendar/revoke/", calendar.revoke, name="revoke_feed"),
    path("actions/give-owner/", register.give_owner, name="give_owner"),
    path("actions/give-date/", register.give_date, name="give_date"),
    path("actions/register.xlsx", register.download, {"format": "xlsx"}, name="register_workbook"),
    path("actions/register.csv", register.download, {"format": "csv"}, name="register_csv"),
    path("snapshots/<int:number>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<int:number>/files/", snapshots.snapshot_file, name="snapshot_file"),
    path("import/", imports.start, name="start_import"),
    path("imports/<int:import_id>/", include(IMPORT)),
    path("cycles/start/", cycles.start, name="start_cycle"),
    path("cycles/<int:cycle_id>/", include(CYCLE)),
    path("compare/", comparison.choose_comparison, name="choose_comparison"),
    path("compare/<int:before_id>/<int:after_id>/", include(COMPARISON)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("add/", home.add, name="add"),
    path("<slug:slug>/", include(COUNCIL)),
]
