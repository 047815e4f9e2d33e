"""The AT Protocol's own servers, started on loopback for the tests, with accounts made on them."""
