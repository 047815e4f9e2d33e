"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.improve.views import decisions, gathering, outcomes, people, proposals, reports, themes

app_name = "improve"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", themes.themes, name="themes"),
    path("themes/<int:pk>/", themes.theme, name="theme"),
    path("themes/<int:pk>/archive/", themes.archive, name="theme_archive"),
    path("themes/<int:pk>/decision/", decisions.decide, name="decide"),
    path("gather/<int:pk>/", gathering.gather_message, name="gather_message"),
    path("voices/<int:pk>/removal/", gathering.removal, name="voice_removal"),
    path("voices/<int:pk>/return/", gathering.put_back, name="voice_return"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/day/", decisions.day, name="decision_day"),
    path("decisions/<int:pk>/outcome/", outcomes.outcome, name="outcome"),
    path("decisions/<int:pk>/late/", outcomes.late, name="decision_late"),
    path("decisions/<int:pk>/review/", reports.review, name="review"),
    path("reports/<int:pk>/approval/", reports.approval, name="report_approval"),
    path("reports/<int:pk>/words/", reports.words, name="report_words"),
    path("reports/<int:pk>/omission/", reports.omission, name="report_omission"),
    path("reports/<int:pk>/again/", reports.again, name="report_again"),
    path("reports/<int:pk>/arrival/", reports.arrival, name="report_arrival"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/acceptance/", proposals.acceptance, name="proposal_acceptance"),
    path("proposals/<int:pk>/dismissal/", proposals.dismissal, name="proposal_dismissal"),
    path("proposed/<int:pk>/removal/", proposals.removal, name="proposed_removal"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/timeline/", people.timeline, name="timeline"),
]
