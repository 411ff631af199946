// The cities are the capitals of the world's states and the cities that agencies name without a state or a country; the agencies
// are those of the larger countries and the distributors of press releases.
#include "text/news_names.h"

#include "text/word_table.h"

namespace sayso {

namespace {

constexpr auto cities = sorted({
    "abidjan", "abu dhabi", "abuja", "accra", "addis ababa", "aden", "aleppo", "algiers", "almaty", "amman", "amsterdam", "ankara",
    "antananarivo", "asmara", "astana", "asuncion", "athens", "atlanta", "auckland", "baghdad", "baku", "baltimore", "bamako", "bangkok",
    "bangui", "banjul", "barcelona", "basra", "beijing", "beirut", "belgrade", "benghazi", "berlin", "bern", "bishkek", "bissau", "bogota",
    "boston", "brasilia", "bratislava", "brazzaville", "bridgetown", "brisbane", "brussels", "bucharest", "budapest", "buenos aires",
    "bujumbura", "cairo", "calcutta", "canberra", "cape town", "caracas", "casablanca", "chennai", "chicago", "chisinau", "cincinnati",
    "cleveland", "cologne", "colombo", "conakry", "copenhagen", "dakar", "dallas", "damascus", "dar es salaam", "delhi", "denver",
    "detroit", "dhaka", "dili", "djibouti", "dodoma", "doha", "donetsk", "dubai", "dublin", "durban", "dushanbe", "edinburgh",
    "frankfurt", "freetown", "gaborone", "gaza", "gaza city", "geneva", "georgetown", "gibraltar", "glasgow", "goma", "guatemala city",
    "hague", "hamburg", "hanoi", "harare", "havana", "helsinki", "ho chi minh city", "hong kong", "honolulu", "houston", "hyderabad",
    "indianapolis", "islamabad", "istanbul", "jakarta", "jerusalem", "johannesburg", "juba", "kabul", "kampala", "karachi", "kathmandu",
    "kharkiv", "khartoum", "kiev", "kigali", "kingston", "kinshasa", "kolkata", "kuala lumpur", "kuwait city", "kyiv", "la paz", "lagos",
    "lahore", "las vegas", "libreville", "lilongwe", "lima", "lisbon", "ljubljana", "lome", "london", "los angeles", "luanda", "lusaka",
    "luxembourg", "lviv", "macau", "madrid", "malabo", "male", "managua", "manama", "manchester", "manila", "maputo", "mariupol", "marseille",
    "maseru", "melbourne", "mexico city", "miami", "milan", "milwaukee", "minneapolis", "minsk", "mogadishu", "monaco", "monrovia",
    "montevideo", "montreal", "moroni", "moscow", "mosul", "mumbai", "munich", "muscat", "nairobi", "naples", "nassau", "naypyitaw",
    "ndjamena", "new delhi", "new orleans", "new york", "niamey", "nicosia", "nouakchott", "odesa", "odessa", "oklahoma city", "oslo",
    "ottawa", "ouagadougou", "panama city", "paramaribo", "paris", "philadelphia", "phnom penh", "phoenix", "pittsburgh", "podgorica",
    "port moresby", "port of spain", "port-au-prince", "port louis", "prague", "praia", "pretoria", "pristina", "pyongyang", "quebec city",
    "quito", "rabat", "ramallah", "rangoon", "reykjavik", "riga", "rio de janeiro", "riyadh", "rome", "san antonio", "san diego",
    "san francisco", "san jose", "san juan", "san salvador", "sanaa", "santiago", "santo domingo", "sao paulo", "sarajevo", "seattle",
    "seoul", "shanghai", "singapore", "skopje", "sofia", "st. louis", "st. petersburg", "stockholm", "strasbourg", "sucre", "suva",
    "sydney", "taipei", "tallinn", "tashkent", "tbilisi", "tegucigalpa", "tehran", "tel aviv", "the hague", "thimphu", "tirana", "tokyo",
    "toronto", "tripoli", "tunis", "turin", "ulaanbaatar", "united nations", "vaduz", "valletta", "vancouver", "vatican city",
    "venice", "vienna", "vientiane", "vilnius", "warsaw", "washington", "wellington", "windhoek", "yangon", "yaounde", "yerevan", "zagreb",
    "zurich"});

constexpr auto regions = sorted({
    "ala.",  "ariz.", "ark.",  "calif.", "colo.", "conn.", "del.",  "d.c.",  "fla.",  "ga.",   "ill.",  "ind.",  "kan.",  "ky.",
    "la.",   "md.",   "mass.", "mich.",  "minn.", "miss.", "mo.",   "mont.", "neb.",  "nev.",  "n.h.",  "n.j.",  "n.m.",  "n.y.",
    "n.c.",  "n.d.",  "okla.", "ore.",   "pa.",   "r.i.",  "s.c.",  "s.d.",  "tenn.", "tex.",  "vt.",   "va.",   "wash.", "w.va.",
    "wis.",  "wisc.", "wyo.",  "alta.",  "b.c.",  "man.",  "n.b.",  "n.s.",  "ont.",  "que.",  "sask.", "p.e.i.", "u.k.", "u.a.e."});

constexpr auto agencies = sorted({
    "aap", "adnkronos", "afp", "afp-jiji", "agence france presse", "agence france-presse", "agencies", "anadolu", "anadolu agency", "ani",
    "anp", "ansa", "antara", "ap", "apa", "associated press", "ats", "australian associated press", "bbc", "bbc news", "belga",
    "belta", "bernama", "bloomberg", "bloomberg news", "bss", "bta", "business wire", "businesswire", "canadian press", "cnn", "cnn wire",
    "cp", "ctk", "deutsche presse-agentur", "dpa", "efe", "europa press", "fars", "globe newswire", "globenewswire", "gna",
    "ians", "ilo news", "interfax", "interfax-ukraine", "irna", "isna", "itar-tass", "jiji", "jiji press", "kcna", "kuna", "kyodo",
    "kyodo news", "lusa", "marketwired", "mehr", "mti", "newswire", "novosti", "npr", "ntb", "pa", "pa media", "pap",
    "pr newswire", "press association", "press trust of india", "prnewswire", "pti", "reuters", "reuters health", "rfe/rl", "ria",
    "ria novosti", "ritzau", "sana", "spa", "sputnik", "stt", "tanjug", "tass", "the associated press", "the canadian press",
    "the press association", "thomson reuters", "thomson reuters foundation", "tt", "ukrinform", "un news", "unian",
    "united press international", "upi", "vna", "voa", "voice of america", "wam", "wire reports", "wire services", "xinhua",
    "xinhua news agency", "yonhap"});

constexpr auto medium_words = sorted({
    "agency", "broadcaster", "broadcasting", "chronicle", "courier", "daily", "gazette", "guardian", "herald", "independent", "journal",
    "magazine", "media", "mirror", "monitor", "news", "newspaper", "newspapers", "newsroom", "newswire", "observer", "press", "radio",
    "review", "service", "star", "telegraph", "television", "times", "tribune", "tv", "weekly", "wire"});

constexpr auto weekdays = sorted({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed",
                                  "thu", "thur", "thurs", "fri", "sat", "sun", "mon.", "tue.", "tues.", "wed.", "thu.", "thur.", "thurs.",
                                  "fri.", "sat.", "sun."});

constexpr std::string_view months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};

}  // namespace

bool is_dateline_city(std::string_view lower) { return has(cities, lower); }
bool is_region_abbreviation(std::string_view lower) { return has(regions, lower); }
bool is_agency(std::string_view lower) { return has(agencies, lower); }
bool is_medium_word(std::string_view lower) { return has(medium_words, lower); }
bool is_weekday(std::string_view lower) { return has(weekdays, lower); }

int month_of(std::string_view lower) {
  if (lower.ends_with('.')) lower.remove_suffix(1);
  if (lower.size() < 3) return 0;
  for (int n = 0; n < 12; ++n)
    if (months[n] == lower || (lower.size() <= 4 && months[n].starts_with(lower) && (lower.size() == 3 || lower == "sept"))) return n + 1;
  return 0;
}

}  // namespace sayso
