"""What visitors see of our actors: words, faces, who said what to whom; never anything that is not public."""
