"""What can be read. The order is that of the lanes in the file of weights: append, never reorder."""

LANGUAGES = ("it", "en", "es", "fr", "de", "pt", "nl", "ro")
SENTIMENTS = ("negative", "neutral", "positive")
INTENTS = ("question", "help", "complaint", "praise", "idea", "thanks", "announcement", "spam")
NEEDS_ANSWER = "needs_answer"
HEADS = (*SENTIMENTS, *INTENTS, NEEDS_ANSWER)
READ_WELL = ("it", "en")
"""Languages with every reading; of the others only the language is read."""
SURE = 0.6
"""Below this probability it says "not sure"."""
