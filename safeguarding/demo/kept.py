"""What people have changed since it was loaded: loading again leaves it as they left it."""

from partnerships.models import AuditEvent, Partnership


def kept_by_people(partnership: Partnership) -> frozenset[str]:
    """The natural keys of what a person has added or changed at a partnership."""
    events = AuditEvent.objects.filter(partnership=partnership, actor__is_system=False)
    return frozenset(events.values_list("subject", flat=True))
