"""The outside world: database, files, clock and secrets, each behind a port of `services`."""
