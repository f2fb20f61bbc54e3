"""Headers in the words of many languages are understood, whatever the columns hold."""

import pytest

from fairdb_core.importers.header_words import fields_by_header

FIELDS = (
    "title",
    "description",
    "publisher",
    "keywords",
    "publication_date",
    "modified_date",
    "license",
    "language",
    "creators",
)
HEADERS = {
    "Ukrainian": "Назва набору; Опис; Розпорядник інформації; Ключові слова; Дата публікації; "
    "Дата оновлення; Ліцензія; Мова; Автор",
    "Hungarian": "Cím; Leírás; Kiadó; Kulcsszavak; Közzététel dátuma; "
    "Módosítás dátuma; Licenc; Nyelv; Szerző",
    "Romanian": "Titlu; Descriere; Instituție; Cuvinte cheie; Data publicării; "
    "Data actualizării; Licență; Limbă; Autor",
    "Croatian": "Naslov; Opis; Izdavač; Ključne riječi; Datum objave; "
    "Datum izmjene; Licenca; Jezik; Autor",
    "Slovak": "Názov; Popis; Vydavateľ; Kľúčové slová; Dátum vydania; "
    "Dátum zmeny; Licencia; Jazyk; Autor",
    "Slovenian": "Naslov; Opis; Založnik; Ključne besede; Datum objave; "
    "Datum spremembe; Licenca; Jezik; Avtor",
    "Catalan": "Títol; Descripció; Òrgan publicador; Paraules clau; Data de publicació; "
    "Data de modificació; Llicència; Idioma; Autor",
    "Vietnamese": "Tiêu đề; Mô tả; Nhà xuất bản; Từ khóa; Ngày xuất bản; "
    "Ngày cập nhật; Giấy phép; Ngôn ngữ; Tác giả",
    "Indonesian": "Judul; Deskripsi; Penerbit; Kata kunci; Tanggal terbit; "
    "Tanggal diperbarui; Lisensi; Bahasa; Penulis",
    "Norwegian": "Tittel; Beskrivelse; Utgiver; Nøkkelord; Utgivelsesdato; "
    "Sist endret; Lisens; Språk; Forfatter",
    "Danish": "Titel; Beskrivelse; Udgiver; Nøgleord; Udgivelsesdato; "
    "Ændringsdato; Licens; Sprog; Forfatter",
    "Estonian": "Pealkiri; Kirjeldus; Väljaandja; Märksõnad; Avaldamise kuupäev; "
    "Muutmise kuupäev; Litsents; Keel; Autor",
    "Lithuanian": "Pavadinimas; Aprašymas; Leidėjas; Raktažodžiai; Paskelbimo data; "
    "Atnaujinimo data; Licencija; Kalba; Autorius",
    "Latvian": "Nosaukums; Apraksts; Izdevējs; Atslēgvārdi; Publicēšanas datums; "
    "Atjaunināšanas datums; Licence; Valoda; Autors",
    "Bulgarian": "Заглавие; Описание; Издател; Ключови думи; Дата на публикуване; "
    "Дата на промяна; Лиценз; Език; Автор",
    "Arabic": "العنوان; الوصف; الناشر; الكلمات المفتاحية; تاريخ النشر; "
    "تاريخ التحديث; الترخيص; اللغة; المؤلف",
    "Persian": "عنوان; توضیحات; ناشر; کلیدواژه‌ها; تاریخ انتشار; "
    "تاریخ به‌روزرسانی; مجوز; زبان; نویسنده",
    "Hebrew": "כותרת; תיאור; מפרסם; מילות מפתח; תאריך פרסום; תאריך עדכון; רישיון; שפה; מחבר",
    "Hindi": "शीर्षक; विवरण; प्रकाशक; मुख्य शब्द; प्रकाशन तिथि; अद्यतन तिथि; लाइसेंस; भाषा; लेखक",
    "Basque": "Izenburua; Deskribapena; Argitaratzailea; Gako-hitzak; Argitalpen-data; "
    "Aldatze-data; Lizentzia; Hizkuntza; Egilea",
    "Chinese (traditional)": "資料集名稱; 資料集描述; 提供機關; 關鍵字; 發布日期; "
    "更新日期; 授權方式; 語言; 作者",
}


@pytest.mark.parametrize("language", HEADERS)
def test_headers_of_a_language_name_their_fields(language: str) -> None:
    found = {}
    for field, header in zip(FIELDS, HEADERS[language].split("; "), strict=True):
        fields = fields_by_header(header)
        found[field] = max(fields, key=fields.__getitem__, default=None)
    assert found == {field: field for field in FIELDS}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("titles[0].title", "title"),
        ("creators[1].name", "creators"),
        ("creators/0/creatorName", "creators"),
        ("descriptions.0.description", "description"),
    ],
)
def test_place_in_a_list_says_nothing_of_the_field(header: str, field: str) -> None:
    fields = fields_by_header(header)
    assert max(fields, key=fields.__getitem__) == field
