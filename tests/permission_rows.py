"""Who gets what from every address of the site: the table that the permission matrix holds it to.

in       let in: a page, or on a POST a page or a redirect onwards
sign-in  sent to the sign-in page
403      the person belongs here and may not do this
404      as if it weren't there
405      this method isn't for this address

A single outcome is everybody's. `administrator` is the site's, and a member of no council.
"""
# ruff: noqa: E501 - a table is read across

Rows = dict[str, dict[str, dict[str, str]]]

PEOPLE = ["nobody", "stranger", "viewer", "contributor", "reviewer", "publisher", "lead"]
PEOPLE += ["administrator"]

# With what is the contributor's: question 1.1 is assigned to them, the document stands there,
# they own the action; and with files that hold nothing but public text.
TABLE = """
# route                                     nobody   stranger viewer   contrib. reviewer publish. lead     admin.
home                                  GET   sign-in  in       in       in       in       in       in       in
home                                  POST  405
health                                GET   in
health                                POST  405
unsent                                GET   sign-in  in       in       in       in       in       in       in
unsent                                POST  sign-in  in       in       in       in       in       in       in
calendar_feed                         GET   in
calendar_feed                         POST  405
reminders                             GET   in
reminders                             POST  in
resume_reminders                      GET   405
resume_reminders                      POST  in
outbox                                GET   sign-in  403      403      403      403      403      403      in
outbox                                POST  405
outbox_remind                         GET   405
outbox_remind                         POST  sign-in  403      403      403      403      403      403      in
account_login                         GET   in
account_login                         POST  in
account_logout                        GET   in
account_logout                        POST  in
account_inactive                      GET   in
account_inactive                      POST  405
account_signup                        GET   in
account_signup                        POST  in
account_reauthenticate                GET   sign-in  in       in       in       in       in       in       in
account_reauthenticate                POST  sign-in  in       in       in       in       in       in       in
account_email                         GET   sign-in  in       in       in       in       in       in       in
account_email                         POST  sign-in  in       in       in       in       in       in       in
account_email_verification_sent       GET   in
account_email_verification_sent       POST  405
account_change_password               GET   sign-in  in       in       in       in       in       in       in
account_change_password               POST  sign-in  in       in       in       in       in       in       in
account_set_password                  GET   sign-in  in       in       in       in       in       in       in
account_set_password                  POST  sign-in  in       in       in       in       in       in       in
account_reset_password                GET   in
account_reset_password                POST  in
account_confirm_login_code            GET   sign-in  in       in       in       in       in       in       in
account_confirm_login_code            POST  sign-in  in       in       in       in       in       in       in
account_confirm_email                 GET   in
account_confirm_email                 POST  404
account_reset_password_from_key_done  GET   in
account_reset_password_from_key_done  POST  405
account_reset_password_from_key       GET   in
account_reset_password_from_key       POST  in
account_reset_password_done           GET   in
account_reset_password_done           POST  405
councils:add                          GET   sign-in  403      403      403      403      403      403      in
councils:add                          POST  sign-in  403      403      403      403      403      403      in
councils:council                      GET   sign-in  404      in       in       in       in       in       in
councils:council                      POST  405
councils:settings                     GET   sign-in  404      403      403      403      403      in       in
councils:settings                     POST  sign-in  404      403      403      403      403      in       in
councils:settings_history             GET   sign-in  404      403      403      403      403      in       in
councils:settings_history             POST  405
councils:publishing                   GET   sign-in  404      403      403      403      403      in       in
councils:publishing                   POST  sign-in  404      403      403      403      403      in       in
councils:closures                     GET   sign-in  404      403      403      403      403      in       in
councils:closures                     POST  sign-in  404      403      403      403      403      in       in
councils:remove_closure               GET   405
councils:remove_closure               POST  sign-in  404      403      403      403      403      in       in
councils:word_template                GET   sign-in  404      403      403      403      403      in       in
councils:word_template                POST  sign-in  404      403      403      403      403      in       in
councils:remove_word_template         GET   sign-in  404      403      403      403      403      in       in
councils:remove_word_template         POST  sign-in  404      403      403      403      403      in       in
councils:word_template_file           GET   sign-in  404      403      403      403      403      in       in
councils:word_template_file           POST  405
councils:theme                        GET   sign-in  404      in       in       in       in       in       in
councils:theme                        POST  405
councils:logo                         GET   sign-in  404      in       in       in       in       in       in
councils:logo                         POST  405
councils:people                       GET   sign-in  404      403      403      403      403      in       in
councils:people                       POST  405
councils:add_person                   GET   sign-in  404      403      403      403      403      in       in
councils:add_person                   POST  sign-in  404      403      403      403      403      in       in
councils:organisations                GET   sign-in  404      403      403      403      403      in       in
councils:organisations                POST  sign-in  404      403      403      403      403      in       in
councils:change_role                  GET   sign-in  404      403      403      403      403      in       in
councils:change_role                  POST  sign-in  404      403      403      403      403      in       in
councils:remove_person                GET   sign-in  404      403      403      403      403      in       in
councils:remove_person                POST  sign-in  404      403      403      403      403      in       in
councils:invite_again                 GET   405
councils:invite_again                 POST  sign-in  404      403      403      403      403      in       in
councils:start_cycle                  GET   sign-in  404      403      403      403      403      in       403
councils:start_cycle                  POST  sign-in  404      403      403      403      403      in       403
councils:start_import                 GET   sign-in  404      403      403      403      403      in       403
councils:start_import                 POST  sign-in  404      403      403      403      403      in       403
councils:import_review                GET   sign-in  404      403      403      403      403      in       403
councils:import_review                POST  405
councils:import_row                   GET   sign-in  404      403      403      403      403      in       403
councils:import_row                   POST  sign-in  404      403      403      403      403      in       403
councils:import_progress              GET   sign-in  404      403      403      403      403      in       403
councils:import_progress              POST  405
councils:read_import_again            GET   405
councils:read_import_again            POST  sign-in  404      403      403      403      403      in       403
councils:import_row_texts             GET   sign-in  404      403      403      403      403      in       403
councils:import_row_texts             POST  sign-in  404      403      403      403      403      in       403
councils:split_import_row             GET   sign-in  404      403      403      403      403      in       403
councils:split_import_row             POST  sign-in  404      403      403      403      403      in       403
councils:cut_import_row               GET   405
councils:cut_import_row               POST  sign-in  404      403      403      403      403      in       403
councils:join_import_row              GET   405
councils:join_import_row              POST  sign-in  404      403      403      403      403      in       403
councils:confirm_import               GET   sign-in  404      403      403      403      403      in       403
councils:confirm_import               POST  sign-in  404      403      403      403      403      in       403
councils:discard_import               GET   sign-in  404      403      403      403      403      in       403
councils:discard_import               POST  sign-in  404      403      403      403      403      in       403
councils:workbooks                    GET   sign-in  404      403      in       403      403      in       403
councils:workbooks                    POST  sign-in  404      403      in       403      403      in       403
councils:download_workbook            GET   405
councils:download_workbook            POST  sign-in  404      403      in       403      403      in       403
councils:workbook_columns             GET   sign-in  404      403      in       403      403      in       403
councils:workbook_columns             POST  sign-in  404      403      in       403      403      in       403
councils:workbook_row                 GET   sign-in  404      403      in       403      403      in       403
councils:workbook_row                 POST  sign-in  404      403      in       403      403      in       403
councils:returned_workbook            GET   sign-in  404      403      in       403      403      in       403
councils:returned_workbook            POST  405
councils:workbook_change              GET   sign-in  404      403      in       403      403      in       403
councils:workbook_change              POST  sign-in  404      403      in       403      403      in       403
councils:confirm_workbook             GET   sign-in  404      403      in       403      403      in       403
councils:confirm_workbook             POST  sign-in  404      403      in       403      403      in       403
councils:discard_workbook             GET   sign-in  404      403      in       403      403      in       403
councils:discard_workbook             POST  sign-in  404      403      in       403      403      in       403
councils:tray                         GET   sign-in  404      403      in       in       in       in       403
councils:tray                         POST  405
councils:cycle                        GET   sign-in  404      403      in       in       in       in       403
councils:cycle                        POST  405
councils:assign                       GET   sign-in  404      403      403      403      403      in       403
councils:assign                       POST  sign-in  404      403      403      403      403      in       403
councils:search                       GET   sign-in  404      403      in       in       in       in       403
councils:search                       POST  sign-in  404      403      in       in       in       in       403
councils:benchmark                    GET   sign-in  404      403      in       in       in       in       403
councils:benchmark                    POST  sign-in  404      403      403      403      403      in       403
councils:benchmark_draft              GET   405
councils:benchmark_draft              POST  sign-in  404      403      403      403      403      in       403
councils:discard_benchmark_draft      GET   405
councils:discard_benchmark_draft      POST  sign-in  404      403      403      403      403      in       403
councils:front_sheet                  GET   sign-in  404      in       in       in       in       in       in
councils:front_sheet                  POST  405
councils:summary                      GET   sign-in  404      in       in       in       in       in       in
councils:summary                      POST  405
councils:check                        GET   sign-in  404      403      in       in       in       in       403
councils:check                        POST  405
councils:dashboard                    GET   sign-in  404      403      in       in       in       in       403
councils:dashboard                    POST  405
councils:dashboard_rows               GET   sign-in  404      403      in       in       in       in       403
councils:dashboard_rows               POST  405
councils:dashboard_pdf                GET   sign-in  404      403      403      in       in       in       403
councils:dashboard_pdf                POST  405
councils:choose_comparison            GET   sign-in  404      403      in       in       in       in       403
councils:choose_comparison            POST  405
councils:comparison                   GET   sign-in  404      403      in       in       in       in       403
councils:comparison                   POST  405
councils:compared_benchmark           GET   sign-in  404      403      in       in       in       in       403
councils:compared_benchmark           POST  405
councils:comparison_workbook          GET   sign-in  404      403      403      in       in       in       403
councils:comparison_workbook          POST  405
councils:review                       GET   sign-in  404      403      in       in       in       in       403
councils:review                       POST  405
councils:submit_cycle                 GET   405
councils:submit_cycle                 POST  sign-in  404      403      403      403      403      in       403
councils:return_cycle                 GET   405
councils:return_cycle                 POST  sign-in  404      403      403      in       403      403      403
councils:reopen_cycle                 GET   405
councils:reopen_cycle                 POST  sign-in  404      403      403      in       403      403      403
councils:sign_off                     GET   sign-in  404      403      403      in       403      403      403
councils:sign_off                     POST  sign-in  404      403      403      in       403      403      403
councils:challenges                   GET   sign-in  404      403      in       in       in       in       403
councils:challenges                   POST  405
councils:add_challenge                GET   sign-in  404      403      403      in       403      403      403
councils:add_challenge                POST  sign-in  404      403      403      in       403      403      403
councils:challenge                    GET   sign-in  404      403      in       in       in       in       403
councils:challenge                    POST  405
councils:reply                        GET   405
councils:reply                        POST  sign-in  404      403      in       in       403      in       403
councils:resolve                      GET   405
councils:resolve                      POST  sign-in  404      403      403      in       403      403      403
councils:calendar                     GET   sign-in  404      403      in       in       in       in       403
councils:calendar                     POST  405
councils:make_feed                    GET   405
councils:make_feed                    POST  sign-in  404      403      in       in       in       in       403
councils:revoke_feed                  GET   405
councils:revoke_feed                  POST  sign-in  404      403      in       in       in       in       403
councils:register                     GET   sign-in  404      403      in       in       in       in       403
councils:register                     POST  405
councils:register_workbook            GET   sign-in  404      403      in       in       in       in       403
councils:register_workbook            POST  405
councils:register_csv                 GET   sign-in  404      403      in       in       in       in       403
councils:register_csv                 POST  405
councils:give_owner                   GET   405
councils:give_owner                   POST  sign-in  404      403      in       403      403      in       403
councils:give_date                    GET   405
councils:give_date                    POST  sign-in  404      403      in       403      403      in       403
councils:report_sections              GET   sign-in  404      403      403      403      403      in       in
councils:report_sections              POST  sign-in  404      403      403      403      403      in       in
councils:add_report_section           GET   405
councils:add_report_section           POST  sign-in  404      403      403      403      403      in       in
councils:packs                        GET   sign-in  404      403      in       in       in       in       403
councils:packs                        POST  405
councils:add_pack                     GET   sign-in  404      403      403      403      in       in       403
councils:add_pack                     POST  sign-in  404      403      403      403      in       in       403
councils:pack                         GET   sign-in  404      403      in       in       in       in       403
councils:pack                         POST  405
councils:meeting                      GET   sign-in  404      403      403      403      in       in       403
councils:meeting                      POST  sign-in  404      403      403      403      in       in       403
councils:use_latest_snapshot          GET   405
councils:use_latest_snapshot          POST  sign-in  404      403      403      403      in       in       403
councils:pack_section                 GET   sign-in  404      403      in       in       in       in       403
councils:pack_section                 POST  sign-in  404      403      403      403      in       in       403
councils:pack_section_draft           GET   405
councils:pack_section_draft           POST  sign-in  404      403      403      403      in       in       403
councils:discard_pack_section_draft   GET   405
councils:discard_pack_section_draft   POST  sign-in  404      403      403      403      in       in       403
councils:add_part                     GET   405
councils:add_part                     POST  sign-in  404      403      403      403      in       in       403
councils:move_part                    GET   405
councils:move_part                    POST  sign-in  404      403      403      403      in       in       403
councils:remove_part                  GET   sign-in  404      403      403      403      in       in       403
councils:remove_part                  POST  sign-in  404      403      403      403      in       in       403
councils:leave_out                    GET   405
councils:leave_out                    POST  sign-in  404      403      403      403      in       in       403
councils:verify_section               GET   405
councils:verify_section               POST  sign-in  404      403      403      403      in       in       403
councils:add_comment                  GET   405
councils:add_comment                  POST  sign-in  404      403      403      403      in       in       403
councils:settle_comment               GET   405
councils:settle_comment               POST  sign-in  404      403      403      403      in       in       403
councils:preview_public               GET   sign-in  404      403      in       in       in       in       403
councils:preview_public               POST  405
councils:public_page                  GET   sign-in  404      403      in       in       in       in       403
councils:public_page                  POST  405
councils:preview_exempt               GET   sign-in  404      403      in       in       in       in       403
councils:preview_exempt               POST  405
councils:exempt_page                  GET   sign-in  404      403      in       in       in       in       403
councils:exempt_page                  POST  405
councils:release_check                GET   sign-in  404      403      in       in       in       in       403
councils:release_check                POST  405
councils:accept_warning               GET   405
councils:accept_warning               POST  sign-in  404      403      403      403      in       403      403
councils:pack_history                 GET   sign-in  404      403      in       in       in       in       403
councils:pack_history                 POST  405
councils:pack_files                   GET   sign-in  404      403      in       in       in       in       403
councils:pack_files                   POST  405
councils:make_pack_files              GET   405
councils:make_pack_files              POST  sign-in  404      403      403      403      in       in       403
councils:download_pack_file           GET   sign-in  404      403      in       in       in       in       403
councils:download_pack_file           POST  405
councils:make_pack_file_again         GET   405
councils:make_pack_file_again         POST  sign-in  404      403      403      403      in       in       403
councils:pack_version                 GET   sign-in  404      403      in       in       in       in       403
councils:pack_version                 POST  405
councils:release                      GET   405
councils:release                      POST  sign-in  404      403      403      403      in       403      403
councils:checksums                    GET   sign-in  404      403      in       in       in       in       403
councils:checksums                    POST  405
councils:snapshot                     GET   sign-in  404      403      in       in       in       in       403
councils:snapshot                     POST  405
councils:snapshot_file                GET   405
councils:snapshot_file                POST  sign-in  404      403      in       in       in       in       403
councils:history                      GET   sign-in  404      403      in       in       in       in       403
councils:history                      POST  405
councils:actions                      GET   sign-in  404      403      in       in       in       in       403
councils:actions                      POST  405
councils:action                       GET   sign-in  404      403      in       in       in       in       403
councils:action                       POST  sign-in  404      403      in       403      403      in       403
councils:add_update                   GET   sign-in  404      403      in       403      403      in       403
councils:add_update                   POST  sign-in  404      403      in       403      403      in       403
councils:remove_action                GET   sign-in  404      403      in       403      403      in       403
councils:remove_action                POST  sign-in  404      403      in       403      403      in       403
councils:document                     GET   sign-in  404      403      in       403      403      in       403
councils:document                     POST  sign-in  404      403      in       403      403      in       403
councils:remove_document              GET   sign-in  404      403      in       403      403      in       403
councils:remove_document              POST  sign-in  404      403      in       403      403      in       403
councils:confirm_document             GET   405
councils:confirm_document             POST  sign-in  404      403      in       403      403      in       403
councils:confirm_action               GET   405
councils:confirm_action               POST  sign-in  404      403      in       403      403      in       403
councils:draft                        GET   405
councils:draft                        POST  sign-in  404      403      in       403      403      in       403
councils:discard_draft                GET   405
councils:discard_draft                POST  sign-in  404      403      in       403      403      in       403
councils:question                     GET   sign-in  404      403      in       in       in       in       403
councils:question                     POST  sign-in  404      403      in       403      403      in       403
councils:question_draft               GET   405
councils:question_draft               POST  sign-in  404      403      in       403      403      in       403
councils:discard_question_draft       GET   405
councils:discard_question_draft       POST  sign-in  404      403      in       403      403      in       403
councils:question_history             GET   sign-in  404      403      in       in       in       in       403
councils:question_history             POST  405
councils:add_action                   GET   sign-in  404      403      in       403      403      in       403
councils:add_action                   POST  sign-in  404      403      in       403      403      in       403
councils:add_document                 GET   sign-in  404      403      in       403      403      in       403
councils:add_document                 POST  sign-in  404      403      in       403      403      in       403
councils:exports                      GET   sign-in  404      in       in       in       in       in       in
councils:exports                      POST  sign-in  404      in       in       in       in       in       in
councils:export                       GET   sign-in  404      in       in       in       in       in       in
councils:export                       POST  405
councils:download_export              GET   sign-in  404      in       in       in       in       in       in
councils:download_export              POST  405
councils:make_export_again            GET   405
councils:make_export_again            POST  sign-in  404      in       in       in       in       in       in
toolkits:list                         GET   sign-in  in       in       in       in       in       in       in
toolkits:list                         POST  sign-in  405      405      405      405      405      405      405
toolkits:toolkit                      GET   sign-in  in       in       in       in       in       in       in
toolkits:toolkit                      POST  sign-in  405      405      405      405      405      405      405
toolkits:benchmark                    GET   sign-in  in       in       in       in       in       in       in
toolkits:benchmark                    POST  sign-in  405      405      405      405      405      405      405
councils:editions:list                GET   sign-in  404      403      403      403      403      in       in
councils:editions:list                POST  405
councils:editions:start               GET   sign-in  404      403      403      403      403      in       in
councils:editions:start               POST  sign-in  404      403      403      403      403      in       in
councils:editions:edition             GET   sign-in  404      403      403      403      403      in       in
councils:editions:edition             POST  405
councils:editions:differences         GET   sign-in  404      403      403      403      403      in       in
councils:editions:differences         POST  405
councils:editions:history             GET   sign-in  404      403      403      403      403      in       in
councils:editions:history             POST  405
councils:editions:yaml                GET   sign-in  404      403      403      403      403      in       in
councils:editions:yaml                POST  405
councils:editions:workbook            GET   sign-in  404      403      403      403      403      in       in
councils:editions:workbook            POST  405
councils:editions:file                GET   sign-in  404      403      403      403      403      in       in
councils:editions:file                POST  sign-in  404      403      403      403      403      in       in
councils:editions:confirm_file        GET   405
councils:editions:confirm_file        POST  sign-in  404      403      403      403      403      in       in
councils:editions:publish             GET   sign-in  404      403      403      403      403      in       in
councils:editions:publish             POST  sign-in  404      403      403      403      403      in       in
councils:editions:discard             GET   sign-in  404      403      403      403      403      in       in
councils:editions:discard             POST  sign-in  404      403      403      403      403      in       in
councils:editions:add_part            GET   405
councils:editions:add_part            POST  sign-in  404      403      403      403      403      in       in
councils:editions:part                GET   sign-in  404      403      403      403      403      in       in
councils:editions:part                POST  sign-in  404      403      403      403      403      in       in
councils:editions:part_draft          GET   405
councils:editions:part_draft          POST  sign-in  404      403      403      403      403      in       in
councils:editions:discard_part_draft  GET   405
councils:editions:discard_part_draft  POST  sign-in  404      403      403      403      403      in       in
councils:editions:move_part           GET   405
councils:editions:move_part           POST  sign-in  404      403      403      403      403      in       in
councils:editions:remove_part         GET   sign-in  404      403      403      403      403      in       in
councils:editions:remove_part         POST  sign-in  404      403      403      403      403      in       in
councils:editions:preview             GET   sign-in  404      403      403      403      403      in       in
councils:editions:preview             POST  405
editions:list                         GET   sign-in  403      403      403      403      403      403      in
editions:list                         POST  405
editions:start                        GET   sign-in  403      403      403      403      403      403      in
editions:start                        POST  sign-in  403      403      403      403      403      403      in
editions:edition                      GET   sign-in  403      403      403      403      403      403      in
editions:edition                      POST  405
editions:differences                  GET   sign-in  403      403      403      403      403      403      in
editions:differences                  POST  405
editions:history                      GET   sign-in  403      403      403      403      403      403      in
editions:history                      POST  405
editions:yaml                         GET   sign-in  403      403      403      403      403      403      in
editions:yaml                         POST  405
editions:workbook                     GET   sign-in  403      403      403      403      403      403      in
editions:workbook                     POST  405
editions:file                         GET   sign-in  403      403      403      403      403      403      in
editions:file                         POST  sign-in  403      403      403      403      403      403      in
editions:confirm_file                 GET   405
editions:confirm_file                 POST  sign-in  403      403      403      403      403      403      in
editions:publish                      GET   sign-in  403      403      403      403      403      403      in
editions:publish                      POST  sign-in  403      403      403      403      403      403      in
editions:discard                      GET   sign-in  403      403      403      403      403      403      in
editions:discard                      POST  sign-in  403      403      403      403      403      403      in
editions:add_part                     GET   405
editions:add_part                     POST  sign-in  403      403      403      403      403      403      in
editions:part                         GET   sign-in  403      403      403      403      403      403      in
editions:part                         POST  sign-in  403      403      403      403      403      403      in
editions:part_draft                   GET   405
editions:part_draft                   POST  sign-in  403      403      403      403      403      403      in
editions:discard_part_draft           GET   405
editions:discard_part_draft           POST  sign-in  403      403      403      403      403      403      in
editions:move_part                    GET   405
editions:move_part                    POST  sign-in  403      403      403      403      403      403      in
editions:remove_part                  GET   sign-in  403      403      403      403      403      403      in
editions:remove_part                  POST  sign-in  403      403      403      403      403      403      in
editions:preview                      GET   sign-in  403      403      403      403      403      403      in
editions:preview                      POST  405
toolkits:yaml                         GET   sign-in  in       in       in       in       in       in       in
toolkits:yaml                         POST  sign-in  405      405      405      405      405      405      405
toolkits:workbook                     GET   sign-in  in       in       in       in       in       in       in
toolkits:workbook                     POST  sign-in  405      405      405      405      405      405      405
"""


