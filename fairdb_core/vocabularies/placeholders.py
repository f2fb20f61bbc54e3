"""Words that stand where a value is missing; filled with one of them is not filled.

Source: collected from published metadata tables and from the spreadsheets' own error values.
"""

PLACEHOLDERS = frozenset(
    {
        "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "???", "*", "/", "_",
        "#n/a", "#na", "#null!", "#value!", "#ref!", "#name?", "#div/0!",
        "n/a", "n.a.", "n.a", "na", "n\\a", "nan", "nil", "nill", "none", "null",
        "(null)", "<null>",
        "(none)", "[none]", "[]", "{}", "empty", "(empty)", "blank", "(blank)", "missing",
        "(missing)",
        "not available", "not applicable", "not provided", "not-provided", "not_provided",
        "not specified", "not stated", "not given", "not known", "not assessed", "not found",
        "not recorded", "not set", "not defined", "undefined", "unspecified", "unassigned",
        "unknown", "(unknown)", ":unkn", ":unav", ":unas", ":null", ":none", ":tba", ":unal",
        "tbd", "t.b.d.", "tba", "tbc", "to be determined", "to be announced", "to be confirmed",
        "to be defined", "to do", "todo", "in progress", "pending", "no data", "no value",
        "no information", "no title", "untitled", "no description", "no description available",
        "no description provided", "no abstract", "xxx", "xx", "test", "dummy", "lorem ipsum",
        "no license", "no licence", "license not specified", "licence not specified",
        "no license specified", "no licence specified", "no license provided", "notspecified",
        # German
        "k.a.", "k. a.", "keine angabe", "keine angaben", "keine", "kein", "unbekannt", "fehlt",
        "fehlend", "nicht angegeben", "nicht bekannt", "nicht verfügbar", "nicht vorhanden",
        "nicht zutreffend", "entfällt", "leer", "offen", "in arbeit", "in bearbeitung",
        # French
        "inconnu", "inconnue", "aucun", "aucune", "néant", "non renseigné", "non renseignée",
        "non précisé", "non précisée", "non spécifié", "non spécifiée", "non disponible",
        "non applicable", "sans objet", "à définir", "à compléter", "à préciser", "en cours",
        "s.o.",
        # Spanish and Portuguese
        "desconocido", "desconocida", "ninguno", "ninguna", "sin datos", "sin información",
        "sin especificar", "no especificado", "no disponible", "no aplica", "por definir",
        "pendiente", "s/d", "s/n", "vacío", "desconhecido", "desconhecida", "nenhum", "nenhuma",
        "sem dados", "sem informação", "não informado", "não disponível", "não especificado",
        "não se aplica", "a definir",
        # Italian
        "sconosciuto", "sconosciuta", "nessuno", "nessuna", "non specificato", "non specificata",
        "non noto", "non definito", "da definire", "n.d.", "n.p.", "in corso",
        # Dutch
        "onbekend", "geen", "niet beschikbaar", "niet van toepassing", "niet opgegeven",
        "niet gespecificeerd", "n.v.t.", "nvt", "nog te bepalen",
        # Nordic languages
        "okänd", "okänt", "saknas", "ej angivet", "ej tillgänglig", "ukendt", "ingen", "ukjent",
        "mangler", "ikke oppgitt", "ikke angivet", "tuntematon", "ei tiedossa", "puuttuu", "ei ole",
        # Polish, Czech, Slovak, Hungarian
        "nieznany", "nieznana", "nieznane", "brak", "brak danych", "nie dotyczy", "nie podano",
        "neznámý", "neznámé", "neuvedeno", "žádný", "není", "neznámy", "neuvedené", "ismeretlen",
        "nincs", "nincs adat",
        # Russian, Ukrainian, Greek, Turkish
        "неизвестно", "нет", "нет данных", "не указано", "не определено", "отсутствует",
        "невідомо", "немає", "немає даних", "άγνωστο", "άγνωστος", "δεν υπάρχει", "bilinmiyor",
        "yok", "belirtilmemiş", "mevcut değil",
        # Chinese, Japanese, Korean, Arabic
        "未知", "无", "無", "不详", "不適用", "不明", "なし", "該当なし", "未定", "없음", "미정",
        "해당 없음", "غير معروف", "غير متوفر", "لا يوجد",
    }
)  # fmt: skip

LONGEST = max(len(word) for word in PLACEHOLDERS)


def is_placeholder(text: str) -> bool:
    """Return whether a text only stands where a value is missing."""
    stripped = text.strip()
    return not stripped or (len(stripped) <= LONGEST and stripped.casefold() in PLACEHOLDERS)
