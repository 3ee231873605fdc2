from django.urls import URLPattern, URLResolver, path

from partnerships.governance.meetings import views

_BODY = "p/<slug:slug>/governance/<slug:code>/"
_MEETING = _BODY + "meetings/<str:period>/<slug:status>/"
_REGISTER = _BODY + "attendance/<str:period>/"
_SEAT = "p/<slug:slug>/seats/<str:period>/<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/seats/", views.seats, name="seats"),
    path("p/<slug:slug>/seats/add/", views.seat_add, name="seat_add"),
    path("p/<slug:slug>/seats/carry/", views.seats_carry, name="seats_carry"),
    path(_SEAT, views.seat_edit, name="seat"),
    path(_SEAT + "remove/", views.seat_remove, name="seat_remove"),
    path(_BODY + "meetings/add/", views.meeting_add, name="meeting_add"),
    path(_MEETING, views.meeting_edit, name="meeting"),
    path(_MEETING + "remove/", views.meeting_remove, name="meeting_remove"),
    path(_BODY + "attendance/add/", views.register_add, name="register_add"),
    path(_REGISTER, views.register, name="register"),
    path(_REGISTER + "remove/", views.register_remove, name="register_remove"),
]
