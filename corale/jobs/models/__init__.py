"""The rows of this room."""

from corale.jobs.models.job import Job
from corale.jobs.models.lease import Lease
from corale.jobs.models.recurrence import Recurrence
from corale.jobs.models.worker import Worker

__all__ = ["Job", "Lease", "Recurrence", "Worker"]
