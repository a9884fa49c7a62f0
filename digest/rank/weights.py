"""Which weights are in force, and which layer each comes from.

Packaged ones below, above them those that the desk accepted (`digest rank tune`), above both
what the settings say (file, environment, flags).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.errors import WrongSettings
from digest.model import AcceptedWeights
from digest.rank.signals import DIVERSITY, TITLES, WEIGHTS

PACKAGED, ACCEPTED, SET = "пакетна", "приета", "от настройките"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of every signal, and the layer that decided each."""

    by_name: Mapping[str, float]
    origin: Mapping[str, str]

    def sentence(self, accepted: AcceptedWeights | None) -> str:
        """Which weights are in force, for a person."""
        told = ["Тежестите са пакетните"]
        if accepted and ACCEPTED in self.origin.values():
            told = [f"Тежестите са приетите от {accepted.by} на {accepted.at:%d.%m.%Y}"]
        own = [TITLES[name] for name, layer in self.origin.items() if layer == SET]
        told += [f"от настройките са: {', '.join(own)}"] if own else []
        return "; ".join(told) + "."


def in_force(own: Mapping[str, float], accepted: AcceptedWeights | None = None) -> Weights:
    """The three layers settled. Raises `WrongSettings` for a weight without a signal.

    Accepted weights of signals that this version no longer has are left out: they were learnt
    by another one.
    """
    _refuse(own)
    learnt = {n: w for n, w in accepted.weights.items() if n in WEIGHTS} if accepted else {}
    origin = {n: SET if n in own else ACCEPTED if n in learnt else PACKAGED for n in WEIGHTS}
    return Weights({**WEIGHTS, **learnt, **own}, origin)


def _refuse(own: Mapping[str, float]) -> None:
    unknown = sorted(own.keys() - WEIGHTS.keys())
    if unknown:
        raise WrongSettings(
            f"Непознат сигнал „{unknown[0]}“ в rank.weights.",
            "Тежест може да има само сигнал, който подреждането познава.",
            f"Познатите са: {', '.join(WEIGHTS)}.",
        )
    if own.get(DIVERSITY, 0.0) > 0:
        raise WrongSettings(
            f"Тежестта на „{DIVERSITY}“ в rank.weights е над 0.",
            "С нея еднаквите теми се трупат отгоре, вместо да се разреждат.",
            "Задайте 0, за да го изключите, или число под 0.",
        )
