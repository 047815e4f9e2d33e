"""What Molino heard from many people, what it decided, and what it told them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The end of a decision: what was said to each person who asked, and when (days ago)."""

    kind: Literal["done", "declined"]
    at: str
    text: Words
    left_to_review: int = 0
    fails: str = ""  # who could not be told, because the channel refused
    gone: str = ""  # whose account had vanished by then


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of the register."""

    kind: Literal["yes", "later", "no"]
    at: str
    title: Words
    reason: Words
    evidence: int = 3
    due_in: str = ""
    postponed: tuple[str, str] | None = None  # when (ago), by how much
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A theme, and the decision on it, if there is one."""

    key: str
    name: Words
    description: Words = field(default_factory=dict)
    decided: Decided | None = None


THEMES = (
    Heard(
        "parcels",
        {"it": "Consegne la sera", "en": "Deliveries in the evening"},
        {"it": "Chi lavora non è a casa di mattina.", "en": "People with a job are not at home in the morning."},
        Decided(
            "yes", "52d",
            {"it": "Consegna tra le 18 e le 21, e un punto di ritiro in stazione",
             "en": "Delivery between 6 and 9 pm, and a pick-up point at the station"},
            {"it": "Otto persone in tre settimane hanno perso ore ad aspettare. Il secondo corriere costa 2,10 € a "
                   "pacco; ne chiediamo 2 a chi sceglie la sera.",
             "en": "Eight people in three weeks lost hours waiting. The second courier costs 2.10 € a parcel; "
                   "we ask 2 from those who choose the evening."},
            evidence=5, due_in="35d",
            told=Told(
                "done", "6d",
                {"it": "{name}, ci aveva chiesto di ricevere il pacco la sera. Da lunedì si può: tra le 18 e le 21, "
                       "2 € in più, oppure gratis al punto di ritiro in stazione. Grazie di avercelo detto: "
                       "abbiamo cambiato corriere per questo.",
                 "en": "{name}, you asked us to bring parcels in the evening. From Monday we do: between 6 and 9 pm, "
                       "2 € more, or free of charge at the station. Thank you for telling us: "
                       "we changed courier because of it."},
                left_to_review=2, gone="davide",
            ),
        ),
    ),
    Heard(
        "gasket",
        {"it": "La guarnizione della Rosina", "en": "The Rosina's gasket"},
        {"it": "Si indurisce e perde dopo due mesi.", "en": "It hardens and leaks after two months."},
        Decided(
            "yes", "55d",
            {"it": "Guarnizione in silicone di serie, e gratis a chi ha il lotto RS-0316",
             "en": "Silicone gasket as standard, and free for batch RS-0316"},
            {"it": "È un errore nostro: la gomma era troppo dura. Costa 40 centesimi in più a macchina.",
             "en": "It is our mistake: the rubber was too hard. It costs 40 cents more per machine."},
            evidence=4, due_in="30d",
            told=Told(
                "done", "25d",
                {"it": "{name}, la guarnizione che si induriva non c'è più: dalla settimana scorsa ogni Rosina esce "
                       "con quella in silicone. Se la sua dovesse perdere ancora, scriva qui: ci pensa Bruno.",
                 "en": "{name}, the gasket that hardened is gone: since last week every Rosina leaves with the "
                       "silicone one. Should yours leak again, write to us here: Bruno sees to it."},
                fails="aldo",
            ),
        ),
    ),
    Heard(
        "fivekilo",
        {"it": "Farina in sacchi da cinque chili", "en": "Flour in five-kilo bags"},
        {},
        Decided(
            "yes", "41d",
            {"it": "Sacco di tela da 5 kg con cauzione di 1 €", "en": "A 5 kg cloth bag with a 1 € deposit"},
            {"it": "Meno carta, e chi fa il pane per tanti smette di aprire sei pacchi. L'idea della cauzione è di "
                   "chi ce l'ha scritta.",
             "en": "Less paper, and those who bake for many stop opening six packets. The deposit is the idea of "
                   "somebody who wrote to us."},
            evidence=4, due_in="24d", postponed=("20d", "7d"),
            told=Told(
                "done", "10d",
                {"it": "{name}, i sacchi da cinque chili sono arrivati: di tela, con 1 € di cauzione, per tipo 2, "
                       "segale e integrale. Ci abbiamo messo una settimana più del previsto, per le cuciture. "
                       "L'ha chiesto anche lei: grazie!",
                 "en": "{name}, the five-kilo bags are here: cloth, with a 1 € deposit, for tipo 2, rye and "
                       "wholemeal. It took us a week longer than planned, because of the seams. "
                       "You were one of those who asked: thank you!"},
            ),
        ),
    ),
    Heard(
        "black",
        {"it": "Una Rosina nera", "en": "A black Rosina"},
        {},
        Decided(
            "no", "35d",
            {"it": "La Rosina nera non si fa", "en": "There will be no black Rosina"},
            {"it": "La vernice nera opaca vuole un fondo ai cromati che nella nostra officina non entra, e fuori "
                   "costerebbe 68 € in più a macchina. Se esce un fondo senza cromo, ne riparliamo.",
             "en": "Matte black needs a chromate primer that does not enter our workshop, and having it done "
                   "elsewhere would cost 68 € more per machine. If a chrome-free primer comes out, we talk again."},
            evidence=3,
            told=Told(
                "declined", "33d",
                {"it": "{name}, sulla Rosina nera abbiamo deciso di no, e le dico perché: il nero opaco vuole un fondo "
                       "ai cromati che non facciamo respirare a nessuno, e fuori costerebbe 68 € in più. Se ne esce "
                       "uno senza cromo, le riscrivo.",
                 "en": "{name}, on the black Rosina we decided no, and this is why: matte black needs a chromate "
                       "primer that we let nobody breathe, and elsewhere it would cost 68 € more. If a chrome-free "
                       "one comes out, I will write again."},
            ),
        ),
    ),
    Heard(
        "classes",
        {"it": "Corsi di pane la sera", "en": "Bread classes in the evening"},
        {},
        Decided(
            "later", "15d",
            {"it": "Tre sere di giovedì, quando ci sarà il secondo forno",
             "en": "Three Thursday evenings, once the second oven is here"},
            {"it": "La sera il forno è pieno del pane di domani. Il secondo forno è ordinato: senza, il corso "
                   "toglierebbe il pane a chi lo compra.",
             "en": "In the evening the oven is full of tomorrow's bread. A second one is ordered: without it, the "
                   "class would take bread from those who buy it."},
            evidence=4, due_in="75d",
        ),
    ),
    Heard(
        "window",
        {"it": "La plastica nei sacchetti del pane", "en": "Plastic in the bread bags"},
        {"it": "Il pane si vede, ma la finestrella non si sa dove buttarla.",
         "en": "One sees the bread, and never knows which bin it goes in."},
    ),
)  # fmt: skip
