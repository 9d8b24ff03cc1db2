"""Benchmarks as text: median and 95th percentile, CPU and wall, the yardstick by name, the goal."""

import statistics

from tests.benchmarks.measure import RUNS, Row, percentile_95


def row_lines(row: Row) -> list[str]:
    """Write one measured thing."""
    lines = [f"  {row.what}"]
    for name, values in (("wall", row.times.wall), ("cpu", row.times.cpu)):
        if values:
            middle, high = statistics.median(values), percentile_95(values)
            lines.append(f"    {name:5} median {middle:10.2f} ms   p95 {high:10.2f} ms   runs {len(values)}")
    if len(row.times.wall) < RUNS:
        lines.append(f"    fewer than {RUNS} runs")
    if row.ratio:
        lines.append(f"    {row.ratio.value:.2f} x {row.ratio.yardstick}")
    lines.append(f"    goal  {row.goal}")
    if row.note:
        lines.append(f"    note  {row.note}")
    return lines


def benchmark_lines(identity: str, title: str, rows: list[Row], peak_bytes: int) -> list[str]:
    """Write one benchmark with the most memory its process ever held."""
    lines = [f"{identity}  {title}"]
    for row in rows:
        lines += row_lines(row)
    return [*lines, f"  peak memory {peak_bytes / 2**20:.0f} MiB"]
