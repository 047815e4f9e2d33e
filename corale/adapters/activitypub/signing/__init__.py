"""HTTP signatures: the older draft (cavage-12) and RFC 9421, made and verified."""
