"""Addresses of this room. Those of the library for signing in stand beside them, under the same beginning."""

from django.urls import URLPattern, URLResolver, path

from corale.accounts.views import admin_mode, audit, colleagues, invitations, join, mail, me, welcome

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", me.me, name="me"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("finish/", welcome.finish, name="finish"),
    path("join/<str:token>/", join.join, name="join"),
    path("admin-mode/", admin_mode.start, name="admin_mode"),
    path("admin-mode/end/", admin_mode.end, name="admin_mode_end"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/invitations/", invitations.invite, name="invite"),
    path("colleagues/invitations/<int:pk>/again/", invitations.invite_again, name="invite_again"),
    path("colleagues/invitations/<int:pk>/withdrawal/", invitations.withdraw, name="withdraw"),
    path("colleagues/<int:pk>/role/", colleagues.role, name="role"),
    path("colleagues/<int:pk>/departure/", colleagues.departure, name="departure"),
    path("colleagues/<int:pk>/return/", colleagues.homecoming, name="return"),
    path("audit/", audit.audit, name="audit"),
    path("mail/", mail.letters, name="mail"),
    path("mail/<str:name>/", mail.letter, name="letter"),
]
