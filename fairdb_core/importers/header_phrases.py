"""The phrases that headers name each field with, in the words of many languages.

A phrase is written without accents, so that no header's own spelling counts.
"""

PHRASES = {
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
# What else these fields are called, in these and in further languages.
FURTHER_PHRASES = {
    "identifier": "persistent url;persistent link;permanent link;permanent url;"
    "permanent identifier;enlace permanente;link permanente;lien perenne;permalien;code;"
    "own number;our number;reference number;azonosito;ma dinh danh;pengenal;identifikaator;"
    "identifikatorius;ідентифікатор;المعرف;شناسه;מזהה;पहचानकर्ता;identifikatzailea;識別碼;"
    "inventory number;inventory no;asset id;asset number;catalogue id;ref no;"
    "signatur;cote;signatura;collocazione",
    "title": "titles;naslov;nazov;titlu;titol;judul;tieu de;pealkiri;pavadinimas;nosaukums;"
    "заглавие;назва;العنوان;عنوان;כותרת;शीर्षक;izenburua;資料集名稱;標題;baslik;resource name;"
    "resource title;study name;project dataset;headline;heading;information asset;"
    "data collection name;overskrift;rubrik;intestazione",
    "description": "apraksts;aprasymas;kirjeldus;descriere;descripcio;deskripsi;mo ta;опис;"
    "الوصف;توضیحات;תיאור;विवरण;deskribapena;資料集描述;aciklama;leiras;content;contents;details;"
    "overview;synopsis;scope;scope note;inhalt;contenu;contenido;conteudo;contenuto;inhoud;"
    "innehall;indhold;innhold;tresc;obsah;sisalto;icerik;内容;tartalom;continut",
    "creators": "attributions;szerzo;avtor;tac gia;penulis;autorius;autors;المؤلف;نویسنده;מחבר;"
    "लेखक;egilea;yazar;compiled by;prepared by;collected by;produced by;generated by;made by;"
    "recorded by;written by;originator;scientist;scientists;experimenter;lead author;observer;"
    "surveyor;photographer;developer;developers;responsible scientist;lead investigator;lead;"
    "team;data creator;erzeugt von;erstellt von;erhoben von;gesammelt von;cree par;realise par;"
    "produit par;etabli par;elaborado por;realizado por;creado por;criado por;produzido por;"
    "realizzato da;creato da;prodotto da;redatto da;gemaakt door;samengesteld door;"
    "opgesteld door;skapad av;utarbetad av;utarbeidet av;udarbejdet af;opracowal;opracowanie;"
    "zpracoval;vypracoval;laatija;keraaja;elabore par;autorschaft;autoria;autorid;hazirlayan;"
    "製作者;制作者;编制;作成;조사자",
    "publisher": "diffuseur;unidad administrativa;"
    "izdavac;zaloznik;kiado;valjaandja;leidejas;izdevejs;penerbit;nha xuat ban;"
    "издател;видавець;розпорядник;розпорядник інформації;الناشر;ناشر;מפרסם;प्रकाशक;"
    "argitaratzailea;提供機關;제공기관;公開者;yayinci;organo publicador;organ publicador;"
    "institutie;datenhaltende stelle;attribution;archive;deposited at;deposited in;"
    "deposit repository;held by;hosted by;issued by;released by;host institution;library;museum;"
    "group;lab;laboratory;research group;faculty;school;division;section;custodian organisation;"
    "repositorium;repositorio;archiv;archivio;archivo;arquivo;fachbereich;lehrstuhl;fakultat;"
    "abteilung;referat;faculte;facultad;faculdade;facolta;laboratoire;laboratorio;service;"
    "direction;direccion;direzione;ufficio;departamento;dipartimento;departement;afdeling;"
    "avdelning;afdeling ansvarlig;vedeckovyzkumne pracoviste;pracoviste;jednostka;wydzial;osasto",
    "publication_date": "publie en;publie;first online date;"
    "distribution date;mise en ligne;date de mise en ligne;fecha de alta;"
    "online since;first public;datum objave;datum vydania;kozzetetel datuma;data publicarii;"
    "data de publicacio;ngay xuat ban;tanggal terbit;avaldamise kuupaev;paskelbimo data;"
    "publicesanas datums;дата на публикуване;дата публікації;تاريخ النشر;تاریخ انتشار;"
    "תאריך פרסום;प्रकाशन तिथि;argitalpen data;發布日期;yayin tarihi;deposited on;deposit date;"
    "date of deposit;released on;date of issue;upload date;uploaded;uploaded on;date posted;"
    "date of release;first available;went online;went live;public since;release year;"
    "hochgeladen am;eingestellt am;online seit;bereitgestellt am;mis en ligne;depose le;"
    "subido el;publicado el;publicado em;pubblicato il;geplaatst op;opublikowano;zverejneno",
    "modified_date": "latest release;current release;last reviewed;release of update;"
    "datum izmjene;datum promjene;datum spremembe;datum zmeny;modositas datuma;"
    "data actualizarii;data modificarii;data de modificacio;ngay cap nhat;tanggal diperbarui;"
    "muutmise kuupaev;atnaujinimo data;atjauninasanas datums;дата на промяна;дата оновлення;"
    "تاريخ التحديث;تاریخ به روزرسانی;תאריך עדכון;अद्यतन तिथि;aldatze data;更新日期;"
    "guncelleme tarihi;version date;date of version;last edit;last edited;last change date;"
    "latest revision;last revision;refreshed;last refreshed;as of;current to;as at;"
    "zuletzt geandert;zuletzt aktualisiert;letzter stand;datenstand;modifie le;actualise le;"
    "modificado el;ultima modificacion;ultima modificacao;alterado em;ultima modifica;"
    "modificato il;laatste wijziging;viimati muudetud;muudetud;viimane muudatus",
    "keywords": "mots clefs;mot clef;"
    "kljucne rijeci;kljucne besede;klucove slova;kulcsszavak;cuvinte cheie;"
    "paraules clau;tu khoa;kata kunci;nogleord;nokkelord;marksonad;raktazodziai;atslegvardi;"
    "ключови думи;ключові слова;الكلمات المفتاحية;کلیدواژه ها;מילות מפתח;मुख्य शब्द;gako hitzak;"
    "關鍵字;anahtar kelimeler;descriptors;index terms;free terms;stichworten;schlagwortliste;"
    "inhalt in stichworten;descripteurs;descriptores;descritores;descrittori;termes;terminos;"
    "termini",
    "language": "jezik;limba;llengua;ngon ngu;bahasa;keel;kalba;valoda;език;мова;اللغة;زبان;שפה;"
    "भाषा;hizkuntza;語言;nyelv;dil;languages of the data;idiomas;linguas;lingue;talen;jazyky;"
    "jezyki;kielet",
    "license": "licenc;licenta;llicencia;giay phep;lisensi;litsents;licencija;лиценз;ліцензія;"
    "الترخيص;مجوز;רישיון;लाइसेंस;lizentzia;授權方式;lisans;permissions;copyright;"
    "copyright licence;terms and conditions;reuse terms;reuse;licensed under;nachnutzung;"
    "nachnutzung erlaubt unter;urheberrecht;droits de reutilisation;reutilisation;reutilizacion;"
    "reutilizacao;riutilizzo;hergebruik",
    "related_identifiers": "related material;related materials;see also;linked paper;paper link;"
    "published in;described in;used in;dataset paper;article link;zugehoriger artikel;"
    "article associe;articulo asociado;artigo associado;articolo associato;bijbehorend artikel",
    "subjects": "topic class;topic classification;assunto;assuntos;materias;argomento;argomenti;"
    "asunto;research area;research areas;area of research;area of study;subject heading;"
    "subject headings;fachdisziplin;wissenschaftszweig;forschungsgebiet;forschungsbereich;"
    "champ disciplinaire;domaine;domaine scientifique;area de investigacion;ambito;"
    "settore scientifico;settore;vakgebied;onderzoeksgebied;forskningsomrade;valdkond;"
    "dziedzina nauki;obor vyzkumu;tudomanyterulet;학문분야;研究分野;研究领域",
    "theme": "groups;categories of data;data category;topic group;sachgruppe;themenfeld;"
    "rubrique;rubrica;tematica;teema",
    "download_url": "ftp;get data;data download;direct download;zip",
    "access_url": "linkage;online linkage;self html;source link;risorsa on line;risorsa online;"
    "recurso en linea;ressource en ligne;online ressource;web;online at;hyperlink;web address;"
    "see also url;more info;internet;web link;weblink;catalogue page;fundstelle;webadresse;"
    "adresse web;direccion web;endereco web;webadres;veebiaadress;internetadresse",
    "temporal_coverage": "temporal extent;collection date;collection dates;date of collection;"
    "dates of collection;years;when;time frame;timeframe;sampling period;survey period;"
    "observation period;measurement period;recording period;duration of study;data years;"
    "entstehungszeitraum;messzeitraum;beobachtungszeitraum;untersuchungszeitraum;"
    "laufzeit der messung;annees;periode d etude;periode de collecte;anos;periodo de estudio;"
    "periodo de estudo;periodo di studio;meetperiode;onderzoeksperiode;matperiod;ajavahemik;"
    "periood;okres badania;obdobi sberu;tutkimusajankohta;观测时间;調査期間;관측기간",
    "provenance": "is based on;based on;derived from;is derived from;was derived from;technique;"
    "measurement technique;procedure;protocol;workflow;collected with;sampling;sampling method;"
    "sampling design;survey method;how collected;origin;erhebungsmethode;messmethode;"
    "erhebungsverfahren;entstehung;methode de collecte;echantillonnage;metodo de recogida;"
    "muestreo;metodo de coleta;amostragem;metodo di raccolta;campionamento;verzamelmethode;"
    "insamlingsmetod;indsamlingsmetode;metoda zbierania;metoda sberu;keruumenetelma;"
    "数据采集方法;采集方法;処理方法;調査方法;조사방법",
    "spatial_coverage": "reference area;coverage area;survey area;area of interest;site;sites;"
    "site name;locality;localities;catchment;basin;river basin;district;county;municipality;"
    "city;town;field site;sampling area;study region;where;standort;untersuchungsgebiet;messort;"
    "region untersuchung;raumliche ausdehnung;zone d etude;site d etude;commune;"
    "departement concerne;zona de estudio;area de estudio;municipio;area de estudo;"
    "area di studio;comune;studiegebied;gemeente;lan;kommun;kommune;powiat;gmina;obec;kraj;"
    "ruumiline ulatus;asukoht;lokalizacja;lokalita;tutkimusalue;研究区域;研究区;調査地域;地点;"
    "조사지역",
    "temporal_start": "min time;minimum time;min date;earliest time;first day;first date;since;"
    "beginning;began;started;commenced;start of measurement;start of collection;messbeginn;"
    "erhebungsbeginn;debut de la collecte;inicio de la recogida;inicio da coleta;"
    "inizio raccolta;from year;year from",
    "temporal_end": "max time;maximum time;max date;latest time;last day;last date;until;ended;"
    "finished;end of measurement;end of collection;messende;erhebungsende;fin de la collecte;"
    "fin de la recogida;fim da coleta;fine raccolta;to year;year to",
    "contributors": "co author;co authors;co investigator;co investigators;coauthors;assistants;"
    "partners;project partners;collaborators;team members;submitted by;reviewed by;"
    "data entry by;partner;kooperationspartner;partenaires;socios;parceiros",
    "resource_type": "kind;nature;nature of data;type of material;medium;data kind;"
    "kind of resource;art der daten;datenart;objektart;objektklasse;nature des donnees;"
    "naturaleza de los datos;natureza dos dados;natura dei dati;soort data;soort gegevens;"
    "rodzaj;rodzaj danych;druh;druh dat;aineistotyyppi;datatype;材料类型;数据类型;データ種別;"
    "種類;자료유형",
    "access_rights": "open;is open;visibility;sensitivity;confidentiality;confidential;"
    "security level;protective marking;sharing;sharing level;audience;who can see;"
    "release status;public or private;zuganglich fur;zuganglich;vertraulichkeit;offentlich;"
    "schutzstufe;schutzbedarf;visibilite;confidentialite;diffusion;visibilidad;confidencialidad;"
    "visibilidade;sigilo;visibilita;riservatezza;zichtbaarheid;vertrouwelijkheid;synlighet;"
    "sekretess;fortrolighed;poufnosc;duvernost;gizlilik;保密级别;开放程度;公開区分;공개여부;"
    "공개구분",
    "formats": "file ext;ext;file suffix;suffix;encoding format;dateiendung;dateierweiterung;"
    "extension de fichier;extension del archivo;estensione;extensao;bestandstype;failivorming;"
    "vorming;pripona;rozszerzenie",
    "size": "total file size;volumetrie;"
    "mb;gb;kb;gesamtgrosse;speicherbedarf;poids;poids du fichier;peso;peso del archivo;"
    "bestandsgrootte;maht;suurus;objem;data size",
    "version": "edition;revision;ausgabe;edicion;edicao;edizione;editie;utgave;wydanie;vydani",
    "funding": "supported by;paid by;contract number;projektforderung;forderung durch;"
    "projekt forderung;finance par;financiado por;financiado pela;finanziato da;"
    "gefinancierd door;finansierad av;finansowane przez;grant agreement;grant id",
    "conforms_to": "metadatenstandard;metadatenschema;vocabulary;controlled vocabularies;"
    "standard de donnees",
    "contact_name": "responsible;responsible person;person responsible;enquiries;helpdesk;"
    "datenverantwortliche;datenverantwortlicher;verantwortlich;responsable;responsabile;"
    "verantwoordelijke;ansvarig;ansvarlig;vastuuhenkilo;kontaktisik;zodpovedna osoba;"
    "odpovedna osoba;osoba odpowiedzialna;contactperson;data contact;data custodian",
    "update_frequency": "how often;updated every;refresh rate;refresh frequency;refresh;"
    "uuendamise sagedus;sagedus",
}  # fmt: skip
