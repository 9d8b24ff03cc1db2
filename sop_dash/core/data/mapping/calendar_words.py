"""Names of months in many languages, without accents and in small letters."""

import unicodedata

_NAMES = (
    # English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech, Romanian, Turkish,
    # Hungarian, Russian: one entry a month
    (
        "january januar janner janvier enero gennaio janeiro januari styczen stycznia leden ledna ianuarie ocak "
        "январь января"
    ),
    (
        "february februar fevrier febrero febbraio fevereiro februari luty lutego unor unora februarie subat "
        "февраль февраля"
    ),
    ("march marz maerz mars marzo marco maart mart marzec marca brezen brezna martie marcius март марта"),
    ("april avril abril aprile kwiecien kwietnia duben dubna aprilie nisan aprilis апрель апреля"),
    ("may mai mayo maggio maio mei maj maja kveten kvetna mayis majus май мая"),
    ("june juni juin junio giugno junho czerwiec czerwca cerven cervna iunie haziran junius июнь июня"),
    ("july juli juillet julio luglio julho lipiec lipca cervenec cervence iulie temmuz julius июль июля"),
    ("august aout agosto augustus sierpien sierpnia srpen srpna agustos augusztus август августа"),
    (
        "september septembre septiembre settembre setembro wrzesien wrzesnia zari septembrie eylul szeptember "
        "сентябрь сентября"
    ),
    (
        "october oktober octobre octubre ottobre outubro oktobre pazdziernik pazdziernika rijen rijna octombrie "
        "ekim октябрь октября"
    ),
    ("november novembre noviembre novembro listopad listopada listopadu noiembrie kasim ноябрь ноября"),
    (
        "december dezember decembre diciembre dicembre dezembro desember grudzien grudnia prosinec prosince "
        "decembrie aralik декабрь декабря"
    ),
)
_SHORTEST = 3


def plain_letters(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _prefixes() -> dict[str, int]:
    """Every beginning of three letters or more that belongs to one month only -> 1…12."""
    found: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for number, line in enumerate(_NAMES, 1):
        for name in plain_letters(line).split():
            whole[name] = number
            for length in range(_SHORTEST, len(name)):
                found.setdefault(name[:length], set()).add(number)
    return {**{part: next(iter(months)) for part, months in found.items() if len(months) == 1}, **whole}


MONTH_NAMES = {
    **_prefixes(),
    "mrz": 3,
    "mrt": 3,
    "sept": 9,
    "juil": 7,
    "sty": 1,
    "wrz": 9,
    "gru": 12,
    "cze": 6,
    "lis": 11,
}
"""Name or beginning of a name, as `plain_letters` writes it -> number of the month."""
