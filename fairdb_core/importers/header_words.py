"""What column headers mean, in the words of many languages; no file's own headers are known here.

A phrase is written without accents. Phrases are found in a header's words, wherever the words
stand side by side; the longest phrase wins.
"""

import re
from functools import cache

from fairdb_core.importers.header_stems import (
    end_of_period,
    fields_by_stems,
    is_about_papers,
    is_opaque,
    names_of_others,
    plain,
)

_PHRASES = {
    "identifier": "identifier;identifiers;doi;dataset;pid;persistent identifier;dataset id;data id;"
    "record id;accession;accession number;handle;ark;arn;urn;guid;key;id;identifiant;identifikator;"
    "kennung;identificador;identificatore;id number;study number;"
    "record number;catalogue number;catalog number;identyfikator;"
    "tunniste;persistente kennung;識別子;标识符;идентификатор;αναγνωριστικο;edi id;did;"
    "file identifier;identifier uri;eprint id;eprintid;"
    "codice;codigo;identifierare;データセットid;データid",
    "alternate_identifier": "alternate identifier;alternative identifier;other identifier;"
    "local identifier;internal id;local id;uuid;short name;shortname;old id;identifier other;"
    "weitere kennung;autre identifiant;otro identificador;interne nummer;internal number",
    "title": "title;name;dataset;datensatz;titel;titre;titulo;titolo;dataset name;data name;"
    "bezeichnung;nombre;nom;nome;naam;namn;navn;nimi;tytul;nazwa;nazev;label;otsikko;cim;タイトル;"
    "标题;题名;название;"
    "заголовок;τιτλος;main title;dataset title;record title;title of dataset;"
    "citation title;metadata title",
    "alternative_title": "alternative title;alternate title;other title;additional title;subtitle;"
    "untertitel;sous titre;subtitulo;sottotitolo;alias;aliases;alternative name;former title;"
    "translated title;title alternative;short title;kurztitel;titre court;titre alternatif;"
    "titulo alternativo;alternativer titel;title translated;alternate name",
    "description": "description;abstract;summary;beschreibung;zusammenfassung;resume;resumen;"
    "resumo;descripcion;descricao;descrizione;omschrijving;beschrijving;beskrivning;beskrivelse;"
    "kuvaus;opis;popis;説明;概要;描述;摘要;описание;аннотация;περιγραφη;notes;kurzbeschreibung;"
    "riassunto;samenvatting;about;comment;dataset summary;sammanfattning;tiivistelma",
    "creators": "creator;creators;author;authors;autor;autoren;auteur;auteurs;autores;autore;"
    "autori;urheber;verfasser;ersteller;creador;creadores;criador;criadores;maker;makers;"
    "skapare;forfatter;forfattare;tekija;tekijat;tworca;tworcy;autorzy;tvurce;作成者;作者;著者;"
    "автор;авторы;δημιουργος;principal investigator;investigator;investigators;pi;"
    "data author;dataset author;senior author;first author;createur;createurs;created by;"
    "researcher;researchers;principal investigators;author name;author names",
    "contributors": "contributor;contributors;mitwirkende;contributeur;contributeurs;"
    "colaborador;colaboradores;contribuidor;contributore;contributori;bijdrager;bidragsgivare;"
    "editor;editors;data collector;data curator;data manager;data processor;advisor;supervisor;"
    "maintainer;uploader;participants;project members;betreuer",
    "publisher": "publisher;published by;repository;herausgeber;verlag;editeur;editorial;editor "
    "institution;editora;editore;uitgever;utgivare;udgiver;utgiver;julkaisija;wydawca;vydavatel;"
    "出版者;发布者;издатель;εκδοτης;institution;organization;organisation;agency;agency name;"
    "provider;data provider;data center;data centre;datenhalter;anbieter;bereitsteller;"
    "organismo;organismo responsable;entidad;entidade;ente;instance;organisme;producteur;"
    "fournisseur;distributor;department;managed by;source repository;owning organization;catalog;"
    "bereitstellende stelle;veroffentlichende stelle;dienststelle;behorde;institute;institut;"
    "instituto;instituicao;istituto;instituicao responsavel;owner organization;holder organization",
    "publication_date": "publication date;published;publication year;date published;issued;"
    "date issued;published date;published at;published on;release date;date released;released;"
    "publication;pubyear;pub year;year of publication;year;date;jahr;datum;erscheinungsjahr;"
    "veroffentlichungsdatum;veroffentlicht;publikationsdatum;publikationsjahr;"
    "date de publication;annee de publication;annee;fecha de publicacion;ano de publicacion;"
    "fecha;ano;data de publicacao;data;data di pubblicazione;anno di pubblicazione;anno;"
    "publicatiedatum;publicatiejaar;utgivningsar;publiceringsdatum;udgivelsesdato;utgivelsesar;"
    "julkaisuvuosi;julkaisupaiva;data publikacji;rok wydania;datum vydani;発行日;公開日;出版年;"
    "发布日期;出版日期;дата публикации;год публикации;ημερομηνια;made public;first publication;"
    "first published;date made public;date of publication;date de parution;fecha publicacion;"
    "publish date;releasedate;date online;available online;date publication;data publicacao",
    "creation_date": "creation date;created;date created;created at;created on;erstellt;"
    "erstellungsdatum;erstelldatum;date de creation;fecha de creacion;data de criacao;"
    "data di creazione;aanmaakdatum;skapad;oprettet;luotu;data utworzenia;作成日;创建日期;"
    "дата создания;production date;date produced",
    "modified_date": "modified;date modified;modified date;last modified;updated;last updated;"
    "last update;update date;date updated;revised;geandert;aktualisiert;anderungsdatum;"
    "letzte anderung;aktualisierungsdatum;date de modification;derniere modification;"
    "mise a jour;mis a jour;derniere mise a jour;date de mise a jour;fecha de modificacion;"
    "fecha de actualizacion;ultima actualizacion;actualizado;data de modificacao;"
    "data de atualizacao;atualizado;data di modifica;ultimo aggiornamento;aggiornato;gewijzigd;"
    "wijzigingsdatum;laatst gewijzigd;andrad;uppdaterad;aendret;opdateret;endret;oppdatert;"
    "muokattu;paivitetty;zmodyfikowano;data modyfikacji;aktualizacja;upraveno;更新日;最終更新日;"
    "更新日期;修改日期;дата изменения;обновлено;last publication;date last modified;"
    "most recent snapshot;last change;last revised;metadata modified;latest update;most recent;"
    "date stamp;datestamp",
    "resource_type": "resource type;type;data type;dataset type;type of data;typ;ressourcentyp;"
    "datentyp;art;type de ressource;type de donnees;tipo;tipo de recurso;tipo de datos;"
    "tipo di risorsa;resourcetype;soort;resurstyp;ressourcetype;tyyppi;typ zasobu;typ zdroje;"
    "資源タイプ;资源类型;тип;тип ресурса;genre;resource class;general type;dataset type name;"
    "resource type general;content type;material type;kind of data;τυπος;hierarchy level;"
    "defined type",
    "subjects": "subject;subjects;topic;topics;discipline;field of research;research field;domain;"
    "domain studied;classification;ddc;mesh;fachgebiet;fach;sachgebiet;wissenschaftsgebiet;"
    "discipline scientifique;disciplines;disciplina;area;area tematica;area de conhecimento;"
    "area de conocimiento;onderwerp;amne;emne;aihe;dziedzina;predmet;obor;主題;学科;тема;"
    "предметная область;topic category;topic categories;subject area;subject areas;sujet",
    "keywords": "keyword;keywords;dc subject;"
    "tag;tags;schlagwort;schlagworte;schlagworter;schlusselwort;"
    "schlusselworter;stichwort;stichworte;stichworter;mot cle;mots cles;motscles;palabra clave;"
    "palabras clave;etiquetas;palavra chave;palavras chave;parole chiave;trefwoord;trefwoorden;"
    "nyckelord;emneord;stikord;avainsana;avainsanat;asiasanat;slowa kluczowe;klicova slova;"
    "キーワード;关键词;关键字;ключевые слова;λεξεις κλειδια;subject keywords;free keywords",
    "theme": "theme;themes;thema;themen;"
    "category;categories;thema dcat;kategorie;kategorien;categorie;"
    "categoria;categorias;thematique;theme principal;tema;sector;kategori;kategoria;luokka;"
    "カテゴリ;分类;类别;主题;категория;dataset category;category name;group theme;themengebiet",
    "language": "language;languages;lang;sprache;sprachen;langue;langues;idioma;lengua;lingua;"
    "taal;sprak;sprog;kieli;jezyk;jazyk;言語;语言;язык;γλωσσα;language iso;language code;"
    "sprachcode;iso language",
    "license": "license;licence;licenses;licences;lizenz;lizenzen;licencia;licenca;licenza;"
    "licentie;licens;lisens;lisenssi;lisenssi tunnus;licencja;ライセンス;许可;许可证;лицензия;"
    "αδεια;rights;usage rights;terms of use;use terms;nutzungsbedingungen;nutzungsrechte;"
    "conditions d utilisation;rechte;droits;derechos;direitos;diritti;rechten;rattigheter;"
    "rettigheder;oikeudet;prawa;prava;license name;license title;licence name;reuse conditions;"
    "use conditions;"
    "data license;condiciones de uso;termos de uso;condizioni d uso;利用条件;права;license id;"
    "use limitation;use limitations;use constraints",
    "license_url": "license url;licence url;license link;licence link;license uri;licence uri;"
    "rights uri;rights url;lizenz url;lizenz link;url licence;url licencia;lizenzurl;"
    "lien licence;enlace licencia;standard license url;url de la licence;url de licencia",
    "access_rights": "access rights;access;access level;access status;access right;accessibility;"
    "availability;zugang;zugriff;zugriffsrechte;zugangsrechte;verfugbarkeit;acces;"
    "droits d acces;niveau d acces;acceso;derechos de acceso;nivel de acceso;acesso;"
    "direitos de acesso;nivel de acesso;accesso;diritti di accesso;toegang;toegangsrechten;"
    "atkomst;tilgang;adgang;saatavuus;dostep;prawa dostepu;pristup;アクセス権;访问权限;доступ;"
    "права доступа;public access level;open access;access conditions;access type;"
    "controlled access;restrictions;access restrictions;access constraints;classification name;"
    "dataset classification name;security classification;data classification;availibility;"
    "access policy;condition of access;conditions of access;disponibilite;disponibilidad",
    "rights_holder": "rights holder;rightsholder;copyright holder;data owner;owner;dataowner;"
    "rechteinhaber;eigentumer;dateneigentumer;titulaire;detenteur;proprietaire;titular;"
    "titular de derechos;propietario;detentor;proprietario;titolare;rechthebbende;eigenaar;"
    "data controller;owned by;ayant droit;rattighetshavare;rettighetshaver;wlasciciel;"
    "copyright holders;rights holders",
    "embargo_date": "embargo;embargo date;embargo until;embargo end;embargo lift date;"
    "available from;date available;available;sperrfrist;embargo bis;date d embargo;"
    "fin d embargo;fecha de embargo;data de embargo;fine embargo;einddatum embargo",
    "access_url": "landing page;landingpage;url;link;website;web site;homepage;web page;webpage;"
    "page url;dataset url;dataset link;access url;portal url;webseite;internetadresse;"
    "page web;lien;site web;adresse;enlace;pagina web;sitio web;ligacao;pagina;collegamento;"
    "koppeling;lank;lenke;linkki;odkaz;リンク;链接;网址;ссылка;documentation;documentation url;"
    "more information;information;info url;source url;permalink;dataset page;record url;"
    "url externe;external url;url external;uri;url du jeu de donnees;url pagina;online resource;"
    "public url;url public;html url;url html;link html;links html",
    "download_url": "download;download url;download link;downloadurl;file url;data url;"
    "distribution;distribution url;file;files;data file;data link;resource url;content url;"
    "telechargement;lien de telechargement;url de telechargement;descarga;url de descarga;"
    "enlace de descarga;url de download;link para download;scaricare;url di download;"
    "direct link;herunterladen;downloadlink;データurl;下载;下载链接;скачать;dataset files;"
    "download page;url fichier;fichier;archivo;bestand;s3;bucket",
    "service_url": "service url;api;api url;web service;webservice;service;endpoint;endpoint url;"
    "wms;wfs;ogc service;map server;feature server;image server;mapserver;featureserver;"
    "imageserver;dienst;dienst url;service web;servicio web;servico web;sparql;rest url;"
    "map service;geodienst;rest service;wms url;wfs url",
    "metadata_url": "metadata url;metadata link;metadata;metadatenlink;metadaten url;"
    "csw url;record link;metadata record;metadonnees;lien metadonnees;url metadatos;iso xml;"
    "metadaten link;metadata xml;url metadonnees",
    "formats": "format;formats;file format;file formats;data format;dateiformat;dateiformate;"
    "datenformat;format de fichier;format du fichier;formato;formatos;formato de archivo;"
    "formato de arquivo;bestandsformaat;filformat;tiedostomuoto;format pliku;フォーマット;"
    "ファイル形式;格式;文件格式;формат;file type;filetype;file extension;file types;"
    "available formats;formats disponibles;extension",
    "media_types": "media type;mediatype;format mimetype;mime type;mimetype;mime;media types;"
    "typ mime;"
    "type mime;tipo mime;tipo de medio;internet media type",
    "size": "size;file size;filesize;byte size;bytesize;size gb;size mb;size bytes;data volume;"
    "volume;extent;dateigrosse;grosse;umfang;datenmenge;taille;taille du fichier;tamano;"
    "tamano de archivo;tamanho;dimensione;grootte;storlek;storrelse;koko;rozmiar;velikost;"
    "サイズ;大小;размер;total size;dataset size;content size;total bytes;bytes",
    "checksum": "checksum;md5;sha1;sha256;sha 256;sha512;hash;hashwert;prufsumme;"
    "somme de controle;suma de verificacion;file hash",
    "version": "version;version number;dataset version;data version;versionsnummer;version no;"
    "revision number;numero de version;versao;versione;versie;versio;wersja;verze;バージョン;"
    "版本;версия;release version",
    "status": "status;state;lifecycle status;stand;zustand;statut;estado;stato;tila;stav;"
    "publication status;bearbeitungsstatus;状态;статус;record status;etat",
    "update_frequency": "update frequency;frequency;update freq;update interval;periodicity;"
    "accrual periodicity;accrualperiodicity;update cycle;aktualisierungsintervall;"
    "aktualisierungszyklus;aktualitat;turnus;periodizitat;frequence;frequence de mise a jour;"
    "periodicite;frecuencia;frecuencia de actualizacion;periodicidad;frequencia;"
    "frequencia de atualizacao;periodicidade;frequenza;frequenza di aggiornamento;"
    "updatefrequentie;uppdateringsfrekvens;frekvens;paivitystiheys;czestotliwosc;更新頻度;"
    "更新频率;частота обновления;maintenance frequency;update interval name;updated how often",
    "related_identifiers": "related identifier;related identifiers;relation;relations;"
    "related resource;related resources;related publication;related publications;publication doi;"
    "article;articles;article doi;paper;papers;paper doi;cites;references;citation;citations;"
    "is supplement to;linked dataset;linked datasets;derived datasets;related dataset;"
    "related datasets;publikation;publikationen;verwandte publikationen;zitation;literatur;"
    "publication associee;publications associees;publicaciones relacionadas;publicacion;"
    "publicacoes;recursos relacionados;pubblicazioni;gerelateerde publicaties;publications;"
    "associated publications;related works;related doi;supplement to;bibliographic citation;"
    "dois of papers;doi of papers;doi of paper;relacion;relacao;isreferencedby;is part of doi",
    "collection": "collection;part of;member of;is part of;ispartof;series;parent collection;"
    "sammlung;reihe;serie;collection name;coleccion;colecao;collezione;collectie;samling;"
    "kokoelma;kolekcja;コレクション;集合;коллекция;parent dataset;dataset series;group;"
    "communities;community",
    "funding": "funding;funder;funders;grant;grants;grant number;sponsor;sponsorship;award;"
    "award number;funding reference;funding agency;forderung;fordergeber;forderer;"
    "forderkennzeichen;drittmittelgeber;financement;financeur;financiacion;financiador;"
    "financiamento;agencia de fomento;finanziamento;finanziatore;financiering;subsidie;"
    "finansiering;finansiar;rahoitus;rahoittaja;finansowanie;grantova agentura;資金;助成;资助;"
    "финансирование;funded by;project funding;fundref;bailleur;bailleurs de fonds;project grant",
    "spatial_coverage": "spatial coverage;spatial;coverage spatial;geographic coverage;"
    "geographical coverage;geography;location;place;places;region;country;countries;area covered;"
    "geographic area;geographic location;study area;study site;raumbezug;raumliche abdeckung;"
    "ort;orte;gebiet;land;region name;geltungsbereich;couverture spatiale;"
    "couverture geographique;zone geographique;lieu;pays;territoire;cobertura espacial;"
    "cobertura geografica;ambito geografico;ambito territorial;lugar;pais;localizacao;local;"
    "copertura spaziale;copertura geografica;luogo;paese;ruimtelijke dekking;plaats;gebied;"
    "plats;omrade;sted;alue;paikka;zasieg przestrzenny;miejsce;prostorove pokryti;空間範囲;地域;"
    "场所;空间范围;地区;место;территория;охват территории;τοποθεσια;geolocation;coverage;"
    "geo location;jurisdiction;spatial extent;raum",
    "spatial_bbox": "bounding box;bbox;geographic bounding box;envelope;extent coordinates;"
    "geolocation box;begrenzung;begrenzungsrechteck;emprise;boite englobante;cuadro delimitador;"
    "caixa delimitadora;spatial bbox;bounding rectangle;coordinates box",
    "temporal_coverage": "temporal coverage;temporal;coverage temporal;time period;period;"
    "time coverage;time span;timespan;years covered;date range;time range;zeitraum;"
    "zeitliche abdeckung;zeitbezug;berichtszeitraum;erhebungszeitraum;couverture temporelle;"
    "periode;periode couverte;cobertura temporal;periodo;periodo temporal;periodo de tempo;"
    "copertura temporale;temporele dekking;tidsperiod;tidsperiode;ajallinen kattavuus;"
    "ajanjakso;zasieg czasowy;casove pokryti;時間範囲;期間;时间范围;период;временной охват;"
    "field time;fieldtime;study period;collection period;temporal extent;data period;"
    "period covered",
    "temporal_start": "temporal start;coverage start;start date;startdate;date start;begin date;"
    "from date;period start;date from;temporal coverage start;startdatum;zeitraum von;beginn;"
    "date de debut;debut;fecha de inicio;inicio;data de inicio;data inizio;begindatum;"
    "earliest date;earliest date of records;start year;time start;dataset start date;von;desde;"
    "alkamispaiva;startdato;開始日;开始日期;дата начала;begin;start;year start;first year;"
    "begin position",
    "temporal_end": "temporal end;coverage end;end date;enddate;date end;to date;period end;"
    "date to;temporal coverage end;enddatum;zeitraum bis;ende;date de fin;fin;fecha de fin;"
    "fecha final;data de fim;data fim;data fine;einddatum;latest date;latest date of records;"
    "end year;time end;dataset end date;bis;hasta;slutdato;slutdatum;paattymispaiva;終了日;"
    "结束日期;дата окончания;end;year end;last year;end position",
    "conforms_to": "conforms to;conformsto;standard;standards;metadata standard;schema;"
    "metadata schema;data standard;metadatenstandard;konform zu;conforme a;norme;norma;estandar;"
    "padrao;standaard;standardi;metadata schema version;schema version;profile;"
    "metadata format;standard de metadonnees",
    "provenance": "provenance;lineage;source;sources;data source;data sources;method;methods;"
    "methodology;data collection;collection method;processing;herkunft;quelle;quellen;datenquelle;"
    "methode;methoden;methodik;datenerhebung;erhebungsmethode;provenienz;origine;"
    "source des donnees;methodologie;genealogie;procedencia;fuente;fuentes;metodologia;metodo;"
    "origem;fonte;fontes;proveniencia;provenienza;metodi;herkomst;bron;methodologie onderzoek;"
    "kalla;kilde;alkupera;lahde;pochodzenie;zrodlo;puvod;zdroj;来歴;来源;источник;"
    "происхождение;collection procedure;quality statement;dataset sources",
    "contact_name": "contact;contact name;contact person;contactperson;ansprechpartner;"
    "ansprechperson;kontakt;kontaktperson;nom du contact;personne de contact;contacto;"
    "persona de contacto;nombre de contacto;contato;pessoa de contato;contatto;referente;"
    "contactpersoon;yhteyshenkilo;osoba kontaktowa;連絡先;联系人;контактное лицо;data steward;"
    "point of contact;contact point;contactpoint",
    "contact_email": "contact email;email;e mail;mail;contact e mail;email address;"
    "e mail adresse;kontakt email;kontakt e mail;courriel;adresse email;adresse courriel;"
    "correo;correo electronico;email de contacto;email de contato;indirizzo email;"
    "e mailadres;epost;sahkoposti;adres email;メール;邮箱;электронная почта;maintainer email;"
    "author email;publisher email;email contact",
}  # fmt: skip
# What the fields that most tables have are called in further languages.
_FURTHER_PHRASES = {
    "identifier": "azonosito;ma dinh danh;pengenal;identifikaator;identifikatorius;"
    "ідентифікатор;المعرف;شناسه;מזהה;पहचानकर्ता;identifikatzailea;識別碼",
    "title": "titles;naslov;nazov;titlu;titol;judul;tieu de;pealkiri;pavadinimas;"
    "nosaukums;заглавие;назва;العنوان;عنوان;כותרת;शीर्षक;izenburua;資料集名稱;標題;"
    "baslik",
    "description": "apraksts;aprasymas;kirjeldus;descriere;descripcio;deskripsi;mo ta;опис;"
    "الوصف;توضیحات;תיאור;विवरण;deskribapena;資料集描述;aciklama;leiras",
    "creators": "szerzo;avtor;tac gia;penulis;autorius;autors;المؤلف;نویسنده;מחבר;लेखक;"
    "egilea;yazar",
    "publisher": "izdavac;zaloznik;kiado;valjaandja;leidejas;izdevejs;penerbit;"
    "nha xuat ban;издател;видавець;розпорядник;розпорядник інформації;الناشر;"
    "ناشر;מפרסם;प्रकाशक;argitaratzailea;提供機關;제공기관;公開者;yayinci;"
    "organo publicador;organ publicador;institutie;datenhaltende stelle;"
    "attribution",
    "publication_date": "datum objave;datum vydania;kozzetetel datuma;data publicarii;"
    "data de publicacio;ngay xuat ban;tanggal terbit;avaldamise kuupaev;"
    "paskelbimo data;publicesanas datums;дата на публикуване;дата публікації;"
    "تاريخ النشر;تاریخ انتشار;תאריך פרסום;प्रकाशन तिथि;argitalpen data;發布日期;"
    "yayin tarihi",
    "modified_date": "datum izmjene;datum promjene;datum spremembe;datum zmeny;"
    "modositas datuma;data actualizarii;data modificarii;data de modificacio;"
    "ngay cap nhat;tanggal diperbarui;muutmise kuupaev;atnaujinimo data;"
    "atjauninasanas datums;дата на промяна;дата оновлення;تاريخ التحديث;"
    "تاریخ به روزرسانی;תאריך עדכון;अद्यतन तिथि;aldatze data;更新日期;"
    "guncelleme tarihi",
    "keywords": "kljucne rijeci;kljucne besede;klucove slova;kulcsszavak;cuvinte cheie;"
    "paraules clau;tu khoa;kata kunci;nogleord;nokkelord;marksonad;"
    "raktazodziai;atslegvardi;ключови думи;ключові слова;الكلمات المفتاحية;"
    "کلیدواژه ها;מילות מפתח;मुख्य शब्द;gako hitzak;關鍵字;anahtar kelimeler",
    "language": "jezik;limba;llengua;ngon ngu;bahasa;keel;kalba;valoda;език;мова;اللغة;"
    "زبان;שפה;भाषा;hizkuntza;語言;nyelv;dil",
    "license": "licenc;licenta;llicencia;giay phep;lisensi;litsents;licencija;лиценз;"
    "ліцензія;الترخيص;مجوز;רישיון;लाइसेंस;lizentzia;授權方式;lisans",
    "related_identifiers": "related material;related materials",
}  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that make a column a figure or a flag about something, not the thing itself.
FIGURES = _words(
    "number num count counts total percent percentage pct score rank index cost price "
    "duration flag views downloads hits visits rating anzahl nombre-de numero-de quantidade "
    "errors error validator checked raw has max min avg mean std required requires pays "
    "acronym retention granularity resolution scale precision accuracy epsg crs"
)
_NOISE = _words(
    "dc dct dcterms dcat schema datacite dcmi dublin core the of a an de la le les du des der "
    "die das del el los las do da di il lo per in for to en es fr it pt und et y e field "
    "value text str md meta my our d l free name"
)
# Too many things are called so: these words count alone, or beside words for a dataset.
_WEAK = _words(
    "type typ tipo art size date datum data fecha year jahr ano annee name nom nome naam "
    "metadata title id key codice codigo status state stand code url uri link source sources local "
    "land ente group "
    "fin ort bis von end start begin dataset datensatz access number coverage format use page "
    "file files"
)
_OWN = _words("metadata dataset datasets data record resource item datensatz jeu donnees datos")
# Beside these words an identifier is that of something else.
_FOREIGN = frozenset(
    {"paper", "papers", "article", "articles", "publication", "publications", "issn", "isbn",
     "journal", "manuscript", "type", "scheme", "related", "parent", "project", "sample", "event",
     "user", "person", "author", "creator", "organization", "organisation", "publisher", "funder",
     "grant", "file", "category", "owner", "contact"}
)  # fmt: skip
_NAMED, _WELL_NAMED = 0.6, 0.75
_POINTERS = frozenset({"doi", "dois", "identifier", "identifiers", "pid", "guid"})
_CURIE = re.compile(r"\b[A-Za-z]\w{1,12}:(?=[A-Za-z])")
_ENDS = {"from": "start", "to": "end", "start": "start", "end": "end", "von": "start", "bis": "end",
         "beginn": "start", "ende": "end", "desde": "start", "hasta": "end"}  # fmt: skip
