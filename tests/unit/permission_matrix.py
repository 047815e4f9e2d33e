"""Every page, tried by every kind of person: what each of them is answered.

One line for each address and method; an address without a line fails `test_permission_matrix.py`, which then prints the
line that would describe what happens today: read it, and if that is right, add it here, in its room.

    method  name of the address   stranger  member  coordinator  administrator  with powers

The five kinds: signed out; a member; a coordinator; an administrator; an administrator in the mode of administration.
Somebody who has left is answered as a stranger, everywhere; that has no column.
The answers: a status; `login`, sent to sign in; `mode`, sent to the page that starts the mode of administration;
`away`, sent anywhere else.

What an address needs in its path stands in ARGUMENTS: by its name, or by the beginning of its name and `*`. What a POST
sends stands in DATA, by name. What can stand in a path is made in permission_things.py.
"""

from __future__ import annotations

from typing import Any

from tests.unit import permission_things as thing

MATRIX = """
GET   account_change_password                    login  200    200    200    200
GET   account_confirm_email                      200    200    200    200    200
GET   account_confirm_login_code                 login  away   away   away   away
GET   account_email                              login  200    200    200    200
GET   account_email_verification_sent            200    200    200    200    200
GET   account_inactive                           200    200    200    200    200
GET   account_login                              200    away   away   away   away
GET   account_logout                             away   200    200    200    200
GET   account_reauthenticate                     login  200    200    200    200
GET   account_reset_password                     200    200    200    200    200
GET   account_reset_password_done                200    200    200    200    200
GET   account_reset_password_from_key            200    200    200    200    200
GET   account_reset_password_from_key_done       200    200    200    200    200
GET   account_set_password                       login  away   away   away   away
GET   account_signup                             200    away   away   away   away
GET   accounts:admin_mode                        login  404    404    200    200
POST  accounts:admin_mode_end                    login  404    404    away   away
GET   accounts:audit                             login  404    404    200    200
GET   accounts:colleagues                        login  404    200    200    200
POST  accounts:departure                         login  404    404    mode   away
GET   accounts:finish                            login  404    404    404    404
POST  accounts:invite                            login  404    422    422    422
POST  accounts:invite_again                      login  404    200    200    200
GET   accounts:join                              410    410    410    410    410
GET   accounts:letter                            login  404    404    mode   404
GET   accounts:mail                              login  404    404    mode   200
GET   accounts:me                                login  200    200    200    200
POST  accounts:return                            login  404    404    mode   away
POST  accounts:role                              login  404    404    mode   away
GET   accounts:welcome                           410    410    410    410    410
POST  accounts:withdraw                          login  404    away   away   away
GET   activitypub:actor                          200    200    200    200    200
GET   activitypub:activity                       404    404    404    404    404
GET   activitypub:bonds                         login  200    200    200    200
GET   activitypub:company                        login  404    404    404    404
GET   activitypub:company_followers              login  404    404    404    404
GET   activitypub:company_moving                login  404    404    404    404
GET   activitypub:context                        200    200    200    200    200
GET   activitypub:directory                      404    404    404    404    404
GET   activitypub:featured                       200    200    200    200    200
GET   activitypub:feed                           200    200    200    200    200
GET   activitypub:followers                      200    200    200    200    200
GET   activitypub:following                      200    200    200    200    200
GET   activitypub:from_elsewhere                 login  200    200    200    200
GET   activitypub:host_meta                      404    404    404    404    404
POST  activitypub:inbox                          415    415    415    415    415
GET   activitypub:mine                           login  200    200    200    200
GET   activitypub:my_followers                  login  404    404    404    404
GET   activitypub:my_moving                     login  404    404    404    404
GET   activitypub:my_piece                       login  200    200    200    200
POST  activitypub:my_state                       login  404    404    404    404
GET   activitypub:moderation                     login  404    404    404    404
GET   activitypub:refused                        login  404    404    200    200
GET   activitypub:complaints                     login  404    404    404    404
POST  activitypub:complaint                      login  404    away   away   away
GET   activitypub:person_piece                   login  200    200    200    200
GET   activitypub:report                         login  404    200    200    200
POST  activitypub:report                         login  404    422    422    422
POST  activitypub:shun                           login  404    away   away   away
GET   activitypub:servers                        login  404    404    404    404
GET   activitypub:server                         login  404    404    200    200
GET   activitypub:rule                           login  404    404    mode   200
GET   activitypub:new_rule                       login  404    404    mode   404
GET   activitypub:rules_exported                 login  404    404    404    404
GET   activitypub:import_rules                   login  404    404    mode   404
GET   activitypub:rule_import                    login  404    404    mode   200
POST  activitypub:rule                           login  404    404    mode   422
POST  activitypub:new_rule                       login  404    404    mode   404
POST  activitypub:import_rules                   login  404    404    mode   404
POST  activitypub:rule_import                    login  404    404    mode   away
POST  activitypub:rule_import_undo               login  404    404    mode   away
POST  activitypub:rule_undo                      login  404    404    mode   404
GET   activitypub:nodeinfo                       200    200    200    200    200
GET   activitypub:nodeinfo_index                 404    404    404    404    404
POST  activitypub:interact                       404    404    404    404    404
GET   activitypub:likes                          200    200    200    200    200
GET   activitypub:oembed                         404    404    404    404    404
GET   activitypub:outbox                         200    200    200    200    200
GET   activitypub:picture                        404    404    404    404    404
GET   activitypub:post                           200    200    200    200    200
GET   activitypub:profile                        200    200    200    200    200
GET   activitypub:replies                        200    200    200    200    200
GET   activitypub:said                           200    200    200    200    200
POST  activitypub:shared_inbox                   404    404    404    404    404
GET   activitypub:shares                         200    200    200    200    200
GET   activitypub:stamp                          404    404    404    404    404
GET   activitypub:tag                            200    200    200    200    200
GET   activitypub:turn_on                        login  404    404    mode   200
GET   activitypub:voices                         login  404    404    404    404
GET   activitypub:webfinger                      400    400    400    400    400
GET   channels:connections                       login  404    200    200    200
GET   channels:first                             login  404    200    200    200
GET   channels:new                               login  404    200    200    200
POST  channels:state                             login  404    away   away   away
GET   channels:unreadable                        login  404    200    200    200
GET   conversations:face                         login  404    404    404    404
GET   conversations:import                       login  404    200    200    200
GET   conversations:import_rejected              login  404    200    200    200
POST  conversations:import_run                   login  404    away   away   away
POST  conversations:import_undo                  login  404    away   away   away
GET   conversations:imports                      login  404    200    200    200
GET   conversations:media                        login  404    404    404    404
GET   demo:demo                                  login  404    404    200    200
POST  demo:empty                                 login  404    404    away   away
POST  demo:load                                  login  404    404    away   away
GET   design:components                          login  200    200    200    200
GET   design:desk_sample                         login  200    200    200    200
GET   design:keys                                login  200    200    200    200
POST  design:language                            away   away   away   away   away
GET   design:menu                                login  200    200    200    200
POST  design:preferences                         away   away   away   away   away
GET   improve:decide                             login  404    200    200    200
GET   improve:decision                           login  200    200    200    200
POST  improve:decision_day                       login  404    away   away   away
POST  improve:decision_late                      login  away   away   away   away
GET   improve:decisions                          login  200    200    200    200
GET   improve:gather_message                     login  200    200    200    200
GET   improve:outcome                            login  404    200    200    200
GET   improve:person                             login  200    200    200    200
GET   improve:proposal                           login  200    200    200    200
POST  improve:proposal_acceptance                login  away   away   away   away
POST  improve:proposal_dismissal                 login  away   away   away   away
POST  improve:proposed_removal                   login  away   away   away   away
POST  improve:report_again                       login  away   away   away   away
POST  improve:report_approval                    login  away   away   away   away
POST  improve:report_arrival                     login  away   away   away   away
POST  improve:report_omission                    login  away   away   away   away
POST  improve:report_words                       login  away   away   away   away
GET   improve:review                             login  200    200    200    200
GET   improve:theme                              login  200    200    200    200
POST  improve:theme_archive                      login  away   away   away   away
GET   improve:themes                             login  200    200    200    200
GET   improve:timeline                           login  200    200    200    200
POST  improve:voice_removal                      login  away   away   away   away
POST  improve:voice_return                       login  away   away   away   away
POST  indicator:again                            login  away   away   away   away
GET   indicator:definitions                      login  200    200    200    200
GET   indicator:indicator                        login  200    200    200    200
GET   indicator:rows                             login  200    200    200    200
GET   jobs:jobs                                  login  404    200    200    200
POST  jobs:remove                                login  404    away   away   away
POST  jobs:retry                                 login  404    away   away   away
POST  jobs:retry_all                             login  404    away   away   away
GET   ledger:check                               login  404    200    200    200
POST  ledger:check                               login  404    200    200    200
GET   ledger:export                              login  404    200    200    200
GET   ledger:facts                               login  200    200    200    200
GET   ledger:script                              login  200    200    200    200
GET   listen:alike                               login  200    200    200    200
POST  listen:correction                          login  away   away   away   away
POST  listen:learning                            login  404    away   away   away
GET   listen:readings                            login  404    200    200    200
POST  listening:archive                          login  404    away   away   away
POST  listening:count                            login  422    422    422    422
POST  listening:dismissal                        login  away   away   away   away
GET   listening:edit                             login  404    200    200    200
POST  listening:edit                             login  404    422    422    422
GET   listening:match                            login  away   away   away   away
POST  listening:mute                             login  away   away   away   away
GET   listening:new                              login  200    200    200    200
POST  listening:new                              login  422    422    422    422
GET   listening:news                             login  200    200    200    200
GET   listening:queries                          login  200    200    200    200
GET   listening:query                            login  200    200    200    200
POST  listening:relevance                        login  away   away   away   away
POST  listening:seen                             login  away   away   away   away
POST  listening:seen_all                         login  away   away   away   away
POST  listening:unmute                           login  away   away   away   away
GET   mfa_activate_totp                          login  away   away   away   away
GET   mfa_add_webauthn                           login  away   away   away   away
GET   mfa_authenticate                           login  away   away   away   away
GET   mfa_deactivate_totp                        login  404    404    404    404
GET   mfa_download_recovery_codes                login  404    404    404    404
GET   mfa_edit_webauthn                          login  away   away   away   away
GET   mfa_generate_recovery_codes                login  away   away   away   away
GET   mfa_index                                  login  200    200    200    200
GET   mfa_list_webauthn                          login  200    200    200    200
GET   mfa_login_webauthn                         login  away   away   away   away
GET   mfa_reauthenticate                         login  away   away   away   away
GET   mfa_reauthenticate_webauthn                login  away   away   away   away
GET   mfa_remove_webauthn                        login  away   away   away   away
GET   mfa_view_recovery_codes                    login  404    404    404    404
GET   people:erasure                             login  404    200    200    200
GET   people:export                              login  404    200    200    200
GET   people:people                              login  200    200    200    200
GET   people:person                              login  200    200    200    200
GET   people:profile                             login  200    200    200    200
POST  respond:assignment                         login  away   away   away   away
POST  respond:bulk                               login  away   away   away   away
GET   respond:choices                            login  200    200    200    200
POST  respond:closure                            login  away   away   away   away
GET   respond:conversation                       login  200    200    200    200
POST  respond:deletion                           login  404    404    404    404
POST  respond:draft                              login  204    204    204    204
GET   respond:edit                               login  404    404    404    404
POST  respond:edit                               login  404    404    404    404
POST  respond:following                          login  away   away   away   away
GET   respond:guideline                          login  200    200    200    200
GET   respond:guideline_version                  login  200    200    200    200
GET   respond:guideline_write                    login  404    200    200    200
POST  respond:guideline_write                    login  404    400    400    400
GET   respond:heard                              login  200    200    200    200
GET   respond:inbox                              login  200    200    200    200
POST  respond:judgement                          login  away   away   away   away
POST  respond:labels                             login  away   away   away   away
GET   respond:news                               login  204    204    204    204
GET   respond:picture                            login  404    404    404    404
POST  respond:pictures                           login  away   away   away   away
GET   respond:post                               login  200    200    200    200
POST  respond:post                               login  200    200    200    200
GET   respond:post_picture                       login  404    404    404    404
POST  respond:presence                           login  204    204    204    204
GET   respond:present                            login  200    200    200    200
POST  respond:priority                           login  away   away   away   away
POST  respond:reaction                           login  away   away   away   away
POST  respond:reading                            login  204    204    204    204
POST  respond:retry                              login  404    404    404    404
GET   respond:row                                login  200    200    200    200
POST  respond:snooze                             login  away   away   away   away
POST  respond:spam                               login  away   away   away   away
GET   respond:thread                             login  200    200    200    200
POST  respond:quarantine                         login  404    away   away   away
POST  respond:trash                              login  away   away   away   away
POST  respond:undo                               login  away   away   away   away
POST  respond:unread                             login  away   away   away   away
POST  respond:unsend                             login  404    404    404    404
POST  respond:waiting                            login  away   away   away   away
POST  respond:write                              login  422    422    422    422
GET   search:message                             login  away   away   away   away
GET   search:palette                             login  200    200    200    200
GET   search:there                               login  away   away   away   away
GET   search:search                              login  200    200    200    200
GET   usersessions_list                          login  200    200    200    200
GET   web:about                                  200    200    200    200    200
GET   web:health                                 200    200    200    200    200
GET   web:home                                   login  away   away   away   away
"""

