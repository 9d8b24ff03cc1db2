"""Words by which other tables than sales, and their columns, are known when people call them something else.

Written like the words of `words.py`: small letters without accents. A heading counts only when it says exactly one of
the phrases, apart from a currency at its end; earlier phrases are preferred where several columns answer.
"""

from sop_dash.core.data.mapping.words import TARGETS


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


SALES_FILE = frozenset(
    _phrases(
        "sales;sale;orders;order;sold;invoices;invoice;invoiced;shipments;revenue;umsatz;umsatze;verkauf;verkaufe;absatz;"
        "auftrage;auftrag;rechnungen;ventes;commandes;factures;ventas;pedidos;facturas;vendite;ordini;fatture;vendas;"
        "verkopen;omzet;sprzedaz;zamowienia;forsaljning;salg;demand;nachfrage"
    )
)
"""Words in the name of a file that holds sales."""

TABLE_FILES: dict[str, tuple[str, ...]] = {
    "products": _phrases(
        "product;products;item;items;article;articles;artikel;artikelstamm;material;materials;material master;"
        "item master;product master;masterdata;master data;stammdaten;produkte;produits;productos;prodotti;produtos;"
        "producten;catalog;catalogue;skus;families;familien;hierarchy;product hierarchy;mapping"
    ),
    "prices": _phrases("price;prices;price list;pricelist;preise;preisliste;prix;precios;prezzi;price cost history"),
    "inventory": _phrases(
        "inventory;stock;stocks;stock levels;on hand;bestand;bestande;lagerbestand;lager;inventaire;inventario;"
        "existencias;giacenze;estoque;voorraad;stany magazynowe;lagersaldo"
    ),
    "production": _phrases("production;produktion;fertigung;manufacturing;produccion;produzione;producao;productie"),
    "resources": _phrases(
        "resources;resource;capacity;capacities;work centers;workcenters;workcenter;work center;machines;kapazitat;"
        "kapazitaten;arbeitsplatze;capacite;capacidad;workcenter load"
    ),
    "resource_profile": _phrases(
        "resource profile;routing;routings;hours per unit;arbeitsplan;arbeitsplane;gammes;bill of resources"
    ),
    "suppliers": _phrases("supplier;suppliers;vendor;vendors;lieferant;lieferanten;fournisseurs;proveedores;fornitori"),
    "supplier_items": _phrases("vendor products;supplier items;vendor items;supplier products;purchase info records"),
    "price_breaks": _phrases(
        "price breaks;price break;quantity discounts;quantity discount;volume discounts;scale prices;staffelpreise"
    ),
    "supplier_deliveries": _phrases(
        "supplier deliveries;supplier performance;vendor performance;purchase receipts;goods receipts;wareneingange"
    ),
    "budget": _phrases("budget;budgets;annual plan;jahresplan;presupuesto;budgetplan"),
    "service": _phrases("service;otif;order service;delivery performance;service level;liefertreue;servicegrad"),
}
"""Words in the name of a file -> which table it is; longer phrases win."""

_MONTH = (*TARGETS["date"], *_phrases("snapshot date;stock date;closing date;count date;stichtag"))
_ITEM_COST = _phrases(
    "unit cost;standard cost;std cost;cost per unit;item cost;cost price;moving average cost;average cost;cost;kosten;"
    "stuckkosten;herstellkosten;selbstkosten;einstandspreis;cout unitaire;prix de revient;coste unitario;coste;"
    "costo unitario;costo;custo unitario;custo;kostprijs;koszt;kostpris;cogs"
)
_PRICE = (*_phrases("list price;retail price;katalogpreis;listenpreis;precio lista"), *TARGETS["unit_price"])
_LEAD_TIME = _phrases(
    "lead time;lead time days;avg lead time days;average lead time;average lead time days;replenishment lead time;"
    "days to manufacture;lieferzeit;wiederbeschaffungszeit;delai;plazo entrega;plazo de entrega;levertijd"
)
_MOQ = _phrases("moq;min order qty;min order quantity;minimum order quantity;minimum order qty;mindestbestellmenge")
_SUPPLIER = _phrases(
    "supplier id;supplier no;supplier number;vendor id;vendor no;vendor number;supplier;vendor;lieferant;"
    "lieferantennummer;fournisseur;proveedor;fornitore"
)
_ORDERED, _RECEIVED = _phrases("ordered units;ordered quantity"), _phrases("received units;received quantity")

