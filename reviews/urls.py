from django.urls import URLPattern, URLResolver, path

from reviews.assurance import urls as assurance
from reviews.calendar import views as calendar
from reviews.challenges import views as challenges
from reviews.inspections import views as inspections
from reviews.practice import count_views as counts
from reviews.practice import removal_views as removals
from reviews.practice import views as practice
from reviews.recommendations import answer_views as answers
from reviews.recommendations import views as recommendations
from reviews.training import urls as training
from reviews.voice import urls as voice

_REVIEW = "p/<slug:slug>/reviews/<slug:code>/"
_COUNTS = "p/<slug:slug>/learning/<slug:code>/counts/"
_INSPECTION = "p/<slug:slug>/inspections/<slug:code>/"
_ACTIONS = "p/<slug:slug>/actions/"
_ACTION = _ACTIONS + "<int:number>/"
_SOURCES = _ACTIONS + "recommendations/"
_SOURCE = _SOURCES + "<slug:code>/"
_CHALLENGES = _ACTIONS + "challenges/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/reviews/", practice.reviews, name="reviews"),
    path("p/<slug:slug>/reviews/add/", practice.review_add, name="review_add"),
    path(_REVIEW, practice.review, name="review"),
    path(_REVIEW + "edit/", practice.review_edit, name="review_edit"),
    path(_REVIEW + "remove/", removals.review_remove, name="review_remove"),
    path(_REVIEW + "clocks/<slug:kind>/", practice.review_clock, name="review_clock"),
    path(
        _REVIEW + "clocks/<slug:kind>/remove/",
        removals.review_clock_remove,
        name="review_clock_remove",
    ),
    path(_REVIEW + "restricted/", practice.review_restricted, name="review_restricted"),
    path(
        _REVIEW + "restricted/save/",
        practice.review_restricted_save,
        name="review_restricted_save",
    ),
    path("p/<slug:slug>/learning/add/", practice.theme_add, name="theme_add"),
    path("p/<slug:slug>/learning/<slug:code>/", practice.theme_edit, name="theme_edit"),
    path("p/<slug:slug>/learning/<slug:code>/remove/", removals.theme_remove, name="theme_remove"),
    path(_COUNTS + "add/", counts.theme_count_add, name="theme_count_add"),
    path(_COUNTS + "<slug:period>/", counts.theme_count_edit, name="theme_count_edit"),
    path(_COUNTS + "<slug:period>/remove/", counts.theme_count_remove, name="theme_count_remove"),
    path("p/<slug:slug>/inspections/", inspections.inspections, name="inspections"),
    path("p/<slug:slug>/inspections/add/", inspections.inspection_add, name="inspection_add"),
    path(_INSPECTION, inspections.inspection, name="inspection"),
    path(_INSPECTION + "edit/", inspections.inspection_edit, name="inspection_edit"),
    path(_INSPECTION + "remove/", inspections.inspection_remove, name="inspection_remove"),
    path(_INSPECTION + "findings/add/", inspections.finding_add, name="finding_add"),
    path(_INSPECTION + "findings/<int:number>/", inspections.finding_edit, name="finding_edit"),
    path(
        _INSPECTION + "findings/<int:number>/remove/",
        inspections.finding_remove,
        name="finding_remove",
    ),
    path(_INSPECTION + "statement/", inspections.inspection_statement, name="inspection_statement"),
    path(
        _INSPECTION + "statement/remove/",
        inspections.inspection_statement_remove,
        name="inspection_statement_remove",
    ),
    path(_ACTIONS, recommendations.actions_list, name="actions"),
    path(_ACTIONS + "add/", recommendations.action_add, name="action_add"),
    path(_ACTION, recommendations.action, name="action"),
    path(_ACTION + "edit/", recommendations.action_edit, name="action_edit"),
    path(_ACTION + "update/", recommendations.action_update, name="action_update"),
    path(_SOURCES, recommendations.sources, name="recommendation_sources"),
    path(_SOURCES + "add/", recommendations.source_add, name="recommendation_source_add"),
    path(_SOURCE, recommendations.source, name="recommendation_source"),
    path(_SOURCE + "edit/", recommendations.source_edit, name="recommendation_source_edit"),
    path(_SOURCE + "add/", recommendations.recommendation_add, name="recommendation_add"),
    path(_SOURCE + "<slug:label>/answers/add/", answers.answer_add, name="answer_add"),
    path(_SOURCE + "<slug:label>/answers/<slug:told>/", answers.answer_edit, name="answer_edit"),
    path(
        _SOURCE + "<slug:label>/answers/<slug:told>/remove/",
        answers.answer_remove,
        name="answer_remove",
    ),
    path(
        _SOURCE + "<slug:label>/remove/",
        answers.recommendation_remove,
        name="recommendation_remove",
    ),
    path(
        _SOURCE + "<slug:label>/", recommendations.recommendation_edit, name="recommendation_edit"
    ),
    path(_CHALLENGES, challenges.challenges, name="challenges"),
    path(_CHALLENGES + "add/", challenges.challenge_add, name="challenge_add"),
    path(_CHALLENGES + "<slug:code>/", challenges.challenge_edit, name="challenge_edit"),
    path(_CHALLENGES + "<slug:code>/remove/", challenges.challenge_remove, name="challenge_remove"),
    path("p/<slug:slug>/calendar/", calendar.calendar, name="calendar"),
    *assurance.urlpatterns,
    *training.urlpatterns,
    *voice.urlpatterns,
]
