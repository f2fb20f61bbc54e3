"""What headers mean whose words are bent or put together: by the stems of their words.

A header names concepts, such as DATE and CHANGE, and what it names together says the field. So
"Data ostatniej aktualizacji" and "Aktualisierungsdatum" are read alike without being listed.
Stems are written without accents; one with ``~`` is also found inside a word, as are those of
scripts that put no spaces between words.
"""

import unicodedata
from functools import cache

_STEMS = {
    "COUNT": "count counts numof anzahl aantal antal antall liczb pocet lukumaar количеств число "
    "数量 件数 下载量 访问量 浏览 views visits downloads visualiz wyswietl aufruf visning "
    "visitas consultaz просмотр скачиван score rating follower hits likes citedby total 조회 "
    "건수 عدد مرات מספר تعداد 數量 次數 次数 瀏覽 件數 кількіст numar",
    "DATASET": "dataset datensatz datenbestand jeu donne dati danych dane zbior zbioru набор "
    "данн gegeven aineisto datov sada sady conjunto recurso ressourc resourc zasob 数据集 "
    "データセット データ 数据 study studie estudio etude item record data =datos 데이터 adatk "
    "verise fiche =base =bases survey erhebung umfrage enquet encuesta pesquisa indagin asset "
    "layer register registry cohort بيانات مجموعة البيان מאגר نتون داده συνολ δεδομεν skup "
    "podatk podaci 資料 數據 набір =set =table objekt risors resurs",
    "NAME": "title titel titre titul titol tytul titulo name nazw nazev nom nome nombre nimi "
    "otsikk наименован назван 名称 名 标题 題名 タイトル bezeichn τιτλ ονομα naam namn navn "
    "denomina intitul titlu tittel cim baslik назв denumir 제목 이름 명 عنوان اسم مسمى שם نام "
    "名稱 найменув 姓名",
    "ID": "id identif identyf kennung tunnist идентиф 标识 識別 αναγνωρ accession pid guid =key "
    "azonosit ідентиф tanimlay 식별 ~tunnus معرف شناسه מזהה 编号 編號 番号 標識",
    "DATE": "=date =dates datum fecha =dato pvm paiva дата 日期 时间 日時 日付 年月日 ημερομην "
    "rok jahr year annee ano anno vuosi год ~datum ~dato ~jahr ~paiva ~jaar tarih tarihi 일자 "
    "날짜 등록일 수정일 =ts timestamp تاريخ تاریخ תאריך kuupaev 公表日 掲載日 登録日 公開日 時間",
    "PUBLISH": "publi publik pubbl veroffentl erschein issue releas rilasc udostepn wydan vydan "
    "utgiv udgiv julkais публик δημοσι 发布 公開 発行 出版 parut posted registered freigab "
    "announc kozzetet yayin оприлюдн опублік 등록 공개 게시 diffus =pub نشر اصدار انتشار פרסום "
    "公表 掲載 ~veroffentlich 發布 上架 utgit utgav objavl objav zverejn avalda paskelb gepubl "
    "udstilt",
    "CHANGE": "modif updat aktuali actuali atuali aggiorn wijzig bijgewerk bijwerk uppdat opdat "
    "oppdat geander anderung aender andring andrad aendr endr muok muut paivit zmian zmien "
    "zmodyf uprav zmen обнов измен 更新 修改 変更 改訂 revis changed τροποποι ενημερ senast "
    "bearbeit lastmod modosit frissit guncel оновл зміни 수정 갱신 =upd تحديث تعديل روزرسان "
    "עדכון uberarbeit revid revision latest izmjen промян",
    "EMBARGO": "embargo sperrfrist karenz",
    "CREATE": "created creation creacion criacao creazione erstell angelegt entstehung aanmaak "
    "aangemaakt skapad oprett luot luonti utworz vytvor созда 作成日 创建 生成 انشا 建立 opprett",
    "FREQUENCY": "frequ frecuen frekv haufig turnus rhythm intervall interval zyklus cycle "
    "czestotl частот периодичн 频率 頻度 συχνοτ cadenc hyppig periodici periodizi ~frequenz "
    "~frekvens ~rhythmus ~intervall ~zyklus ~frequentie ~tiheys gyakorisag siklig 주기 دورية "
    "تكرار وتيرة cadencia =rythme 頻率 周期 週期 frecven frecvent періодичн sagedus daznum kadenc",
    "AUTHOR": "author autor auteur authorship verfass urheb upphov ophav opphav forfatt tekij "
    "tworc tvurc автор 作者 著者 作成者 συγγραφ investigator creator szerzo yazar 저자 작성자 "
    "investigador forskare forsker onderzoeker ricercator chercheur badacz vyzkumn tutkija "
    "исследоват مولف معد نویسنده מחבר hazirla studienleit projektleit creators maker",
    "HELPER": "contribut contribu mitwirk medverk bidragsg bijdrag colabora collabor beteilig "
    "osallist wspolaut соавтор 贡献 貢献 συντελ submitter depositor مساهم مشارك katki",
    "BODY": "publisher publishing herausgeb uitgev utgivare utgiver udgiver julkaisij wydawc "
    "vydavat издател 机构 機関 εκδοτ editor organi orgao institu behord dienststell agenc "
    "amministraz verstrek aanbied dostawc poskytov provid anbiet bereitstell fourniss producteur "
    "proveed fornec fornit leverand tarjoa поставщ φορε udbyd tilbyd myndig hosting kiado "
    "yayinci розпоряд видав 기관 laborat facult faculd depart dependenc =center =centre birim "
    "kurum mudurl bakanl جهة ناشر هيئة مؤسسه وزارة ادارة سازمان משרד ארגון גוף 提供 組織 "
    "发布单位 责任单位 主管单位 部门 部門 =unite sluzba odbor urzad virasto viranomai 機關 機構 "
    "單位 division directorate ministr bureau office council authority abteilung afdeling "
    "departement =amt direcc direz direcao wydzial ured minist distributor universit universid "
    "uniwersyt univerzit yliopist",
    "OWNER": "owner eigentum eigenaar propriet propiet titular titolar wlascic vlastn omistaj "
    "ejer eier agare владел правообл 所有者 detent ~inhaber rechthebb tulajdon власн مالك مالک "
    "בעל",
    "CONTACT": "contact kontakt contat ansprech 联系 連絡 問い合わせ yhteys ответствен контакт "
    "verantwort vastuu odpowiedz επικοινων referent ansvarlig ansvarig responsab responsib "
    "kapcsolat iletisim відповід 담당 연락 担当 مسوول اتصال تواصل sorumlu אחראי yetkili 聯絡 "
    "聯繫 kontaktpunkt",
    "PHONE": "phone telefon telep tel fax телефон 电话 電話 puhelin هاتف טלפון",
    "MAIL": "email mail courriel correo sahkopost почт メール 邮箱 邮件 ~mail eposta пошт 이메일 "
    "بريد 郵件 e-mail",
    "LICENCE": "licen lizenz lisens licencj лиценз 许可 ライセンス αδει nutzungsbeding "
    "nutzungsrecht ~lizenz kayttoehd kayttooik utilisation wykorzyst utilizz использован "
    "gebruiksvoorw licenc lisans ліценз 라이선스 =lic ترخيص رخصة مجوز רישיון 授權 授权 허락 "
    "이용허락 copyright",
    "ACCESS": "=access =acces accessib accessr acceso acesso accesso zugang zugriff toegang "
    "tilgang tilgjeng adgang atkomst tillgang saatav dostep pristup доступ 访问权 アクセス 共享 "
    "公開範囲 προσβασ verfugbar disponib availab toegankel confidential restrict offentlig "
    "hozzafer erisim 접근 وصول اتاحة دسترسي גישה 存取",
    "LINK": "url uri link lien enlace odkaz lenke lank linkki гиперсс ссылк 链接 リンク συνδεσμ "
    "website webseit webpag homepag landing landning collegament ligac hyperlink sitio webbplats "
    "adres baglanti посилан hivatkoz 링크 indirizz رابط وصله پیوند קישור 網址 連結 网址",
    "DOWNLOAD": "download herunterlad telecharg descarg scaric baixar nedlad nedlast stazen "
    "stahn pobran pobier lataus скач 下载 ダウンロード letolt =indir indirme завантаж 다운로드 "
    "تحميل تنزيل הורדה 下載",
    "KEYWORD": "keyword schlag stichw trefw nyckelord stikord emneord nokkelord avainsan asiasan "
    "klucz klicov ключев 关键 キーワード タグ 标签 tag tags etiquet etichett descripteur kulcssz "
    "anahtar ключов cuvinte 키워드 태그 sleutelw amnesord =kw كلمات وسوم מילות 標籤 關鍵 "
    "descriptor descritor kljucn",
    "ABOUT": "descri beschreib beschrij beskriv opis popis kuvau описан аннот 说明 説明 摘要 "
    "描述 概要 简介 περιγρ abstract abstrakt zusammenfass kurzfass resum riassunt sammanf "
    "samenvat tiivist omschrij streszcz leiras aciklama опис 설명 요약 وصف ملخص توضیح תיאור 簡介 "
    "說明 =aims =purpose",
    "LANGUAGE": "langu sprach idiom lengu lingua taal sprak sprog kiel jezyk jazyk язык 语言 "
    "语种 言語 γλωσσ ~sprache nyelv =dil limb мова 언어 لغة زبان שפה 語系 語種",
    "FORMAT": "format formato форматн формат 格式 形式 μορφ formaat ~formaat bicim 형식 صيغة "
    "تنسيق قالب פורמט 확장자 dateiformat fileformat datenformat dataformat filformat "
    "bestandsformat austauschformat",
    "FILE": "file datei fichier archiv bestand fil plik soubor файл 文件 ファイル tiedost "
    "arquivo dosya fajl 파일 ملف αρχει קובץ =files 檔案 fisier failo failas fail",
    "SIZE": "size gross umfang taille taman dimens omvang storlek storrel koko rozmiar veliko "
    "размер объем 大小 数据量 サイズ データ量 μεγεθ datenmeng ~grosse ~storrelse ~storlek ~koko "
    "~menge ~groesse ~grootte meret boyut розмір 크기 용량 حجم גודל ~meret poids =peso dimensiun "
    "suurus =dydis =volume",
    "KIND": "type typ tipo soort tyyppi тип 类型 種別 τυπ ~typ ~type tipus tur 유형 =kind نوع "
    "סוג =turu 類型 klasse objektart",
    "THEME": "theme thema themen tema temas temi kategor categor rubrik rubri 分类 分類 カテゴリ "
    "类别 катего тематик κατηγορ luokk teema konu 분류 주제 تصنيف فئة موضوع קטגוריה assunto "
    "asunto argoment sujet 主題 類別 thematik",
    "FIELD": "disciplin fachgeb fachricht wissensch vakgebied forskningsamn tieteenal dziedzin "
    "obor 学科 分野 предметн научн amnesomr sachgr forskningsomr =materia =materias 學科 "
    "fagomrad domeni nozare valdkond",
    "PLACE": "spati geogr raum espac territor uzem ruimt maantiet prostor przestrz географ "
    "территор 空间 空間 地理 地域 区域 γεωγρ country pays daekning spatial lander region terulet "
    "kapsam 지역 공간 =ort =orte =lieu =lieux =lugar =luogo =plaats =plats =sted =miejsce "
    "territoi جغراف مكان منطقة نطاق alueel kattavuusalu אזור cografi locat foldraj 區域 geografi "
    "geografs територ",
    "TIME": "tempor zeitl zeitr tijd tids ajall czasow casov времен период 时间范围 期間 时段 "
    "χρον periodo periode okres obdob ~zeitraum idoszak donem 기간 فترة زمن תקופה =period "
    "=periods perioad perioda tidsrom zeitraum aikav",
    "START": "start begin debut inici inizi from von desde fra начал poczat zacat alku 开始 開始 "
    "=van =fran =od =dal =depuis =с بداية بدء baslang εναρξ התחלה початк poceta =dela",
    "END": "end ende fin final fine eind slut slutt koniec konc loppu paatty оконч 结束 終了 bis "
    "=tot =till =til =do =jusqu =ate =al =hasta =to =по نهاية انتهاء bitis ληξ סיום кінц закінч",
    "LINKED": "related linked associat associe verwandt zugehor gerelateerd powiaz souvis связан "
    "関連 相关 relacionad collegat relater supplement مرتبط ذات asociad associad kapcsolod "
    "liittyv zwiazan 相關",
    "PAPER": "paper article artikel articol articulo artigo publikation publicat publicac "
    "publikac publicaz pubblicaz julkaisu 论文 論文 публикац =veroff veroffentlichung منشور",
    "MONEY": "fund forder financ finanz finans rahoit grant sponsor drittmittel 资助 基金 助成 "
    "финансир χρηματοδ bevilg dotac تمويل ممول מימון tamogat finant dofinans 資助 經費 фінанс "
    "subvenc rahast",
    "VERSION": "versi verze wersj верси 版本 バージョン versjon اصدار",
    "ORIGIN": "herkunft provenien lineage methodik provenan ursprung herkomst proveni происхожд "
    "来源 来歴 مصدر source quelle fuent fonte kalla kilde zrodl zdroj lahde lahteet forras "
    "kaynak источник πηγ 出典 출처 מקור 來源 genealog",
    "TERMS": "terms condition bedingung condicion condicoes condizion voorwaard warunk podmink "
    "villkor vilkar ehdot ehto kosul услов οροι 条件 规定 조건 شروط feltetel ضوابط",
    "USE": "=use =uses usage reuse nutzung nachnutz verwend utilis utiliz reutil riuso =uso "
    "=usos gebruik hergebruik wykorzyst uzyti uziti pouzit anvand =bruk kaytto kullan использов "
    "χρησ 利用 使用 이용 استخدام felhasznal استعمال",
    "STANDARD": "standard conform soulad compli normativ specifik specificac specifica zgodnosc "
    "samsvar 准拠 標準 标准 соответств стандарт 표준 معيار szabvany standart =norm =norme =norma "
    "=normen konform",
    "STORE": "storage backup server shelf speicherort speicherpl ablage opslag stockage almacen "
    "armazen laufwerk drive folder ordner sauvegard =unit =units system",
    "COVERAGE": "coverage cobertura abrangenc copertura couverture emprise abdeckung ausdehn "
    "dekking dekning tackning daekning kattavuu zasieg pokryti lefedett acoperir kapsam καλυψη "
    "охват охоплен покрит 範囲 范围 範圍 범위 تغطية extent estensione utbredning utstrackning",
    "SYSTEM": "~bezugssystem ~referenzsystem ~koordinatensystem",
    "OTHER": "project projekt projet proyecto progetto sample user person event parent funder "
    "journal acronym sigle sigla abbrev abkurz domain lab badge",
}

