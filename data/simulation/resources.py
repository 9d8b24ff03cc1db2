"""The seven shared resources, what they cost beyond regular hours, and the hours a unit takes on them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One shared resource; `hours_per_day` are the regular hours of a working day today, of that many machines."""

    name: str
    plant: str
    hours_per_day: float
    machines: int
    hours_per_unit: dict[str, float]
    max_overtime_ratio: float = 0.15
    overtime_premium_per_hour: float = 16.0
    lead_time_months: int = 4
    changeover_ratio: float = 0.03
    maintenance: tuple[str, ...] = ()


RESOURCES: tuple[Resource, ...] = (
    Resource(
        name="Moulding",
        plant="Harlow Creek",
        hours_per_day=305.0,
        machines=24,
        lead_time_months=8,
        maintenance=("2025-02", "2026-02", "2027-02", "2028-02"),
        hours_per_unit={
            "Speakers": 0.030,
            "Blenders": 0.040,
            "Coffee Makers": 0.050,
            "Air Fryers": 0.050,
            "Vacuums": 0.070,
            "Air Purifiers": 0.060,
            "Irons": 0.020,
        },
    ),
    Resource(
        name="Motor Winding",
        plant="Harlow Creek",
        hours_per_day=214.0,
        machines=17,
        lead_time_months=6,
        max_overtime_ratio=0.15,
        hours_per_unit={"Blenders": 0.045, "Air Fryers": 0.070, "Vacuums": 0.080, "Air Purifiers": 0.060},
    ),
    Resource(
        name="Board Assembly",
        plant="Milldale",
        hours_per_day=276.0,
        machines=22,
        lead_time_months=9,
        hours_per_unit={
            "Speakers": 0.060,
            "Smart Displays": 0.130,
            "Coffee Makers": 0.040,
            "Air Fryers": 0.030,
            "Air Purifiers": 0.040,
        },
    ),
    Resource(
        name="Final Assembly 1",
        plant="Harlow Creek",
        hours_per_day=492.0,
        machines=36,
        lead_time_months=3,
        hours_per_unit={"Blenders": 0.100, "Coffee Makers": 0.160, "Air Fryers": 0.150, "Irons": 0.060},
    ),
    Resource(
        name="Final Assembly 2",
        plant="Milldale",
        hours_per_day=540.0,
        machines=40,
        lead_time_months=3,
        hours_per_unit={
            "Speakers": 0.110,
            "Smart Displays": 0.150,
            "Toasters": 0.080,
            "Vacuums": 0.210,
            "Air Purifiers": 0.170,
        },
    ),
    Resource(
        name="Packaging",
        plant="Milldale",
        hours_per_day=310.0,
        machines=24,
        max_overtime_ratio=0.20,
        lead_time_months=2,
        hours_per_unit={
            "Speakers": 0.030,
            "Smart Displays": 0.030,
            "Blenders": 0.030,
            "Coffee Makers": 0.040,
            "Toasters": 0.030,
            "Air Fryers": 0.040,
            "Vacuums": 0.060,
            "Air Purifiers": 0.050,
            "Irons": 0.020,
        },
    ),
    Resource(
        name="Test",
        plant="Milldale",
        hours_per_day=208.0,
        machines=16,
        max_overtime_ratio=0.20,
        lead_time_months=5,
        hours_per_unit={
            "Speakers": 0.030,
            "Smart Displays": 0.070,
            "Coffee Makers": 0.030,
            "Air Fryers": 0.030,
            "Vacuums": 0.030,
            "Air Purifiers": 0.050,
        },
    ),
)
