"""A word-sized chart of a series as an svg in a data address; used as a mask, so the style sheet gives the colour."""

import math
from collections.abc import Sequence
from urllib.parse import quote


def sparkline_address(values: Sequence[float], *, width: int = 120, height: int = 28) -> str:
    """The line as a `data:` address; gaps where values are unknown; empty text when fewer than two are known."""
    points = [(place, value) for place, value in enumerate(values) if math.isfinite(value)]
    if len(points) < 2:
        return ""
    low, high = min(v for _, v in points), max(v for _, v in points)
    across, up = (width - 6) / max(1, len(values) - 1), (height - 6) / (high - low or 1.0)
    flat = high == low

    def spot(place: int, value: float) -> str:
        return f"{3 + place * across:.1f} {height / 2 if flat else height - 3 - (value - low) * up:.1f}"

    path, previous = "", -2
    for place, value in points:
        path += f"{'L' if place == previous + 1 else 'M'}{spot(place, value)}"
        previous = place
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' preserveAspectRatio='none'>"
        f"<path d='{path}' fill='none' stroke='#000' stroke-width='1.6' stroke-linejoin='round' "
        "vector-effect='non-scaling-stroke'/></svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe='')}"
