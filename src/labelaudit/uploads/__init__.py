"""Uploaded deliveries: kept under safe names, looked at, audited in a process of their own.

What a page of uploads needs; it knows no page.
"""

from __future__ import annotations

from labelaudit.uploads.job import Job, Problem, start
from labelaudit.uploads.keeping import Kept, keep
from labelaudit.uploads.looking import Look, look

__all__ = ["Job", "Kept", "Look", "Problem", "keep", "look", "start"]