PUBLIC = """
account_confirm_email
account_email_verification_sent
account_inactive
account_login
account_logout
account_reset_password
account_reset_password_done
account_reset_password_from_key
account_reset_password_from_key_done
account_signup
accounts:join
accounts:welcome
activitypub:activity
activitypub:actor
activitypub:context
activitypub:directory
activitypub:featured
activitypub:feed
activitypub:followers
activitypub:following
activitypub:host_meta
activitypub:interact
activitypub:inbox
activitypub:likes
activitypub:nodeinfo
activitypub:nodeinfo_index
activitypub:oembed
activitypub:outbox
activitypub:picture
activitypub:post
activitypub:profile
activitypub:replies
activitypub:said
activitypub:shared_inbox
activitypub:shares
activitypub:stamp
activitypub:tag
activitypub:webfinger
design:language
design:preferences
web:about
web:health
"""
"""Addresses at which a stranger is not sent to sign in, on purpose."""

ARGUMENTS: dict[str, thing.Thing] = {
    "account_confirm_email": thing.fixed(key="nonsense"),
    "account_reset_password_from_key": thing.fixed(uidb36="1", key="nonsense"),
    "accounts:departure": thing.colleague,
    "accounts:invite_again": thing.invitation,
    "accounts:join": thing.fixed(token="nonsense"),
    "accounts:letter": thing.fixed(name="nonsense"),
    "accounts:return": thing.colleague,
    "accounts:role": thing.colleague,
    "accounts:welcome": thing.fixed(token="nonsense"),
    "accounts:withdraw": thing.invitation,
    "activitypub:*": thing.actor,
    "activitypub:activity": lambda world: {**thing.actor(world), "rest": "nothing"},
    "activitypub:context": thing.post,
    "activitypub:stamp": lambda world: {**thing.actor(world), "number": "nothing"},
    "activitypub:likes": thing.post,
    "activitypub:picture": thing.fixed(sha256="nonsense", seal="nonsense"),
    "activitypub:post": thing.post,
    "activitypub:replies": thing.post,
    "activitypub:said": thing.post,
    "activitypub:shares": thing.post,
    "activitypub:tag": lambda world: {**thing.fediverse(world), "name": "bread"},
    "activitypub:my_piece": thing.person,
    "activitypub:complaint": thing.complaint,
    "activitypub:bonds": thing.stranger,
    "activitypub:person_piece": thing.stranger,
    "activitypub:report": thing.stranger,
    "activitypub:shun": lambda world: {**thing.stranger(world), "verb": "block"},
    "activitypub:refused": lambda world: {**thing.fediverse(world), "reason": "unsigned"},
    "activitypub:server": thing.server,
    "activitypub:rule": thing.server,
    "activitypub:rule_undo": thing.server,
    "activitypub:rule_import*": thing.rule_import,
    "activitypub:nodeinfo": lambda world: {**thing.fediverse(world), "version": "2.1"},
    "channels:*": thing.connection,
    "channels:new": thing.fixed(kind="bluesky"),
    "conversations:import*": thing.file_import,
    "conversations:imports": thing.fixed(),
    "conversations:face": thing.identity,
    "conversations:media": lambda world: {**thing.message(world), "index": 0},
    "improve:*": thing.theme,
    "improve:decision*": thing.decision,
    "improve:gather_message": thing.message,
    "improve:outcome": thing.decision,
    "improve:person": thing.person,
    "improve:proposal*": thing.proposal,
    "improve:proposed_removal": thing.proposed,
    "improve:report_*": thing.report,
    "improve:review": thing.decision,
    "improve:timeline": thing.person,
    "improve:voice_*": thing.voice,
    "indicator:rows": thing.measure,
    "jobs:*": thing.job,
    "listen:alike": thing.message,
    "listen:correction": thing.message,
    "listening:*": thing.query,
    "listening:count": thing.fixed(),
    "listening:dismissal": thing.match,
    "listening:match": thing.match,
    "listening:mute": thing.match,
    "listening:new": thing.fixed(),
    "listening:queries": thing.fixed(),
    "listening:relevance": thing.match,
    "listening:seen": thing.match,
    "listening:unmute": thing.mute,
    "mfa_*": thing.fixed(pk=1),
    "people:*": thing.person,
    "respond:*": thing.conversation,
    "respond:guideline_version": thing.guideline,
    "respond:heard": thing.fixed(connection=1),
    "respond:judgement": thing.message,
    "respond:picture": lambda world: {**thing.conversation(world), "file": 1},
    "respond:deletion": thing.message,
    "respond:edit": thing.message,
    "respond:post": thing.fixed(),
    "respond:post_picture": thing.fixed(token="nonsense"),
    "respond:reaction": thing.message,
    "respond:retry": thing.message,
    "respond:undo": thing.fixed(key="nonsense"),
    "respond:unsend": thing.message,
    "search:message": thing.message,
}

DATA: dict[str, dict[str, Any]] = {
    "accounts:role": {"role": "coordinator"},
    "channels:state": {"state": "paused"},
    "design:language": {"language": "it"},
    "respond:reaction": {"kind": "like"},
}