# The same addresses where question, action and document are somebody else's: 2.2, assigned to
# nobody, and the lead's; and where the file holds restricted text.
TABLE_OF_OTHERS = """
# route                                     nobody   stranger viewer   contrib. reviewer publish. lead     admin.
councils:action                       GET   sign-in  404      403      in       in       in       in       403
councils:action                       POST  sign-in  404      403      403      403      403      in       403
councils:add_update                   GET   sign-in  404      403      403      403      403      in       403
councils:add_update                   POST  sign-in  404      403      403      403      403      in       403
councils:remove_action                GET   sign-in  404      403      403      403      403      in       403
councils:remove_action                POST  sign-in  404      403      403      403      403      in       403
councils:document                     GET   sign-in  404      403      403      403      403      in       403
councils:document                     POST  sign-in  404      403      403      403      403      in       403
councils:remove_document              GET   sign-in  404      403      403      403      403      in       403
councils:remove_document              POST  sign-in  404      403      403      403      403      in       403
councils:confirm_document             GET   405
councils:confirm_document             POST  sign-in  404      403      403      403      403      in       403
councils:confirm_action               GET   405
councils:confirm_action               POST  sign-in  404      403      403      403      403      in       403
councils:question                     GET   sign-in  404      403      in       in       in       in       403
councils:question                     POST  sign-in  404      403      403      403      403      in       403
councils:question_draft               GET   405
councils:question_draft               POST  sign-in  404      403      in       403      403      in       403
councils:discard_question_draft       GET   405
councils:discard_question_draft       POST  sign-in  404      403      in       403      403      in       403
councils:question_history             GET   sign-in  404      403      in       in       in       in       403
councils:question_history             POST  405
councils:add_action                   GET   sign-in  404      403      403      403      403      in       403
councils:add_action                   POST  sign-in  404      403      403      403      403      in       403
councils:add_document                 GET   sign-in  404      403      403      403      403      in       403
councils:add_document                 POST  sign-in  404      403      403      403      403      in       403
councils:export                       GET   sign-in  404      403      403      in       in       in       403
councils:export                       POST  405
councils:download_export              GET   sign-in  404      403      403      in       in       in       403
councils:download_export              POST  405
councils:make_export_again            GET   405
councils:make_export_again            POST  sign-in  404      403      403      in       in       in       403
councils:workbook_columns             GET   sign-in  404      403      403      403      403      in       403
councils:workbook_columns             POST  sign-in  404      403      403      403      403      in       403
councils:workbook_row                 GET   sign-in  404      403      403      403      403      in       403
councils:workbook_row                 POST  sign-in  404      403      403      403      403      in       403
councils:returned_workbook            GET   sign-in  404      403      403      403      403      in       403
councils:returned_workbook            POST  405
councils:workbook_change              GET   sign-in  404      403      403      403      403      in       403
councils:workbook_change              POST  sign-in  404      403      403      403      403      in       403
councils:confirm_workbook             GET   sign-in  404      403      403      403      403      in       403
councils:confirm_workbook             POST  sign-in  404      403      403      403      403      in       403
councils:discard_workbook             GET   sign-in  404      403      403      403      403      in       403
councils:discard_workbook             POST  sign-in  404      403      403      403      403      in       403
"""


def rows(table: str) -> Rows:
    """Route → method → person → outcome."""
    result: Rows = {}
    for line in table.split("\n"):
        if line and not line.startswith("#"):
            route, method, *outcomes = line.split()
            methods = result.setdefault(route, {})
            assert method not in methods, f"{route} {method} stands there twice"
            everybody = outcomes * len(PEOPLE) if len(outcomes) == 1 else outcomes
            methods[method] = dict(zip(PEOPLE, everybody, strict=True))
    return result
