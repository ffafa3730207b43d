"""A refusal that says, in Vietnamese, what is wrong and what to do."""

from __future__ import annotations


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue where gettext itself cannot be imported."""
    return text


class Explained(ValueError):
    """A refusal by a rule.

    ``explanation`` is the Vietnamese sentence; a page in another language translates ``template``
    and fills in ``params`` itself.
    """

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        self.params = params
        self.explanation = template % params if params else template
        super().__init__(self.explanation)
