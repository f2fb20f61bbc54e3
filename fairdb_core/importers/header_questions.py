"""What a header asks for that is a question, such as "Who made it?" in a hand-made list.

The word that asks and the stem of a verb or noun say the field; what stands between says nothing.
"""

from functools import cache

from fairdb_core.importers.header_stems import plain

_ASKING = {
    "WHO": "who whom wer wen wem qui quien quienes quem chi wie wiens vem kto kdo kuka ktory кто "
    "ποιος kim 谁 誰 من",
    "WHERE": "where wo ou donde onde dove waar var gdzie kde missa hvor где που nerede",
    "WHEN": "when wann quand cuando quando wanneer nar kiedy kdy milloin hvornar когда ποτε",
    "HOW": "how wie comment como come hoe hur jak miten hvordan как πως nasil",
    "WHAT": "what which was welche welcher welches worum wovon que quoi quel quelle quels quelles "
    "cual cuales qual quais cosa quale quali wat welk welke vad vilka vilken co jaki jakie mika "
    "hvad hvilke что какой какие τι ne hangi",
    "MAY": "can may darf durfen kann peut puede podem pode puo possono mag mogen far kan moze muze "
    "saako можно",
}
_ASKED = {
    "MAKE": "made make maker creat produc produi prodot produz produjo collect wrote author "
    "compil gather record measur built erstell erhob gemacht verfass erzeug fait cree realis "
    "elabor hizo creo fez fatto creato gemaakt verzamel gjort skapa zrobi stworzy vytvor teki "
    "сделал созда obten obtenu gewonnen entstand",
    "COLLECT": "collected recorded measured gathered erhoben gemessen collecte mesure recogi "
    "medid recolect raccolt misurat verzameld insamla zebran coletad",
    "OWN": "own owns owner gehort eigentum appartient pertenece proprietario appartiene "
    "eigenaar ager",
    "KEEP": "keep keeps holds hold looks maintains manages halt verwaltet gere mantiene "
    "custodia cura beheert forvaltar publishes publish veroffentlicht publie publica pubblica",
    "OFTEN": "often oft souvent frecuencia frequencia spesso vaak ofta czesto casto usein",
    "PAY": "paid pays fund financ finanz sponsor bezahl gefordert paye pago pagou betaald betal "
    "zaplac rahoit платил финанс",
    "HELP": "help contribut assist else mitgewirkt beteiligt aide participe ayudo ajudou "
    "aiutato geholpen contribu medverk pomog auttoi",
    "ASK": "contact ask write phone reach responsible frag kontakt wend schreib ansprech "
    "contacter demander ecrire contactar preguntar escribir contatar contattare scrivere "
    "kontakta",
    "USE": "use uses used reuse access see view allowed permitted share shared outsiders nutz "
    "verwend zugreif sehen utilis acceder consulter usar utiliz acessar usare accedere gebruik "
    "anvand uzy pouzi kaytt",
    "PUBLISH": "publi releas issued veroffentl erschien online publie publico parut pubblic "
    "gepubliceerd publicer opublik zverej julkais опублик",
    "CHANGE": "chang updat modif edit revis geander bijgewerkt bijwerk uppdat oppdat opdat "
    "aktualis mis actualiz modifi atualiz "
    "aggiorn gewijzigd andra zmien zmen muut измен",
    "GET": "get find found obtain download access located held kept see finde liegt bekomm "
    "erhalt herunterlad trouv telecharg encontrar hallar descargar encontra baixar trova "
    "scarica vinden hitta pobrac znalez najit loyt найти",
    "BIG": "big large size gross umfang taille volumineux grand tamano grande tamanho pesa "
    "groot stor duze velk",
    "PLACE": "place places area areas region country countries where gebiet ort orte lieu lieux "
    "zone pays lugar lugares zona pais luogo luoghi gebied plats omrade miejsc uzem",
    "TIME": "year years period time when jahre zeitraum annees periode anos periodo anni jaren "
    "ar lata roky okres vuosi год период",
    "ABOUT": "about contain contains inside describe geht handelt enthalt agit contient parle "
    "trata contiene contem bevat gaat innehaller zawiera obsahuje sisaltaa",
    "NAME": "called name named title heisst titel appelle nom titre llama nombre titulo chama "
    "nome chiama heet heter nazywa jmenuje nimi называ",
    "FORMAT": "format formats formato file files datei dateien fichier fichiers",
    "LICENCE": "licen lizenz licencj conditions terms bedingungen condiciones condicoes",
    "LANGUAGE": "language languages sprache langue idioma lingua taal sprak",
}
# Who, where, when and so on, what is asked beside it, and the field; the first that fits counts.
_RULES = (
    ("", "LICENCE", "license"),
    ("WHAT", "LANGUAGE", "language"),
    ("WHAT", "FORMAT", "formats"),
    ("WHO", "PAY", "funding"),
    ("WHO", "HELP", "contributors"),
    ("WHO", "ASK", "contact_name"),
    ("WHO", "USE", "access_rights"),
    ("WHO", "OWN", "rights_holder"),
    ("WHO", "KEEP", "publisher"),
    ("WHAT", "KEEP", "publisher"),
    ("WHO", "MAKE", "creators"),
    ("MAY", "USE", "access_rights"),
    ("HOW", "OFTEN", "update_frequency"),
    ("WHEN", "CHANGE", "modified_date"),
    ("WHEN", "PUBLISH", "publication_date"),
    ("WHEN", "COLLECT", "temporal_coverage"),
    ("WHERE", "COLLECT", "spatial_coverage"),
    ("WHEN", "MAKE", "creation_date"),
    ("HOW", "BIG", "size"),
    ("HOW", "MAKE", "provenance"),
    ("HOW", "COLLECT", "provenance"),
    ("HOW", "NAME", "title"),
    ("WHERE", "GET", "access_url"),
    ("WHERE", "ASK", "contact_email"),
    ("WHAT", "NAME", "title"),
    ("WHAT", "PLACE", "spatial_coverage"),
    ("WHAT", "TIME", "temporal_coverage"),
    ("WHAT", "ABOUT", "description"),
)
# Before the word that asks, as in "To whom".
_BEFORE = frozenset(
    {"over", "under", "unter",
     "to", "from", "by", "for", "with", "of", "in", "d", "de", "a", "von", "an", "mit", "fur",
     "para", "por", "per", "da", "di", "voor", "van", "till", "fra", "do", "na", "z", "s", "u"}
)  # fmt: skip
# The rest of the words that ask mean something else too, as "var" and "come" do.
_PLAIN = frozenset(
    {"who", "how", "where", "when", "what", "which", "wer", "wie", "wann", "qui", "quand", "quien",
     "cuando", "quem", "chi", "quando", "wanneer", "welk", "welke", "welche", "welches"}
)  # fmt: skip
_FEWEST_WORDS, _SHORT = 3, 4


def field_by_question(words: tuple[str, ...]) -> str | None:
    """Return the field that a header asks for, ``None`` where it is no question that is known.

    Args:
        words: Its words in lower case and without accents, the small ones among them.
    """
    if len(words) < _FEWEST_WORDS - (words[0] in _PLAIN):
        return None
    first = words[1] if words[0] in _BEFORE else words[0]
    asking = {name for name, listed in _parsed(asks=True).items() if first in listed}
    if not asking:
        return None
    asked = {name for name in _ASKED if any(_names(name, word) for word in words)}
    for asks, about, field in _RULES:
        if (not asks or asks in asking) and about in asked:
            return field
    return None


def _names(concept: str, word: str) -> bool:
    return any(
        word == stem or (len(stem) >= _SHORT and word.startswith(stem))
        for stem in _parsed(asks=False)[concept]
    )


@cache
def _parsed(*, asks: bool) -> dict[str, frozenset[str]]:
    texts = _ASKING if asks else _ASKED
    return {concept: frozenset(plain(text).split()) for concept, text in texts.items()}
