"""Who Brightwater Home is: families, resources, routings, channels and the things that happen to it.

Volumes and prices are those of the twelve months to 2026-10; every rate is a fraction.
"""

from dataclasses import dataclass, field

SEED = 20261103
"""Every random stream of the simulation starts from this seed and the name of its stage."""

REGIONS = {"North America": 0.56, "Europe": 0.29, "Asia Pacific": 0.15}
CHANNELS = ("retail", "online", "business")
CHANNEL_PRICE = {"retail": 1.00, "online": 1.04, "business": 0.90}
CHANNEL_DISCOUNT = {"retail": 0.030, "online": 0.018, "business": 0.050}

_ELECTRONICS = (0.78, 0.76, 0.87, 0.89, 0.93, 0.94, 0.92, 0.95, 1.00, 1.06, 1.45, 1.45)
_KITCHEN = (0.80, 0.79, 0.86, 0.89, 0.94, 0.93, 0.91, 0.94, 1.00, 1.06, 1.58, 1.57)
_CLEANING = (0.93, 0.93, 1.08, 1.10, 1.04, 0.95, 0.90, 0.92, 0.98, 1.01, 1.12, 1.04)
_SUMMER_AIR = (0.94, 0.91, 0.95, 0.97, 1.02, 1.08, 1.17, 1.18, 1.08, 0.98, 0.88, 0.84)
_LAUNDRY = (0.95, 0.92, 0.96, 0.98, 1.00, 0.98, 0.95, 0.97, 1.02, 1.03, 1.14, 1.10)
_REPLACEMENT = (1.03, 0.98, 0.98, 0.97, 0.98, 1.00, 1.03, 1.04, 1.02, 1.00, 0.99, 0.98)
_HOT_DRINKS = (1.10, 1.07, 1.03, 0.98, 0.93, 0.90, 0.88, 0.90, 0.98, 1.04, 1.09, 1.10)


@dataclass(frozen=True, kw_only=True)
class Family:
    """One product family as sales, operations and finance know it."""

    name: str
    prefix: str
    category: str
    sku_count: int
    yearly_units: int
    growth_ratio: float
    future_growth_ratio: float
    season: tuple[float, ...]
    net_price: float
    cost_ratio: float
    channel_shares: tuple[float, float, float]
    cover_days: float
    pallets_per_unit: float
    planning_unit: str = "unit"
    lead_months: int = 0
    shelf_life_months: int | None = None
    extra_discount: dict[str, float] = field(default_factory=dict)

    @property
    def bought(self) -> bool:
        """Bought families come from suppliers and have no routing."""
        return self.lead_months > 0


def _family(
    name: str,
    prefix: str,
    category: str,
    sku_count: int,
    yearly_units: int,
    growth: tuple[float, float],
    **rest: object,
) -> Family:
    return Family(
        name=name,
        prefix=prefix,
        category=category,
        sku_count=sku_count,
        yearly_units=yearly_units,
        growth_ratio=growth[0],
        future_growth_ratio=growth[1],
        **rest,  # type: ignore[arg-type]
    )


_EL, _KI, _HC, _CO = "Electronics", "Kitchen", "Home Care", "Consumables"
_SHOP, _HOME, _WEB = (0.50, 0.40, 0.10), (0.46, 0.36, 0.18), (0.32, 0.50, 0.18)

FAMILIES: tuple[Family, ...] = (
    _family(
        "Speakers",
        "SPK",
        _EL,
        17,
        262_000,
        (0.03, 0.03),
        season=_ELECTRONICS,
        net_price=84.0,
        cost_ratio=0.655,
        channel_shares=_SHOP,
        cover_days=34,
        pallets_per_unit=0.010,
    ),
    _family(
        "Headphones",
        "HPH",
        _EL,
        17,
        300_000,
        (0.04, 0.03),
        season=_ELECTRONICS,
        net_price=61.0,
        cost_ratio=0.75,
        channel_shares=_SHOP,
        cover_days=32,
        pallets_per_unit=0.003,
        lead_months=2,
    ),
    _family(
        "Smart Displays",
        "SMD",
        _EL,
        12,
        152_000,
        (0.05, 0.05),
        season=_ELECTRONICS,
        net_price=134.0,
        cost_ratio=0.69,
        channel_shares=_SHOP,
        cover_days=36,
        pallets_per_unit=0.008,
    ),
    _family(
        "Blenders",
        "BLN",
        _KI,
        16,
        268_000,
        (0.03, 0.02),
        season=_KITCHEN,
        net_price=57.0,
        cost_ratio=0.73,
        channel_shares=_SHOP,
        cover_days=30,
        pallets_per_unit=0.014,
    ),
    _family(
        "Coffee Makers",
        "CFM",
        _KI,
        16,
        242_000,
        (0.02, 0.03),
        season=_KITCHEN,
        net_price=91.0,
        cost_ratio=0.59,
        channel_shares=_SHOP,
        cover_days=30,
        pallets_per_unit=0.018,
    ),
    _family(
        "Toasters",
        "TST",
        _KI,
        12,
        208_000,
        (-0.06, -0.10),
        season=_LAUNDRY,
        net_price=36.0,
        cost_ratio=0.8,
        channel_shares=_SHOP,
        cover_days=40,
        pallets_per_unit=0.012,
        extra_discount={"business": 0.13},
    ),
    _family(
        "Air Fryers",
        "AFR",
        _KI,
        14,
        222_000,
        (0.27, 0.24),
        season=_KITCHEN,
        net_price=97.0,
        cost_ratio=0.67,
        channel_shares=_SHOP,
        cover_days=30,
        pallets_per_unit=0.022,
    ),
    _family(
        "Vacuums",
        "VAC",
        _HC,
        16,
        142_000,
        (0.02, 0.02),
        season=_CLEANING,
        net_price=163.0,
        cost_ratio=0.6,
        channel_shares=_HOME,
        cover_days=34,
        pallets_per_unit=0.034,
    ),
    _family(
        "Air Purifiers",
        "APR",
        _HC,
        12,
        112_000,
        (0.03, 0.03),
        season=_SUMMER_AIR,
        net_price=138.0,
        cost_ratio=0.625,
        channel_shares=_HOME,
        cover_days=36,
        pallets_per_unit=0.030,
    ),
    _family(
        "Irons",
        "IRN",
        _HC,
        12,
        226_000,
        (0.00, 0.00),
        season=_LAUNDRY,
        net_price=34.0,
        cost_ratio=0.78,
        channel_shares=_HOME,
        cover_days=32,
        pallets_per_unit=0.007,
        extra_discount={"business": 0.04},
    ),
    _family(
        "Filters",
        "FLT",
        _CO,
        18,
        900_000,
        (0.06, 0.05),
        season=_REPLACEMENT,
        net_price=15.5,
        cost_ratio=0.54,
        channel_shares=_WEB,
        cover_days=18,
        pallets_per_unit=0.0020,
        planning_unit="pack",
        lead_months=2,
    ),
    _family(
        "Coffee Pods",
        "POD",
        _CO,
        16,
        1_380_000,
        (0.05, 0.04),
        season=_HOT_DRINKS,
        net_price=10.8,
        cost_ratio=0.625,
        channel_shares=_WEB,
        cover_days=17,
        pallets_per_unit=0.0015,
        planning_unit="box",
        lead_months=1,
        shelf_life_months=12,
    ),
)
FAMILY_INDEX = {family.name: index for index, family in enumerate(FAMILIES)}

PRICE_RISE = {"Coffee Makers": 0.05, "Vacuums": 0.06}
PRICE_RISE_MONTH = "2026-04"
