"""Turns of phrase that say what somebody wants, each a feature with a name of its own."""

from __future__ import annotations

import regex

_TURNS = {
    "\x04asks": (
        r"^(?:ciao|buongiorno|salve|scusate|hi|hello|hey)?\W*(?:chi|cosa|che cos|come|dove|quando|quanto|quanta|"
        r"quanti|quante|qual|quale|quali|perche|a che ora|per caso|sapete|si puo|e possibile|who|what|when|where|why|"
        r"how|which|is there|are there|do you|does|can i|is it|are you|will you|did|has anyone|any idea|anyone know)\b"
    ),
    "\x04asks inside": (
        r"\b(?:sapete (?:se|dirmi|come|quando)|mi (?:sapete|sa) dire|vorrei sapere|volevo sapere|come (?:si fa|posso|"
        r"faccio)|when will|how (?:do|can|long|much|many)|wondering (?:if|whether)|do you know|can you tell|"
        r"could you tell|is it possible)\b"
    ),
    "\x04begs": (
        r"\b(?:potete|puoi|potreste|potresti|puo qualcuno|mi (?:aiutate|aiuti)|aiuto|aiutatemi|ho bisogno|"
        r"avrei bisogno|non riesco|non riusciamo|vi prego|can you|could you|can someone|please help|need help|i need|"
        r"help me|unable to|i can t|i cannot|can anyone)\b"
    ),
    "\x04wishes": (
        r"\b(?:dovreste|potreste (?:fare|aggiungere|mettere|pensare)|sarebbe (?:bello|utile|comodo|meglio|fantastico)|"
        r"perche non (?:fate|aggiungete|mettete|provate)|vi suggerisco|suggerimento|suggerisco|propongo|proposta|"
        r"un idea|mi piacerebbe (?:che|se|poter)|you should|it would be|would be (?:nice|great|good|cool|lovely)|"
        r"would love|why don t you|why not|i suggest|suggestion|please (?:add|bring|make|consider)|how about|"
        r"what about|feature request|i wish)\b"
    ),
    "\x04thanks": (r"\b(?:grazie|ringrazi\w+|thanks|thank you|thx|ty|cheers|much appreciated|grato|grata)\b"),
    "\x04ironic": (
        r"\b(?:bravi|complimenti|brave|bravissimi|well done|great job|nice one|congrat\w*|fantastic|"
        r"ottimo)\b.{0,40}(?:proprio cosi|come sempre|davvero|un altra volta|di nuovo|anche oggi|again|as usual|"
        r"as always|yet another|really)"
    ),
    "\x04reports": (
        r"\b(?:comunicato|inaugura\w*|presenta\w*|annuncia\w*|secondo|intervista|announces?|launch\w*|reports?|"
        r"press release|opens?|according to)\b"
    ),
    "\x04pleased": (
        r"\b(?:ador\w+|buonissim\w+|bellissim\w+|ottim\w+|perfett\w+|eccellent\w+|eccezional\w+|meraviglios\w+|"
        r"fantastic\w*|stupend\w+|splendid\w+|spettacolar\w+|spettacolo|brav\w+|compliment\w+|consigliatissim\w+|"
        r"lo consiglio|la consiglio|gentil\w+|miglior[ei]?|impeccabil\w+|soddisfatt\w+|felic\w+|innamorat\w+|top|"
        r"love\w*|excellent|perfect\w*|great|brilliant|amazing|awesome|wonderful\w*|lovely|delicious|gorgeous|"
        r"beautiful\w*|best|outstanding|impress\w+|recommend\w*|happy|delighted|superb|kind|proud)\b"
    ),
    "\x04displeased": (
        r"\b(?:pessim\w+|vergogn\w*|delus\w+|delusione|schif\w+|orribil\w+|disastr\w+|disserviz\w+|ritard\w+|"
        r"rott[oaie]|guast\w+|stuf\w+|inaccettabil\w+|assurd\w+|maleducat\w+|inesistent\w+|peggior\w*|scandal\w*|"
        r"truff\w+|ladr\w+|sconsigli\w+|reclam\w+|lament\w+|difettos\w+|spreca\w*|non funziona\w*|nessuno risponde|"
        r"mai arrivat\w+|mai piu|awful|terrible|horrible|worst|disgrac\w+|disappoint\w+|disgust\w+|broken|broke|"
        r"useless|rude|late|delay\w*|shame|refund|complain\w*|unacceptable|ridiculous|misleading|scam|avoid|fed up|"
        r"never again|never arrived|doesn t work|not working|stopped working|nobody answers|no reply|still waiting|"
        r"wast\w+|faulty|poor)\b"
    ),
    "\x04sells": (
        r"\b(?:guadagn\w+|clicca\w*|follower\w*|crypto\w*|bitcoin|prestiti|vinci|vincita|premio|selezionat\w+|"
        r"link in bio|telegram|whatsapp|rendiment\w+|garantit\w+|scommesse|dimagrire|gratis|earn|click|giveaway|"
        r"loans?|win|winner|prize|selected|guaranteed|invest\w*|lose \w+ kg|free|claim|dm me|message me|in bio)\b"
    ),
}
PATTERNS = tuple((name, regex.compile(pattern)) for name, pattern in _TURNS.items())


def found(words: list[str]) -> list[str]:
    """The names of those that stand in these words."""
    line = " ".join(words[:120])
    return [name for name, pattern in PATTERNS if pattern.search(line)]
