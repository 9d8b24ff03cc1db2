"""Words by which columns, states of an order and totals are known, in many languages.

Written in small letters without accents; signs between words are spaces.
"""

import re
from functools import lru_cache

from sop_dash.core.data.mapping.calendar_words import plain_letters

_BETWEEN = re.compile(r"[^a-z0-9а-я一-鿿가-힣]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

EXACT, HOLDS, PART = 100, 60, 35
_SHORTEST_BEGINNING = 4


def plain_words(text: str) -> str:
    """Small letters, no accents, words apart: "Order_Date" and "orderDate" are "order date"."""
    return " ".join(_BETWEEN.sub(" ", plain_letters(_CAMEL.sub(" ", text))).split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


# Within a target the first phrases are preferred where several columns answer.
TARGETS: dict[str, tuple[str, ...]] = {
    "date": _phrases(
        "month;period;date;order date;posting date;invoice date;sales date;sale date;transaction date;shipment date;"
        "ship date;delivery date;document date;calendar month;year month;yearmonth;month year;calmonth;ds;datum;"
        "monat;buchungsdatum;bestelldatum;auftragsdatum;belegdatum;rechnungsdatum;verkaufsdatum;lieferdatum;periode;"
        "mois;date commande;date de commande;date facture;date de facture;date de vente;fecha;mes;fecha pedido;"
        "fecha factura;fecha de venta;data;mese;data ordine;data fattura;data vendita;data pedido;data venda;maand;"
        "orderdatum;factuurdatum;besteldatum;miesiac;data sprzedazy;data zamowienia;manad;maned;maaned;ordredato;"
        "dato;mesic;datum prodeje;luna;tarih;ay;datum objednavky;дата;месяц;日期;年月;月份;日付;受注日;出荷日"
    ),
    "sku": _phrases(
        "sku;item;item no;item number;item code;item id;article;article no;article number;article code;artikel;"
        "artikelnummer;artikel nr;artikelnr;art nr;material;material no;material number;matnr;materialnummer;"
        "product;product code;product id;product no;product number;produkt;produktnummer;produkt nr;part;"
        "part number;part no;stock code;stockcode;unique id;codigo;codigo articulo;articulo;producto;"
        "codigo producto;referencia;reference;ref;code article;ref article;produit;code produit;codice;"
        "codice articolo;articolo;prodotto;codigo produto;produto;artigo;varenr;varenummer;vare;artikelkod;"
        "artikelcode;indeks;kod towaru;towar;produkt id;kod produktu;zbozi;kod zbozi;ean;gtin;upc;model;style;urun;"
        "urun kodu;товар;артикул;品番;商品;品目"
    ),
    "name": _phrases(
        "description;item description;item name;product name;product description;article description;article name;"
        "bezeichnung;artikelbezeichnung;produktname;designation;libelle;descripcion;nombre producto;nombre;"
        "descrizione;descricao;omschrijving;nazwa;nazwa towaru;benamning;navn;nazev;denumire;name;наименование"
    ),
    "family": _phrases(
        "family;product family;item family;product group;item group;material group;subcategory;sub category;"
        "product subcategory;product line;produktgruppe;warengruppe;artikelgruppe;produktfamilie;sortiment;famille;"
        "famille produit;gamme;familia;familia producto;famiglia;linea;grupo;gruppo;gruppo merce;produktgrupp;"
        "varegruppe;artikelgroep;productgroep;grupa;grupa towarowa;skupina;group;line;familie;rodzina;группа"
    ),
    "category": _phrases(
        "category;product category;item category;kategorie;produktkategorie;categorie;categoria;kategoria;kategori;"
        "department;division;sparte;категория"
    ),
    "units": _phrases(
        "units;units sold;sold units;sales units;quantity;qty;quantity sold;sold quantity;sales quantity;sales qty;"
        "order quantity;order qty;ordered quantity;quantity ordered;qty ordered;shipped quantity;quantity shipped;"
        "shipped units;invoiced quantity;invoiced qty;billed quantity;menge;verkaufsmenge;absatz;absatzmenge;"
        "bestellmenge;auftragsmenge;gelieferte menge;stuck;stueck;stk;anzahl;quantite;qte;quantite vendue;"
        "quantite commandee;unites;cantidad;unidades;uds;cant;unidades vendidas;cantidad vendida;quantita;qta;pezzi;"
        "pz;quantita venduta;quantidade;qtd;qtde;aantal;aantal stuks;stuks;hoeveelheid;ilosc;szt;sztuki;antal;"
        "antall;mangd;mengde;mnozstvi;ks;cantitate;adet;miktar;pieces;pcs;pieces sold;volume;sales volume;demand;y;"
        "количество;数量;販売数;出荷数"
    ),
    "net_revenue": _phrases(
        "net revenue;revenue;net sales;net sales value;net amount;net value;sales amount;sales value;line total;"
        "line amount;net line amount;extended price;total price;total amount;amount;turnover;invoice amount;"
        "sales revenue;nettoumsatz;umsatz;umsatz netto;nettobetrag;nettowert;erlos;erloese;betrag;wert;montant ht;"
        "chiffre d affaires;ca ht;ca;montant;importe neto;importe;ventas netas;ventas;ingresos;facturacion;ricavo;"
        "ricavi;fatturato;importo;imponibile;receita;faturamento;valor liquido;valor;omzet;netto omzet;bedrag;"
        "wartosc netto;wartosc;sprzedaz;netto;omsattning;omsaetning;omsetning;belopp;nettobelopp;trzby;castka;"
        "venituri;ciro;tutar;gross sales;gross amount;total;sales;value;сумма;выручка;金额;売上"
    ),
    "unit_price": _phrases(
        "unit price;price;price each;sales price;net price;selling price;price per unit;preis;einzelpreis;"
        "stuckpreis;verkaufspreis;prix unitaire;prix;pu;precio unitario;precio;prezzo unitario;prezzo;"
        "preco unitario;preco;prijs;stukprijs;cena jednostkowa;cena;pris;styckpris;enhetspris;pret;fiyat;цена"
    ),
    "discount": _phrases("discount;discount amount;rabatt;nachlass;remise;descuento;sconto;desconto;korting;rabat"),
    "region": _phrases(
        "region;territory;sales region;country;area;market;land;gebiet;vertriebsgebiet;pays;region de vente;pais;"
        "zona;regione;paese;zone;kraj;landsdel;regio;bundesland;state;город;регион"
    ),
    "channel": _phrases(
        "channel;sales channel;distribution channel;kanal;vertriebskanal;vertriebsweg;canal;canal de vente;"
        "canal de venta;canale;canale di vendita;kanaal;verkoopkanaal;kanal sprzedazy;forsaljningskanal;salgskanal;"
        "customer group;customer type;customer segment;kundengruppe;segment;канал"
    ),
    "status": _phrases(
        "status;order status;line status;state of order;auftragsstatus;bestellstatus;statut;etat;estado;"
        "estado pedido;stato;stato ordine;situacao;stan;stav;stare;transaction type;document type;doc type;"
        "order type;belegart;type;typ;tipo;vorgang;art;статус"
    ),
    "order_id": _phrases(
        "order id;order no;order number;sales order;sales order number;order;invoice;invoice no;invoice number;"
        "invoice id;document;document no;document number;doc no;transaction id;receipt no;belegnummer;beleg;belegnr;"
        "auftrag;auftragsnummer;auftragsnr;auftrag nr;rechnungsnummer;rechnung;rechnungsnr;bestellnummer;bestellnr;"
        "commande;no commande;numero commande;facture;no facture;n facture;pedido;numero pedido;n pedido;no pedido;"
        "factura;numero factura;ordine;numero ordine;fattura;nota fiscal;order nr;ordernr;ordernummer;factuurnummer;"
        "zamowienie;nr zamowienia;nr faktury;faktura;ordrenr;ordrenummer;cislo objednavky"
    ),
    "line_id": _phrases(
        "line;line no;line number;line id;order line;order line no;position;pos;pos nr;positionsnummer;zeile;ligne;"
        "no ligne;linea no;riga;regel;regelnr;pozycja;lp;rad;row id;linha"
    ),
    "year": _phrases("year;calendar year;fiscal year;jahr;annee;ano;anno;jaar;rok;ar;aar;yil;an;год;年"),
    "month_number": _phrases(
        "month;month no;month number;calendar month;monat;mois;mes;mese;maand;miesiac;manad;maned;mesic;luna;ay;"
        "месяц;月"
    ),
    "day": _phrases("day;tag;jour;dia;giorno;dag;dzien;den;zi;gun;день;日"),
    "currency": _phrases(
        "currency;curr;cur;currency code;wahrung;waehrung;wrg;whg;devise;moneda;valuta;moeda;waluta;mena"
    ),
    "unit": _phrases(
        "unit;uom;unit of measure;sales unit;einheit;mengeneinheit;me;unite;unidad;unita;u m;um;eenheid;jm;enhet"
    ),
    "measure": _phrases("measure;metric;kpi;kennzahl;key figure;keyfigure;indicator;mesure;medida;misura;miara"),
    "cancelled_units": _phrases(
        "cancelled units;cancelled qty;cancelled quantity;canceled quantity;stornomenge;storniert"
    ),
    "returned_units": _phrases(
        "returned units;returns;returned qty;returned quantity;return quantity;retouren;retourenmenge;retours;"
        "devoluciones;resi"
    ),
}

_NOT: dict[str, tuple[str, ...]] = {
    "date": _phrases(
        "due;requested;required;promised;promise;birth;created;updated;modified;export;wunsch;print;expiry;payment;"
        "zahlung"
    ),
    "sku": _phrases("group;category;family;name;description;gruppe;type;line;bezeichnung;owner;manager;price;cost"),
    "units": _phrases("price;cost;stock;inventory;cancelled;canceled;returned;returns;measure;per;of;bestand;preis"),
    "net_revenue": _phrases(
        "cost;costs;tax;vat;units;qty;quantity;margin;rate;kosten;mwst;steuer;tva;iva;discount;rabatt"
    ),
    "name": _phrases(
        "customer;kunde;client;cliente;company;sales;user;owner;store;channel;region;supplier;family;category"
    ),
    "order_id": _phrases(
        "lines;orders;count;date;datum;quantity;qty;menge;status;line;amount;value;type;fecha;data;price;total;customer"
    ),
    "channel": _phrases("id;name;no"),
    "unit_price": _phrases("total;cost;extended;list"),
    "family": _phrases("line no;total"),
    "line_id": _phrases("total;amount;price;product;status"),
}

CANCELLED = _phrases(
    "cancel;cancelled;canceled;cancellation;void;voided;rejected;storno;storniert;annulliert;abgesagt;annule;"
    "annulee;cancelado;cancelada;anulado;anulada;annullato;annullata;geannuleerd;anulowane;anulowano;avbruten;"
    "makulerad;annulleret;kansellert;stornovano;anulat;iptal;отменен"
)
RETURNED = _phrases(
    "return;returned;returns;refund;refunded;credit;credit note;credit memo;retoure;retour;zuruckgegeben;gutschrift;"
    "rembourse;avoir;retourne;devuelto;devolucion;reembolsado;abono;reso;restituito;rimborsato;nota di credito;"
    "devolvido;geretourneerd;creditnota;zwrot;zwrocone;korekta;retur;returnerad;kreditnota;vraceno;iade;возврат"
)
NOT_ORDERED = _phrases(
    "quote;quotation;offer;draft;proposal;angebot;entwurf;devis;brouillon;presupuesto;preventivo;offerte"
)
TOTALS = frozenset(
    _phrases(
        "total;totals;grand total;subtotal;sub total;sum;overall total;total general;gesamt;summe;gesamtsumme;"
        "zwischensumme;gesamtergebnis;ergebnis;somme;sous total;total generale;totale;totaal;eindtotaal;suma;razem;"
        "suma calkowita;celkem;summa;totalt;sum total;toplam;genel toplam;итого;всего;合计;合計"
    )
)


def score(header: str, target: str) -> float:
    """How well a heading names a target: `EXACT` for the same words, less where it only holds them, 0 for not at all.

    Among equals an earlier phrase of the list counts a little more. A text of hundreds of letters names nothing.
    """
    if len(header) > _LONGEST:
        return 0.0
    return (_kept_score if len(header) <= _LONGEST_KEPT else _best_score)(header, target)


def _best_score(header: str, target: str) -> float:
    return max(_score(words, target) for words in {plain_words(header), _joined_words(header)})


_LONGEST_KEPT, _LONGEST = 60, 200
_kept_score = lru_cache(maxsize=10_000)(_best_score)
"""Headings are looked at several times, cell by cell, before it is known that they are headings."""


def _joined_words(text: str) -> str:
    """The same without looking at capitals inside a word, for "UoM" and "SKUs"."""
    return " ".join(_BETWEEN.sub(" ", plain_letters(text)).split())


_PLACES = {target: {phrase: place for place, phrase in enumerate(phrases)} for target, phrases in TARGETS.items()}


def _score(words: str, target: str) -> float:
    places, tokens = _PLACES[target], words.split()
    if words in places:
        return EXACT - places[words] / 100
    if set(tokens) & set(_NOT.get(target, ())):
        return 0.0
    spans = ((first, last) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1))
    held = ((last - first, " ".join(tokens[first:last])) for first, last in spans)
    best = max((HOLDS + 3 * count - places[part] / 100 for count, part in held if part in places), default=0.0)
    if best:
        return best
    beginnings = (words[:length] for length in range(_SHORTEST_BEGINNING, len(words)))
    return float(PART * any(part in places and " " not in part for part in beginnings))


_TELLING = 3
_STARTS = frozenset(phrase[:_TELLING] for phrase in TOTALS)
"""First letters of all words for totals: most cells need no closer look."""


_SUMMARIES = frozenset(
    _phrases(
        "summary;overview;all;pivot;ubersicht;uebersicht;zusammenfassung;resume;resumen;riepilogo;resumo;overzicht"
    )
)


QUARTER_WORDS = frozenset(_phrases("quarter;qtr;quartal;trimestre;trimestr;kwartaal;kvartal"))
WEEK_WORDS = frozenset(
    _phrases(
        "week;wk;cw;kw;woche;kalenderwoche;semaine;semana;settimana;uke;uge;vecka;tydzien;hafta;viikko;неделя;周;週"
    )
)


def is_summary(text: str) -> bool:
    """True for the name of a sheet that sums up the others: "Total", "Summary"."""
    return is_total(text) or bool(set(plain_words(text).split()) & _SUMMARIES)


def is_total(text: str) -> bool:
    """True for "Total", "Zwischensumme:", "Total 2024" and the like."""
    if text.lstrip()[:_TELLING].lower() not in _STARTS:
        return False
    words = plain_words(text)
    if words in TOTALS:
        return True
    first, _, rest = words.partition(" ")
    return bool(rest) and first in TOTALS and (rest.isdigit() or rest in {"general", "all"})
