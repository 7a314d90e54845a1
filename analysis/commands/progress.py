"""Progress: one bar over all that a run does, gone at the end."""

from __future__ import annotations

import sys


class Progress:
    """What is being done, and how much of it is done, in a `unit`."""

    def __init__(self, unit: str = "step") -> None:
        self._unit = unit

    def __enter__(self) -> Progress:
        from tqdm import tqdm

        pace = ", {rate_fmt}, {remaining} left" if self._unit != "step" else ""
        shape = f"{{l_bar}}{{bar}}| {{n_fmt}}/{{total_fmt}}{pace} {{postfix}}"
        self._bar = tqdm(total=1, unit=f" {self._unit}s", leave=False, bar_format=shape)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def expect(self, steps: int) -> None:
        """How many steps there will be; they are counted from here on."""
        self._bar.reset(max(steps, 1))

    def now(self, what: str) -> None:
        """What is done from here on."""
        self._bar.set_postfix_str(what)

    def step(self, what: str) -> None:
        """The next step begins."""
        self._bar.update()
        self.now(what)

    def add(self, number: int) -> None:
        """So many steps are done."""
        self._bar.update(number)

    def say(self, sentence: str) -> None:
        """A sentence above the bar."""
        self._bar.write(sentence, file=sys.stderr)
