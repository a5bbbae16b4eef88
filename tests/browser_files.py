"""A page opened from a file by a browser that has no network."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Opened:
    """A page in the browser, and all that it tried to do."""

    page: object
    requests: list[object] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def ask(self, request) -> None:
        """Note a request."""
        self.requests.append(request)

    def alert(self, dialog) -> None:
        """Note a dialog, and close it."""
        self.dialogs.append(dialog.message)
        dialog.accept()

    def say(self, message) -> None:
        """Note a line of the console."""
        self.said.append(message.text)

    @property
    def addresses(self) -> dict[str, str | None]:
        """Every address that the page asked for, and why it was not let out."""
        others = [one for one in self.requests if not one.url.startswith("file:")]
        return {one.url: one.failure for one in others}

    @property
    def text(self) -> str:
        """What a reader sees, with everything unfolded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        return self.page.inner_text("body")
