"""What a channel is: contract, registry, connections, envelopes in, deliveries out."""
