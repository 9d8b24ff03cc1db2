"""Make the example company: run the simulation and write its tables to `data/brightwater/`.

    python data/make_company.py [FOLDER]

The same bytes on every run: every random stream is seeded, and what is written has a fixed number of decimals.
"""

import sys
from pathlib import Path

import pandas as pd
from simulation import demand_records, faults, finance, meeting_records, money, plant, service, stock, suppliers
from simulation.assortment import assortment
from simulation.demand import demand as draw_demand
from simulation.forecasting import forecasts as make_forecasts
from simulation.operations import operate

FOLDER = Path(__file__).parent / "brightwater"


def tables() -> dict[str, pd.DataFrame]:
    """Live through the months of the company and return its tables by name."""
    skus = assortment()
    demand = draw_demand(skus)
    forecasts = make_forecasts(demand)
    ledger = operate(skus, demand, forecasts)
    book = money.price_book(skus, demand.share)
    sales = money.sales(skus, demand, ledger, book)
    backlog = stock.backlog(skus, demand, ledger)
    served = service.service(skus, demand, ledger)
    faults.take_credit_into_stock(skus, ledger)
    return {
        "company": finance.company(),
        "sales": sales,
        "products": finance.products(skus, demand, book),
        "prices": money.prices(skus, book),
        "inventory": stock.inventory(skus, ledger, book),
        "stock_counts": stock.stock_counts(skus, ledger),
        "receipts": stock.receipts(skus, ledger),
        "backlog": backlog,
        "production": stock.production(skus, ledger),
        "resources": plant.resources(ledger),
        "resource_profile": plant.resource_profile(),
        "supply_options": plant.supply_options(),
        "materials": plant.materials(demand),
        "material_usage": plant.material_usage(),
        "logistics": plant.logistics(),
        "budget": finance.budget(skus, demand, book),
        "forecasts": demand_records.forecasts(forecasts),
        "adjustments": demand_records.adjustments(forecasts),
        "events": demand_records.events(skus, demand),
        "market": demand_records.market(demand),
        "service": served,
        "suppliers": suppliers.suppliers(),
        "supplier_items": suppliers.supplier_items(skus, ledger, book),
        "price_breaks": suppliers.price_breaks(skus, book),
        "supplier_deliveries": suppliers.supplier_deliveries(skus, ledger, book),
        "assumptions": meeting_records.paper("assumptions"),
        "risks": meeting_records.paper("risks"),
        "decisions": meeting_records.paper("decisions"),
        "actions": meeting_records.actions(),
        "meetings": meeting_records.meetings(),
    }


def write(folder: Path) -> None:
    """Write one CSV per table (UTF-8, LF) and say how large each is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables().items():
        path = folder / f"{name}.csv"
        table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        print(f"{name:20} {len(table):7} rows {path.stat().st_size / 1024:8.0f} KiB")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