_OTHERS = "OTHER KIND BODY AUTHOR OWNER HELPER CONTACT MONEY PLACE FILE"
# What a header names, what it may not name beside it, and the field; the first that fits counts.
_RULES = (
    ("MAIL", "", "contact_email"),
    ("EMBARGO", "ACCESS TIME", "embargo_date"),
    ("CONTACT NAME", "MAIL PHONE LINK DATE", "contact_name"),
    ("CONTACT", "MAIL PHONE LINK BODY DATE", "contact_name"),
    ("FREQUENCY", "", "update_frequency"),
    ("LICENCE LINK", "", "license_url"),
    ("LICENCE", "DATE", "license"),
    ("TERMS USE", "DATE", "license"),
    ("DOWNLOAD", "DATE", "download_url"),
    ("ACCESS LINK", "", "access_url"),
    ("ACCESS", "DATE OTHER", "access_rights"),
    ("LINKED PAPER", "DATE", "related_identifiers"),
    ("CHANGE", "BODY AUTHOR", "modified_date"),
    ("MONEY", "DATE", "funding"),
    ("KEYWORD", "DATE", "keywords"),
    ("PUBLISH DATE", "", "publication_date"),
    ("CREATE DATE", "", "creation_date"),
    ("AUTHOR", "ID DATE PLACE LINK", "creators"),
    ("HELPER", "ID DATE PLACE LINK", "contributors"),
    ("OWNER", "ID DATE PLACE LINK", "rights_holder"),
    ("BODY", "ID DATE PLACE LINK KIND OTHER", "publisher"),
    ("START DATE", "", "temporal_start"),
    ("START TIME", "", "temporal_start"),
    ("END DATE", "", "temporal_end"),
    ("END TIME", "", "temporal_end"),
    ("FILE KIND", "", "formats"),
    ("FORMAT", "DATE", "formats"),
    ("SIZE", "DATE", "size"),
    ("LANGUAGE", "DATE", "language"),
    ("PLACE", "DATE BODY PUBLISH AUTHOR STORE", "spatial_coverage"),
    ("TIME", "CHANGE EMBARGO", "temporal_coverage"),
    ("FIELD", "DATE", "subjects"),
    ("THEME", "", "theme"),
    ("ABOUT", "FILE", "description"),
    ("VERSION", "DATE", "version"),
    ("ORIGIN", "BODY DATE NAME KIND ID OTHER COUNT LINK", "provenance"),
    ("STANDARD", "DATE VERSION LICENCE FILE", "conforms_to"),
    ("DATASET LINK", "DATE", "access_url"),
    ("DATASET KIND", "OTHER", "resource_type"),
    ("DATASET ID", _OTHERS, "identifier"),
    ("DATASET NAME", "OTHER ID FILE", "title"),
    ("PUBLISH", "NAME ID", "publication_date"),
    ("ID", _OTHERS, "identifier"),
    ("NAME", _OTHERS, "title"),
    ("LINK", _OTHERS, "access_url"),
    ("COVERAGE", "DATE BODY LICENCE ACCESS OTHER", "spatial_coverage"),
)
# Too general to say anything beside a word that is not known.
_ALONE = frozenset({"ID", "NAME", "LINK", "PUBLISH", "SIZE", "KIND"})
# Words that change nothing about what a header means.
_QUALITIES = frozenset(
    {"official", "main", "primary", "full", "web", "online", "public", "current", "pretty",
     "approx", "approximate", "estimated", "best", "original", "preferred", "new", "own"}
)  # fmt: skip
_SHORT = 4
_UNSPACED = 0x2E80
_ARTICLE = "ال"  # The Arabic article, which is written together with its word.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})


