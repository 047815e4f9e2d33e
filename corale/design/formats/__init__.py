"""How dates and times are written: day first, the 24-hour clock, weeks that begin on Monday."""
