"""A fediverse on loopback for the tests: names, TLS, a peer that this project did not write, and Corale itself."""
