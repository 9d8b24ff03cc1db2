"""The calculations: pure, deterministic, without files, clock, database or screen."""