def fields_by_stems(words: tuple[str, ...]) -> dict[str, float]:
    """Return the field that a header's words name by their stems, with a score from 0 to 1."""
    named = [concepts_of(word) for word in words if word not in _QUALITIES]
    found = frozenset().union(*named)
    # "Data" is a date in Italian, Portuguese and Polish.
    either = found | {"DATE"} if "data" in words else found
    unknown = sum(not concepts for concepts in named)
    if found & {"COUNT", "SYSTEM"}:
        return {}
    for needed_text, forbidden, field in _RULES:
        needed = frozenset(needed_text.split())
        if not needed <= either or found & frozenset(forbidden.split()):
            continue
        if needed <= _ALONE and (unknown or "OTHER" in found):
            continue
        return {field: max(0.62, (0.84 if len(needed) > 1 else 0.78) - 0.06 * unknown)}
    return {}


def end_of_period(words: tuple[str, ...]) -> str | None:
    """Return the field for one end of a period, if a header speaks of one end only."""
    found = frozenset().union(*map(concepts_of, words))
    if "TIME" not in found or {"START", "END"} <= found:
        return None
    return "temporal_start" if "START" in found else "temporal_end" if "END" in found else None


def is_about_papers(words: tuple[str, ...]) -> bool:
    """Return whether a header speaks of papers, so that its identifiers are theirs."""
    return any("PAPER" in concepts_of(word) for word in words)


