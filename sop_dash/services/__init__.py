"""Use cases: what a page, the command line or a job may ask for, and the ports they need."""
