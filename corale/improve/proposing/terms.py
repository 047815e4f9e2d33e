"""The words of a message that may tell what it is about."""

from __future__ import annotations

import re

from corale.listen.reading.near import normal

STEM = 6  # letters: "consegna", "consegne" and "consegnato" are one word
MOST = 24  # of a message: its first words
_SHORTEST = 3
_EMPTY = frozenset(
    """
    abbiamo adesso alla alle allo altra altre altri altro anche ancora anni anno appena aver avere avete aveva basta
    bella bello bene bravi buona buongiorno buonasera buono cara care casa caso cerca certo che chi chiedo ciao cio
    circa cosa cose cosi credo cui dai dal dalla dalle dallo davvero degli dei del della delle dello dentro deve
    devo dice dire dirmi diventa dopo dove due ecco era erano essere fa faccio far fare fate fatto fino fra fuori
    gia giorni giorno giusto gli grazie hai hanno ieri info invece io lei li loro lui mai male mattina me meglio
    meno mentre mesi mese mezz mia mie miei mio molto momento nel nella nelle nello nessuno nient niente noi non
    nostra nostro nulla ogni oggi ok ora ore per perche perfavore pero persone piu poi possibile possiamo posso
    potete poter potrebbe potreste prego prima proprio puo puoi quale quali qualche qualcosa qualcuno quando quanto
    quella quelle quelli quello questa queste questi questo qui quindi salve sapere sapete sarebbe se sei sempre
    sembra senza sera serve settimana siamo siete sia sono sopra sotto sta stata state stato stesso su sua sue sui
    sul sulla sulle suo suoi tanto te tra troppo tua tue tuo tutta tutte tutti tutto un una uno uso va vediamo vero
    verso vi voglio voi volevo volta volte vorrei vostra vostre vostri vostro about above after again all also
    always and any anyone are around ask back because been before being best better but came can cannot could day
    days did didn does doesn doing don done down else even ever every few first for from get getting give goes going
    good got great guys had has have haven having hello help her here hey him his hope how into isn its just keep
    know last least less let like little long look looking made make many may maybe might more most much must need
    never new next nice not nothing now off once one only other our out over own people please put really right said
    same say see seems she should since some someone something soon still such sure take tell than thank thanks that
    the their them then there these they thing things think this those though through time today too try trying two
    under until very via wait want was wasn way week weeks well went were what when where which while who why will
    with without won work would wouldn year yes yesterday yet you your yours aber alle als also auch auf aus bei bin
    bis bitte das dass dem den der des die dir doch durch ein eine einem einen einer euch euer fur gibt habe haben
    hallo hat ich ihr immer ist jetzt kann kein keine man mehr mein meine mit nach nicht noch nur oder schon sehr
    sein seit sich sie sind und uns vom von war warum was wenn wie wieder wir wird zum zur alors apres aux avec avez
    bien bonjour ces cette comme dans depuis des dit donc elle elles encore est etait etes etre eux fait faire ils
    jai les leur mais merci mes moi mon nos notre nous par pas peut plus pour pouvez puis quand que quel quelle qui
    sans ses son sont suis sur tous tout tres une vos votre vous ahora algo algun alguien ano antes aqui asi aun
    aunque bien buenas buenos cada como con cual cuando del desde donde dos ella ellos entre era eres esa ese eso
    esta estan estar estas este esto estoy gracias hace hacer hasta hay hola las los mas mejor mis muy nada nos
    nosotros nunca otra otro para pero poco por porque pues puede puedo que quien quiero sea ser siempre sin sobre
    sois solo somos son soy sus tan tengo tiene todo todos una unos usted vez vosotros agora ainda aos aqui assim
    ate bom com como das depois dos ela elas ele eles essa esse esta estao estar estou eu foi fazer isso isto ja
    mais mas mesmo meu minha muito nao nas nem nos nossa nosso num obrigada obrigado ola onde ontem para pela pelo
    pode porque pra quando quem quero sao sem seu sua sempre tem tenho ter tudo uma vai voce voces vou
    between different
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]+")


def terms(text: str) -> dict[str, str]:
    """The beginning that stands for each word, and the word as it was written first, in order. Links, mentions, numbers
    and words that tell nothing are left out."""
    found: dict[str, str] = {}
    for word in _WORD.findall(normal(text)):
        if len(word) >= _SHORTEST and word not in _EMPTY:
            found.setdefault(word[:STEM], word)
            if len(found) == MOST:
                break
    return found
