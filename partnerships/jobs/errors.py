"""How a run may end other than well."""


class JobError(Exception):
    """Something a person can put right: the sentence is shown to them as it stands.

    It must hold nothing that the readers of the job may not see. The job fails at once;
    trying again would meet the same.
    """


class Cancelled(Exception):  # a state asked for, not an error
    """A person asked for the run to stop."""


class HandedBack(Exception):  # a state asked for, not an error
    """The worker is being stopped: the job waits again and the attempt does not count."""


class LeaseLost(Exception):  # the job goes on elsewhere
    """The job is no longer this run's: whatever this run did must not be kept."""