COLUMN_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "products": {
        **{name: TARGETS[name] for name in ("sku", "name", "family", "category")},
        "unit_price": _PRICE,
        "unit_cost": _ITEM_COST,
        "make_or_buy": _phrases("make or buy;procurement type;make buy"),
        "lead_time_days": _LEAD_TIME,
        "moq": _MOQ,
        "lot_multiple": _phrases("lot multiple;lot size;order multiple;rounding value;losgrosse;rundungswert"),
        "safety_stock_units": _phrases("safety stock;safety stock units;sicherheitsbestand;stock de securite"),
        "reorder_point_units": _phrases("reorder point;reorder point units;reorder level;meldebestand"),
        "launch_month": _phrases("launch month;launch date;sell start date;introduced;einfuhrung"),
        "end_month": _phrases("end month;sell end date;discontinued date;end of life;auslauf"),
    },
    "prices": {
        "sku": TARGETS["sku"],
        "family": TARGETS["family"],
        "valid_from": _phrases("valid from;effective from;effective date;from date;start date;gultig ab;gueltig ab"),
        "channel": TARGETS["channel"],
        "price": _PRICE,
        "unit_cost": _ITEM_COST,
    },
    "inventory": {
        "month": _MONTH,
        "sku": TARGETS["sku"],
        "family": TARGETS["family"],
        "closing_units": _phrases(
            "closing units;closing stock;ending inventory;stock units;stock quantity;on hand units;on hand;"
            "quantity on hand;qty on hand;stock;inventory;bestand;lagerbestand;endbestand;stock final;existencias;"
            "giacenza;voorraad;quantity;qty;menge;units"
        ),
        "unit_cost": _ITEM_COST,
        "blocked_units": _phrases("blocked units;blocked stock;blocked;gesperrt;sperrbestand"),
    },
    "production": {
        "month": _MONTH,
        "sku": TARGETS["sku"],
        "family": TARGETS["family"],
        "planned_units": _phrases("planned units;planned quantity;planned qty;plan units;planmenge;sollmenge"),
        "actual_units": _phrases(
            "actual units;actual good units;actual quantity;produced units;produced quantity;produced;output;"
            "good units;istmenge"
        ),
        "scrapped_units": _phrases("scrapped units;scrap;scrap units;scrapped;ausschuss"),
        "on_time_units": _phrases("on time units;planned units finished on time;units on time"),
    },
    "resources": {
        "resource": _phrases(
            "resource;work center;work centre;workcenter;machine;production line;arbeitsplatz;maschine"
        ),
        "month": _MONTH,
        "available_hours": _phrases(
            "available hours;capacity hours;capacity hours assumed;hours available;verfugbare stunden;kapazitat stunden"
        ),
        "plant": _phrases("plant;site;werk;usine;planta"),
        "used_hours": _phrases("used hours;actual hours;hours used;iststunden"),
        "machines": _phrases("machines;number of machines;no of machines;machine count;anzahl maschinen"),
        "shifts_per_day": _phrases("shifts per day;shifts a day;shifts;schichten;schichten pro tag"),
        "hours_per_shift": _phrases("hours per shift;shift hours;shift length;stunden je schicht"),
        "working_days": _phrases("working days;work days;workdays;arbeitstage"),
        "efficiency_ratio": _phrases("efficiency ratio;efficiency;oee;nutzungsgrad"),
    },
    "resource_profile": {
        "family": TARGETS["family"],
        "resource": _phrases(
            "resource;work center;work centre;workcenter;machine;production line;arbeitsplatz;maschine"
        ),
        "hours_per_unit": _phrases("hours per unit;hours per piece;h per unit;stunden je stuck"),
    },
    "suppliers": {
        "supplier": _SUPPLIER,
        "name": _phrases("supplier name;vendor name;name;vendor;supplier"),
        "rating": _phrases("rating;credit rating;class;bewertung"),
    },
    "supplier_items": {
        "supplier": _SUPPLIER,
        "sku": TARGETS["sku"],
        "price": _phrases("price;standard price;purchase price;last price;preis"),
        "lead_time_days": _LEAD_TIME,
        "moq": _MOQ,
        "units_on_order": _phrases("units on order;on order units;on order;open quantity"),
    },
    "price_breaks": {
        "sku": TARGETS["sku"],
        "from_units": _phrases("from units;from quantity;from qty;minimum quantity;min qty;ab menge;staffelmenge"),
        "price": _phrases("price;unit price;purchase price;preis;staffelpreis"),
        "kind": _phrases("kind;discount kind;discount type;art"),
    },
    "supplier_deliveries": {
        "month": _MONTH,
        "supplier": _SUPPLIER,
        "lines": _phrases("lines;po lines;order lines;delivery lines"),
        "ordered_units": _ORDERED,
        "received_units": _RECEIVED,
        "rejected_units": _phrases("rejected units;rejected quantity;rejects"),
        "on_time_lines": _phrases("on time lines;lines on time"),
        "in_full_lines": _phrases("in full lines;lines in full"),
        "average_lead_time_days": _phrases(
            "average lead time days;avg days order to ship;average lead time;avg lead time"
        ),
        "value": _phrases("value;order value;purchase value"),
    },
    "budget": {
        "month": _MONTH,
        "family": TARGETS["family"],
        "category": TARGETS["category"],
        "channel": TARGETS["channel"],
        "units": (*_phrases("budget units;planned units"), *TARGETS["units"]),
        "revenue": (*_phrases("budget revenue;planned revenue;budget"), *TARGETS["net_revenue"]),
        "gross_margin": _phrases("gross margin;budget margin;margin;deckungsbeitrag;rohertrag"),
    },
    "service": {
        "month": _MONTH,
        "family": TARGETS["family"],
        "channel": TARGETS["channel"],
        "lines_due": _phrases("lines due;order lines;lines;positionen"),
        "on_time_requested": _phrases("on time requested;on time to request"),
        "on_time_promised": _phrases("on time promised;lines on time;on time lines;on time;punktlich"),
        "in_full": _phrases("in full;lines in full"),
        "on_time_in_full": _phrases("on time in full;otif"),
    },
}
"""Table -> column -> phrases."""

CURRENCIES = frozenset(_phrases("usd;eur;gbp;chf;sek;nok;dkk;pln;czk;huf;jpy;cny;inr;brl;cad;aud"))
"""Words at the end of a heading that say only in which money."""

PER_UNIT = frozenset({"unit_cost", "price", "unit_price", "average_lead_time_days", "satisfaction_score"})
"""Columns that are averaged, not added up, where a table is finer than ours."""
