"""Who lives in Molino: the people of the company, and those who write to it. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from corale.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works there. They cannot sign in: their user has no password."""

    name: str
    role: Role
    title: dict[str, str]
    ask_me_about: dict[str, str]


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody who writes to the company."""

    name: str
    about: dict[str, str] = field(default_factory=dict)


COLLEAGUES = {
    "anna": Colleague(
        "Anna Ferri", Role.MEMBER, {"it": "Lettere e consegne", "en": "Letters and deliveries"},
        {"it": "consegne, rimborsi, chi ha scritto che cosa", "en": "deliveries, refunds, who wrote what"},
    ),
    "bruno": Colleague(
        "Bruno Galli", Role.MEMBER, {"it": "Ripara le macchine", "en": "Repairs the machines"},
        {"it": "la Rosina, guarnizioni, calcare, macinatura", "en": "the Rosina, gaskets, limescale, grinding"},
    ),
    "elena": Colleague(
        "Elena Conti", Role.COORDINATOR, {"it": "Manda avanti il mulino", "en": "Runs the mill"},
        {"it": "decisioni, prezzi, corsi, lavoro", "en": "decisions, prices, classes, jobs"},
    ),
    "paolo": Colleague(
        "Paolo Donati", Role.MEMBER, {"it": "Mugnaio e fornaio", "en": "Miller and baker"},
        {"it": "farine, lieviti, allergeni", "en": "flours, sourdough, allergens"},
    ),
    "marta": Colleague(
        "Marta Villa", Role.MEMBER, {"it": "Bottega e ordini", "en": "Shop and orders"},
        {"it": "orari, ordini, spedizioni", "en": "opening hours, orders, shipping"},
    ),
}  # fmt: skip

CHARACTERS = {
    "aldo": Character("Aldo Pagani"),
    "anselmo": Character("Anselmo Vitali"),
    "beatrice": Character("Beatrice Lombardi"),
    "beppe": Character("Beppe Colombo"),
    "carla": Character(
        "Carla Moretti", {"it": "Bibliotecaria. Caffè, gatti, gialli.", "en": "Librarian. Coffee, cats, crime novels."}
    ),
    "chiara": Character("Chiara Marchetti"),
    "davide": Character("Davide Fontana"),
    "emma": Character("Emma Clarke", {"en": "Londoner in Milan. Learns Italian from bakers."}),
    "enrico": Character("Enrico Sala", {"it": "Infermiere, turni di notte.", "en": "Nurse, night shifts."}),
    "federica": Character("Federica Neri"),
    "gaia": Character("Gaia Serra", {"it": "Pane e fotografie.", "en": "Bread and photographs."}),
    "giovanni": Character("Giovanni Lodi"),
    "hanna": Character("Hanna Lindqvist", {"en": "Uppsala. Rye is a way of life."}),
    "ines": Character("Inês Duarte", {"en": "Cooks for a soup kitchen."}),
    "jonas": Character("Jonas Weber"),
    "lidia": Character(
        "Lidia Amato", {"it": "Maestra. Ventidue terribili.", "en": "Teacher. Twenty-two terrible ones."}
    ),
    "luca": Character("Luca Bianchi"),
    "lucia": Character("Lucia Ferrero"),
    "marco": Character("Marco Testa"),
    "matteo": Character("Matteo Rinaldi", {"it": "Biga e pazienza.", "en": "Biga and patience."}),
    "nadia": Character("Nadia El Amrani"),
    "oliver": Character("Oliver Hughes"),
    "pietro": Character("Pietro Zanella"),
    "priya": Character("Priya Nair"),
    "rosa": Character("Rosa Greco"),
    "silvia": Character("Silvia Ferraro"),
    "spam": Character("Guadagno Facile"),
    "stefano": Character("Stefano Riva"),
    "tommaso": Character("Tommaso Bassi"),
    "ugo": Character("Ugo Barbieri"),
    "valeria": Character("Valeria Costa"),
    "viola": Character("Viola Conte"),
}

LABELS = {
    "delivery": {"it": "consegne", "en": "deliveries"},
    "repair": {"it": "riparazioni", "en": "repairs"},
    "flour": {"it": "farine", "en": "flours"},
    "how-to": {"it": "come si fa", "en": "how to"},
    "order": {"it": "ordini", "en": "orders"},
}


def handle_of(key: str) -> str:
    """The reserved domain `.test` belongs to nobody."""
    return f"{key}.test"
