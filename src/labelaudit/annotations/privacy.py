"""Names of people in outputs: keyed pseudonyms, or masks for what looks personal.

A plain or salted hash of an id that can be guessed can be undone by trying all ids; a hash
keyed with a secret cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAIL = re.compile(r".*\S@\S.*", re.DOTALL)
_LOGIN = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}\d*")  # jane.doe
_APART = re.compile(r"[\s,._]+")


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
    ids = dict.fromkeys(sorted(set(annotator_ids)))
    if key is not None:
        return People({name: _pseudonym(name, key) for name in ids}, keyed=True, masked=0)
    personal = [name for name in ids if is_personal(name)]
    free = (mask for number in count(1) if (mask := f"masked-{number}") not in ids)
    masks = dict(zip(personal, free, strict=False))
    return People({name: masks.get(name, name) for name in ids}, keyed=False, masked=len(masks))


def is_personal(annotator_id: str) -> bool:
    """Say whether an id looks like a person's name or address.

    Examples
    --------
    >>> [is_personal(name) for name in ("Jane Doe", "doe.jane", "jane@example.com", "w-12")]
    [True, True, True, False]

    """
    if _MAIL.fullmatch(annotator_id) or _LOGIN.fullmatch(annotator_id):
        return True
    words = _APART.split(annotator_id.strip(" ."))
    return len(words) > 1 and all(map(_is_name, words))


def _is_name(word: str) -> bool:
    """Say whether a word is written like a name: Jane, O'Neil, J."""
    letters = word.replace("'", "").replace("\u2019", "").replace("-", "")
    return letters.isalpha() and word[0].isupper()


def _pseudonym(annotator_id: str, key: bytes) -> str:
    return "a-" + hmac.new(key, annotator_id.encode(), hashlib.sha256).hexdigest()[:12]
