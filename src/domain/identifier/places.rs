//! Towns, parts of towns and hospitals that a young person in Norway may mention.

/// Places that are nothing else: noticed in any spelling.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "ahus", "alta", "alvdal", "andenes", "arendal", "asker", "askim", "askøy", "austevoll", "averøy",
    "ballangen", "bamble", "bardufoss", "bergen", "bjerkvik", "blommenholm", "bodø", "botnhamn", "brandbu",
    "brekstad", "brevik", "bryne", "brønnøysund", "byåsen", "bærum", "bømlo", "drammen", "drøbak",
    "eidsberg", "eidsvoll", "eigersund", "elverum", "engerdal", "etne", "evje", "fagernes", "fana",
    "farsund", "fauske", "fetsund", "finnsnes", "fitjar", "flekkefjord", "flisa", "florø", "folldal",
    "fosnavåg", "fredrikstad", "froland", "furuset", "fyllingsdalen", "førde", "gaustad", "gjerdrum",
    "gjerstad", "gjøvik", "gol", "grimstad", "grong", "grorud", "groruddalen", "grünerløkka", "halden",
    "hamar", "hammerfest", "haramsøy", "hareid", "harstad", "haugesund", "haukeland", "heimdal", "hemsedal",
    "hitra", "hjelmeland", "holmestrand", "holmlia", "honningsvåg", "horten", "hundvåg", "hurdal", "hvaler",
    "hønefoss", "jessheim", "jevnaker", "jørpeland", "karasjok", "karmøy", "kautokeino", "kirkenes",
    "kleppestø", "knarvik", "kolbotn", "kolsås", "kongsberg", "kongsvinger", "kopervik", "kragerø",
    "kristiansand", "kristiansund", "kvinesdal", "kvinnherad", "lakselv", "laksevåg", "lambertseter",
    "landås", "langesund", "larvik", "leikanger", "leirvik", "leknes", "levanger", "lillehammer",
    "lillesand", "lillestrøm", "loddefjord", "lofoten", "lommedalen", "longyearbyen", "lørenskog", "madla",
    "majorstua", "mandal", "meråker", "midsund", "mjøndalen", "modum", "moholt", "molde", "mortensrud",
    "mosjøen", "myrdal", "mysen", "måløy", "namsos", "narvik", "nesodden", "nesttun", "nittedal",
    "nordfjordeid", "nordstrand", "notodden", "odda", "oppdal", "orkanger", "orkdal", "oslo", "porsgrunn",
    "rakkestad", "randaberg", "raufoss", "rauma", "rikshospitalet", "ringerike", "ringsaker", "risør",
    "rjukan", "rognan", "romerike", "romsdal", "rykkin", "råholt", "røros", "røyken", "sandefjord",
    "sandnes", "sandnessjøen", "sandsli", "sandvika", "sarpsborg", "saupstad", "seljord", "setesdal",
    "sirdal", "skarnes", "skedsmo", "skien", "skjervøy", "skudeneshavn", "sogndal", "sokndal", "spikkestad",
    "stavanger", "stavern", "steinkjer", "stjørdal", "stokmarknes", "stord", "stovner", "straume", "stryn",
    "strømmen", "sunndalsøra", "sunnfjord", "surnadal", "svelvik", "svolvær", "tananger", "tasta",
    "tingvoll", "tistedal", "tromsø", "trondheim", "trysil", "tvedestrand", "tynset", "tysvær", "tønsberg",
    "tøyen", "ullensaker", "ullevål", "ulsteinvik", "vadheim", "vadsø", "vardø", "varhaug", "vennesla",
    "verdalsøra", "vesterålen", "vestnes", "vikersund", "voksentoppen", "volda", "voss", "vågsbygd",
    "åfjord", "ålesund", "ålgård", "åmot", "åndalsnes", "årdalstangen", "åsane", "ørsta", "østensjø",
    "østmarka",
];

/// Places that are also words: noticed when they are capitalised inside a sentence.
#[rustfmt::skip]
pub(super) const PLACES_AND_WORDS: &[&str] = &[
    "arna", "berg", "bø", "eid", "flå", "frogner", "frosta", "gran", "grue", "hol", "hole", "hå", "lade",
    "lier", "lom", "lund", "moss", "nes", "os", "otta", "re", "sande", "ski", "sola", "stange", "sund",
    "tau", "time", "vang", "vik", "våle", "å", "ål", "ås",
];