# Which one of a list that was laid out in columns: ``titles[0].title``, ``creators/1/name``.
_PLACE = re.compile(r"\[\d+\]|(?<=[./_])\d+(?=[./_])")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"[\[(][^\])]*[\])]?\s*$")


def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a header in lower case, without accents."""
    bare = _TAIL.sub(_end_of_period, header).strip() or header
    parted = _CAMEL.sub(" ", _CURIE.sub(" ", _PLACE.sub(" ", bare)))
    words = _WORD.findall(plain(parted))
    return tuple(part for word in words for part in _segments(word))


def _end_of_period(tail: re.Match[str]) -> str:
    """Return what a bracket at the end of a header says of a period, which is all that counts."""
    return " " + _ENDS.get(tail.group(0).strip(" ([])").casefold(), "")


def fields_by_header(header: str, noise: frozenset[str] = frozenset()) -> dict[str, float]:
    """Return how well a header names each field, from 0 to 1; fields it does not name are absent.

    Args:
        header: The header as it stands in the file.
        noise: Words that say nothing here, such as a prefix that many columns share.
    """
    words = tuple(word for word in words_of(header) if word not in noise)
    if not words:
        return {}
    if {"doi", "dois"}.intersection(words) and (
        _FOREIGN.intersection(words) or is_about_papers(words)
    ):
        return {"related_identifiers": 0.9}
    is_qualified = header.startswith(("dc.", "dcterms.", "DC."))
    found = _fields_by_phrases(words, is_qualified=is_qualified)
    best = max(found.values(), default=0.0)
    if best < (_NAMED if is_qualified else _WELL_NAMED) and not FIGURES.intersection(words):
        for field, score in fields_by_stems(words).items():
            found[field] = max(found.get(field, 0.0), score)
    end = end_of_period(words) if "temporal_coverage" in found else None
    if end:
        found[end] = max(found.get(end, 0.0), found.pop("temporal_coverage"))
    if names_of_others(words):
        found.pop("spatial_coverage", None)
    return found


def is_unknown(header: str) -> bool:
    """Return whether no word of a header is known in any language."""
    words = words_of(header)
    is_known = any(word in _vocabulary() or word in FIGURES or word in _WEAK for word in words)
    return not is_known and is_opaque(words)


def _fields_by_phrases(words: tuple[str, ...], *, is_qualified: bool) -> dict[str, float]:
    weight = [0.35 if word in _NOISE else 1.0 for word in words]
    if is_qualified and words[-1] not in _WEAK and words[-1:] in _lexicon():
        weight[-1] *= 2
    found: dict[str, float] = {}
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            phrase, outside = words[start:end], words[:start] + words[end:]
            if FIGURES.intersection(outside) or not _may_stand_in(phrase, outside):
                continue
            share = sum(weight[start:end]) / sum(weight)
            # The last word is what a header is about in most languages.
            place = 1.0 if end == len(words) else 0.8 if is_qualified else 0.92
            for field, early in _lexicon().get(phrase, {}).items():
                score = (0.48 + 0.45 * share) * place + 0.03 * early
                found[field] = max(found.get(field, 0.0), score)
    return found


def _may_stand_in(phrase: tuple[str, ...], outside: tuple[str, ...]) -> bool:
    """Return whether a phrase still means what it says among the other words of a header."""
    if phrase[-1] in _POINTERS and _FOREIGN.intersection(outside):
        return False
    if len(phrase) > 1 or phrase[0] not in _WEAK:
        return True
    others = [word for word in outside if word not in _NOISE and word not in _OWN]
    if phrase == ("id",):
        return not any(word in _vocabulary() for word in others)
    return not others


@cache
def _lexicon() -> dict[tuple[str, ...], dict[str, float]]:
    """Return the fields of each phrase, with how early it stands among the phrases of a field."""
    lexicon: dict[tuple[str, ...], dict[str, float]] = {}
    for field, text in _PHRASES.items():
        phrases = text.split(";")
        for place, phrase in enumerate(phrases):
            lexicon.setdefault(tuple(plain(phrase).split()), {}).setdefault(
                field, 1 - place / len(phrases)
            )
    for field, text in _FURTHER_PHRASES.items():
        for phrase in text.split(";"):
            lexicon.setdefault(tuple(_WORD.findall(plain(phrase))), {}).setdefault(field, 0.0)
    return lexicon


@cache
def _vocabulary() -> frozenset[str]:
    words = {word for key in _lexicon() for word in key if len(word) > 2}  # noqa: PLR2004
    return frozenset(words | {"records", "of", "event", "user", "person", "project", "parent"})


@cache
def _segments(word: str) -> tuple[str, ...]:
    """Return the known words that a run of letters is put together from, else the run itself."""
    known = _vocabulary()
    if word in known or len(word) < 8 or not word.isascii():  # noqa: PLR2004 - short words
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            head = best[start]
            if head is not None and word[start:end] in known:
                current = best[end]
                if current is None or len(head) + 1 < len(current):
                    best[end] = (*head, word[start:end])
    return best[len(word)] or (word,)
