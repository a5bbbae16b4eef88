"""Names of people in outputs: keyed pseudonyms, or masks for what looks personal.

A plain or salted hash of an id that can be guessed can be undone by trying all ids; a hash
keyed with a secret cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PERSONAL = re.compile(
    r".*\S@\S.*"  # an e-mail address
    r"|[A-Z][a-z'\u00e0-\u00ff-]+([ ,._]+[A-Z][a-z'\u00e0-\u00ff-]*\.?)+"  # Jane Doe, Doe, J.
    r"|[a-z]{2,}\.[a-z]{2,}",  # jane.doe
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class People:
    """Annotator ids as every output shows them; `masked` counts those hidden without a key."""

    shown: Mapping[str, str]
    keyed: bool
    masked: int

    def name(self, annotator_id: str) -> str:
        """Return how an annotator is called in outputs."""
        return self.shown.get(annotator_id, "unknown annotator")


def people(annotator_ids: Iterable[str], key: bytes | None) -> People:
    """Name the annotators: HMAC-SHA256 pseudonyms with a key, else only personal ids masked.

    Examples
    --------
    >>> people(["w1", "jane@example.com"], None).name("jane@example.com")
    'masked-1'
    >>> people(["w1"], b"secret").name("w1")
    'a-c62e0a3dfe8c'

    """
    ids = sorted(set(annotator_ids))
    if key is not None:
        return People({name: _pseudonym(name, key) for name in ids}, keyed=True, masked=0)
    personal = [name for name in ids if _PERSONAL.fullmatch(name)]
    masks = {name: f"masked-{number}" for number, name in enumerate(personal, start=1)}
    return People({name: masks.get(name, name) for name in ids}, keyed=False, masked=len(masks))


def _pseudonym(annotator_id: str, key: bytes) -> str:
    return "a-" + hmac.new(key, annotator_id.encode(), hashlib.sha256).hexdigest()[:12]
