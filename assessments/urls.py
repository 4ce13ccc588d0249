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
    edition_files,
    edition_parts,
    editions,
    exports,
    front_sheet,
    history,
    home,
    import_reading,
    import_rows,
    import_texts,
    imports,
    judgement,
    organisations,
    pack_history,
    pack_release,
    pack_sections,
    packs,
    people,
    publishing,
    register,
    report_sections,
    review,
    search,
    snapshots,
    summary,
    toolkits,
    workbook_rows,
    workbooks,
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

# Below one section of a committee pack.
PACK_SECTION: list[URLPattern | URLResolver] = [
    path("", pack_sections.pack_section, name="pack_section"),
    path("draft/", pack_sections.pack_section_draft, name="pack_section_draft"),
    path(
        "draft/discard/",
        pack_sections.discard_pack_section_draft,
        name="discard_pack_section_draft",
    ),
    path("parts/add/", pack_sections.add_part, name="add_part"),
    path("leave-out/", pack_sections.leave_out, name="leave_out"),
    path("verify/", pack_sections.verify_section, name="verify_section"),
    path("comments/add/", pack_sections.add_comment, name="add_comment"),
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

# Below one committee pack.
PACK: list[URLPattern | URLResolver] = [
    path("", packs.pack, name="pack"),
    path("meeting/", packs.meeting, name="meeting"),
    path("latest-snapshot/", packs.use_latest_snapshot, name="use_latest_snapshot"),
    path("sections/<slug:name>/", include(PACK_SECTION)),
    path("parts/<int:pack_part_id>/move/", pack_sections.move_part, name="move_part"),
    path("parts/<int:pack_part_id>/remove/", pack_sections.remove_part, name="remove_part"),
    path("comments/<int:comment_id>/settle/", pack_sections.settle_comment, name="settle_comment"),
    path("public/", pack_release.preview_pack, {"audience": "public"}, name="preview_public"),
    path("public/page/", pack_release.preview_page, {"audience": "public"}, name="public_page"),
    path("exempt/", pack_release.preview_pack, {"audience": "committee"}, name="preview_exempt"),
    path("exempt/page/", pack_release.preview_page, {"audience": "committee"}, name="exempt_page"),
    path("check/", pack_release.release_check, name="release_check"),
    path("check/accept/", pack_release.accept_warning, name="accept_warning"),
    path("history/", pack_history.pack_history, name="pack_history"),
    path("files/", pack_release.pack_files, name="pack_files"),
    path("files/make/", pack_release.make_pack_files, name="make_pack_files"),
    path("files/<int:file_id>/", pack_release.download_pack_file, name="download_pack_file"),
    path(
        "files/<int:file_id>/again/", pack_release.make_pack_file_again, name="make_pack_file_again"
    ),
    path("versions/<int:number>/", pack_release.pack_version, name="pack_version"),
    path("versions/<int:number>/release/", pack_release.release, name="release"),
    path("versions/<int:number>/checksums.txt", pack_release.checksums, name="checksums"),
]

# Below one uploaded document.
IMPORT: list[URLPattern | URLResolver] = [
    path("", imports.review, name="import_review"),
    path("progress/", import_reading.progress, name="import_progress"),
    path("progress/again/", import_reading.again, name="read_import_again"),
    path("rows/<int:row>/", import_rows.row, name="import_row"),
    path("rows/<int:row>/texts/", import_texts.texts, name="import_row_texts"),
    path("rows/<int:row>/split/", import_rows.split, name="split_import_row"),
    path("rows/<int:row>/cut/", import_rows.cut, name="cut_import_row"),
    path("rows/<int:row>/join/", import_rows.join, name="join_import_row"),
    path("confirm/", imports.confirm, name="confirm_import"),
    path("discard/", imports.discard, name="discard_import"),
]

# Below one edition that is drafted.
EDITION: list[URLPattern | URLResolver] = [
    path("", editions.edition, name="edition"),
    path("differences/", editions.differences, name="differences"),
    path("history/", editions.history, name="history"),
    path("toolkit.yaml", editions.download, {"format": "yaml"}, name="yaml"),
    path("toolkit.xlsx", editions.download, {"format": "xlsx"}, name="workbook"),
    path("file/", edition_files.file, name="file"),
    path("file/confirm/", edition_files.confirm_file, name="confirm_file"),
    path("publish/", editions.publish, name="publish"),
    path("discard/", editions.discard, name="discard"),
    path("parts/add/", edition_parts.add, name="add_part"),
    path("parts/<int:part_id>/", edition_parts.part, name="part"),
    path("parts/<int:part_id>/draft/", edition_parts.part_draft, name="part_draft"),
    path(
        "parts/<int:part_id>/draft/discard/",
        edition_parts.discard_part_draft,
        name="discard_part_draft",
    ),
    path("parts/<int:part_id>/move/", edition_parts.move, name="move_part"),
    path("parts/<int:part_id>/remove/", edition_parts.remove, name="remove_part"),
    path("parts/<int:part_id>/preview/", edition_parts.preview, name="preview"),
]

# Where editions are drafted: for everybody, and below each council for its own.
EDITIONS: list[URLPattern | URLResolver] = [
    path("", editions.editions, name="list"),
    path("start/", editions.start, name="start"),
    path("<int:draft_id>/", include(EDITION)),
]

# What is published, for everybody who may see it.
TOOLKITS: list[URLPattern | URLResolver] = [
    path("", toolkits.toolkit_list, name="list"),
    path("<slug:slug>/", toolkits.toolkit, name="toolkit"),
    path("<slug:slug>/toolkit.yaml", toolkits.download, {"format": "yaml"}, name="yaml"),
    path("<slug:slug>/toolkit.xlsx", toolkits.download, {"format": "xlsx"}, name="workbook"),
    path("<slug:slug>/benchmarks/<int:number>/", toolkits.benchmark, name="benchmark"),
]

# Below one workbook that came back.
RETURNED: list[URLPattern | URLResolver] = [
    path("", workbooks.returned_workbook, name="returned_workbook"),
    path("changes/<int:number>/", workbooks.workbook_change, name="workbook_change"),
    path("confirm/", workbooks.confirm_workbook, name="confirm_workbook"),
    path("discard/", workbooks.discard_workbook, name="discard_workbook"),
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
    path("summary/", summary.summary, name="summary"),
    path("check/", check.check, name="check"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/rows/", dashboard.dashboard_rows, name="dashboard_rows"),
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
    path("workbooks/", workbooks.workbooks, name="workbooks"),
    path("workbooks/download/", workbooks.download_workbook, name="download_workbook"),
    path(
        "workbooks/<int:spreadsheet_id>/columns/",
        workbook_rows.workbook_columns,
        name="workbook_columns",
    ),
    path(
        "workbooks/<int:spreadsheet_id>/rows/<int:row>/",
        workbook_rows.workbook_row,
        name="workbook_row",
    ),
    path("workbooks/<int:returned_id>/", include(RETURNED)),
    path("tray/", imports.tray, name="tray"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:export_id>/", include(EXPORT)),
]

# How a council presents itself and publishes.
SETTINGS: list[URLPattern | URLResolver] = [
    path("", council.settings, name="settings"),
    path("history/", council.settings_changes, name="settings_history"),
    path("publishing/", publishing.publishing, name="publishing"),
    path("closures/", publishing.closures, name="closures"),
    path("closures/remove/", publishing.remove_closure, name="remove_closure"),
    path("word-template/", publishing.word_template, name="word_template"),
    path("word-template/file/", publishing.template_file, name="word_template_file"),
    path("word-template/remove/", publishing.remove_template, name="remove_word_template"),
]

# Below one council.
COUNCIL: list[URLPattern | URLResolver] = [
    path("", council.council, name="council"),
    path("settings/", include(SETTINGS)),
    path("theme.css", council.theme, name="theme"),
    path("logo/", council.logo, name="logo"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/organisations/", organisations.organisations, name="organisations"),
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
    path("report-sections/", report_sections.report_sections, name="report_sections"),
    path("report-sections/add/", report_sections.add_report_section, name="add_report_section"),
    path("packs/", packs.packs, name="packs"),
    path("packs/add/", packs.add_pack, name="add_pack"),
    path("packs/<int:pack_id>/", include(PACK)),
    path("import/", imports.start, name="start_import"),
    path("imports/<int:import_id>/", include(IMPORT)),
    path("cycles/start/", cycles.start, name="start_cycle"),
    path("cycles/<int:cycle_id>/", include(CYCLE)),
    path("editions/", include((EDITIONS, "editions"))),
    path("compare/", comparison.choose_comparison, name="choose_comparison"),
    path("compare/<int:before_id>/<int:after_id>/", include(COMPARISON)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("add/", home.add, name="add"),
    path("<slug:slug>/", include(COUNCIL)),
]