def is_about_embargo(words: tuple[str, ...]) -> bool:
    """Return whether a header speaks of an embargo, so that its period is none of the data."""
    return any("EMBARGO" in concepts_of(word) for word in words)


def is_about_frequency(words: tuple[str, ...]) -> bool:
    """Return whether a header speaks of how often, not of when."""
    return any("FREQUENCY" in concepts_of(word) for word in words)


def is_about_others(words: tuple[str, ...]) -> bool:
    """Return whether a header speaks of something beside the dataset or counts something."""
    found = frozenset().union(*map(concepts_of, words))
    return bool(found & {"OTHER", "COUNT", "CONTACT", "OWNER", "HELPER", "STORE", "SYSTEM"})


def names_of_others(words: tuple[str, ...]) -> bool:
    """Return whether a header speaks of the makers or the store, so that its place is theirs."""
    found = frozenset().union(*map(concepts_of, words))
    return "PLACE" in found and bool(found & {"BODY", "PUBLISH", "AUTHOR", "STORE"})


def only_names_datasets(words: tuple[str, ...]) -> bool:
    """Return whether a header says no more than what its rows are, such as "Study"."""
    return bool(words) and all(concepts_of(word) == {"DATASET"} for word in words)


def is_opaque(words: tuple[str, ...]) -> bool:
    """Return whether nothing in a header is understood, so that only its content can speak."""
    return not any(map(concepts_of, words))


@cache
def concepts_of(word: str) -> frozenset[str]:
    """Return the concepts that a word names, which may be none or several."""
    found = frozenset(
        concept for concept, stems in _parsed().items() if any(_fits(stem, word) for stem in stems)
    )
    # A person or body is named after what it does, such as a publisher after publishing.
    return found - {"PUBLISH", "CREATE"} if found & {"AUTHOR", "BODY"} else found


def _fits(stem: str, word: str) -> bool:
    if word.startswith(_ARTICLE) and not stem.startswith(_ARTICLE):
        word = word.removeprefix(_ARTICLE)
    if stem.startswith("~"):
        return stem[1:] in word
    if ord(stem[0]) > _UNSPACED:
        return stem in word
    if stem.startswith("="):
        return word == stem[1:]
    return word == stem if len(stem) < _SHORT else word.startswith(stem)


@cache
def _parsed() -> dict[str, tuple[str, ...]]:
    return {concept: tuple(plain(text).split()) for concept, text in _STEMS.items()}


def plain(text: str) -> str:
    """Return a text in lower case and without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    # Korean syllables are put together again.
    return unicodedata.normalize("NFC", bare)
