"""Tests of the dashboard.

`unit` mirrors `sop_dash`, `integration` crosses floors, `browser` walks the real app, `house` guards the plan of the
house, `benchmarks` measures and never fails.
"""
