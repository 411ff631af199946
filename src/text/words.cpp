// The tables come from the training parts of UD English EWT 2.16 and GUM: what stands there at least as often with the dot, the
// hyphen, the split as without; and from the usual lists of titles, months and states.
#include "text/words.h"

#include <algorithm>

#include "text/word_table.h"

namespace sayso {

namespace {

constexpr auto titles = sorted({
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "sen", "rep", "reps", "sens", "gov", "govs", "gen", "lt", "col", "capt", "cmdr",
    "sgt", "cpl", "pvt", "maj", "adm", "amb", "supt", "insp", "det", "st", "ste", "ft", "mt", "mme", "mlle", "msgr", "fr", "pres",
    "messrs", "mx", "atty", "asst", "ass't", "vs", "cf", "viz", "e.g", "i.e", "eg", "esp", "approx", "ca", "attn", "arrv", "lv",
    "spec", "conf", "para", "univ", "dept", "fig", "figs", "vol", "vols", "pp", "ch", "sec", "nos"});
constexpr auto anywhere = sorted({
    "inc", "corp", "co", "ltd", "bros", "jr", "sr", "al", "blvd", "ave", "rd", "calif", "mass", "conn", "ariz", "colo", "fla", "minn",
    "tenn", "wash", "wis", "okla", "ore", "penn", "ind", "ill", "mich", "miss", "mo", "neb", "nev", "ont", "que", "va", "la", "pa",
    "ga", "md", "ky", "tex", "kan", "div", "est", "yrs", "mins", "hrs", "lb", "lbs", "oz", "ext", "rec", "esq", "op", "plc"});
// "Sat." is a day, "sat." the end of a sentence; so with these.
constexpr auto capital_only = sorted({"sat", "co", "ave", "rd", "mass", "wash", "ore", "penn", "ill", "miss", "mo", "la", "pa", "ga",
                                      "md", "ky", "fla", "va", "ind", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep",
                                      "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "al", "hon",
                                      "rep", "reps", "sens", "sen", "gen", "col", "det", "mt", "ste", "fr", "fig", "figs", "ch", "sec",
                                      "st", "ft", "pres", "maj", "ms", "spec", "para", "ca", "que", "div", "op", "est", "kan", "tex"});
constexpr auto small_too = sorted({"al", "ca", "sec", "div", "est", "co"});  // "et al.", "ca. 1900", "10 sec."
constexpr auto dates = sorted({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues",
                               "wed", "thu", "thur", "thurs", "fri", "sat"});
constexpr auto numbers = sorted({"no", "nos", "art", "p", "pp", "c"});

constexpr auto hyphen_prefixes = sorted({
    "e", "non", "mid", "co", "pre", "re", "anti", "cross", "post", "over", "ex", "semi", "sub", "multi", "pro", "counter", "mini", "neo",
    "socio", "psycho", "inter", "intra", "micro", "arch", "un", "ultra", "trans", "bi", "tri", "uni", "macro", "mega", "meta", "quasi",
    "de", "dis", "extra", "super", "hyper", "infra", "crypto", "geo", "bio", "electro", "eco", "proto", "pseudo", "poly", "under",
    "vice"});

struct Fused {
  std::string_view word;
  size_t at;
};
constexpr Fused fused[] = {
    {"aint", 2},   {"arent", 3},  {"cannot", 3}, {"cant", 2},   {"couldnt", 5}, {"didnt", 3}, {"doesnt", 4}, {"dont", 2},
    {"gonna", 3},  {"gotta", 3},  {"hadnt", 3},  {"hasnt", 3},  {"havent", 4},  {"heres", 4}, {"hes", 2},    {"im", 1},
    {"isnt", 2},   {"itll", 2},   {"ive", 1},    {"lets", 3},   {"outta", 3},   {"shes", 3},  {"shouldnt", 6}, {"thats", 4},
    {"theres", 5}, {"theyre", 4}, {"theyve", 4}, {"wanna", 3},  {"wasnt", 3},   {"werent", 4}, {"weve", 2},   {"whats", 4},
    {"wont", 2},   {"wouldnt", 5}, {"youll", 3}, {"youre", 3},  {"youve", 3}};
static_assert(std::is_sorted(std::begin(fused), std::end(fused), [](const Fused& a, const Fused& b) { return a.word < b.word; }));

constexpr auto units = sorted({"am", "pm", "AM", "PM", "a.m", "p.m", "mm", "cm", "km", "m", "M", "k", "K", "bn", "tn", "mn", "x", "ft",
                               "in", "kg", "g", "mg", "lb", "lbs", "oz", "hr", "hrs", "h", "min", "mins", "sec", "ms", "mph", "kph",
                               "kmh", "Hz", "kHz", "MHz", "GHz", "MB", "GB", "TB", "KB", "kb", "MW", "GW", "kW", "kWh", "MWh", "V", "W",
                               "C", "F", "f", "hh", "psi", "ml", "l", "L", "ha", "mi", "p", "yrs", "c", "cc"});

// No ending that is a word too ("end.No" is two sentences).
constexpr auto name_endings = sorted({
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "uk", "au", "fr", "eu", "ie", "nz", "tv", "io",
    "ru", "ua", "jp", "cn", "nl", "ch", "mx", "br", "za", "il", "pl", "dk", "fi", "doc", "docx",
    "xls", "xlsx", "pdf", "jpg", "jpeg", "png", "gif", "html", "htm", "txt", "zip", "ppt", "pptx", "mp3", "mp4", "exe", "csv", "url", "php",
    "aspx", "asp", "py", "js"});

constexpr auto elisions = sorted({"em", "til", "cause", "bout", "tis", "twas", "round", "cuz", "n"});

constexpr auto speech_verbs = sorted({
    "said", "says", "say", "asked", "asks", "replied", "answered", "added", "told", "cried", "shouted", "exclaimed", "demanded", "wrote",
    "tweeted", "posted", "declared", "announced", "insisted", "yelled", "joked", "wondered", "inquired", "enquired", "continued", "remarked",
    "responded", "retorted", "chanted", "screamed", "warned", "urged", "quipped", "went", "called", "queried", "mused", "exhorted"});

constexpr auto starters = sorted({
    "The", "He", "She", "It", "In", "But", "We", "They", "I", "This", "A", "And", "However", "There", "If", "For", "As", "That", "On", "At",
    "When", "These", "His", "Her", "Their", "You", "What", "After", "An", "Our", "So", "Its", "My", "Some", "Many", "While", "Since", "Please",
    "No", "Not", "How", "Why", "Who", "Where", "Most", "One", "With", "By", "From", "To", "Also", "Then", "Although", "Those", "All"});

}  // namespace

Abbreviation abbreviation(std::string_view lower, bool capital) {
  if (lower == "etc") return Abbreviation::within_only;
  if (has(numbers, lower)) return Abbreviation::number;
  if (!capital && has(capital_only, lower) && !has(small_too, lower)) return Abbreviation::none;
  if (has(titles, lower)) return Abbreviation::title;
  if (has(anywhere, lower) || has(dates, lower)) return Abbreviation::anywhere;
  return Abbreviation::none;
}

bool keeps_hyphen(std::string_view lower) { return has(hyphen_prefixes, lower); }

size_t fused_at(std::string_view lower) {
  const auto* found = std::lower_bound(std::begin(fused), std::end(fused), lower, [](const Fused& f, std::string_view w) { return f.word < w; });
  return found != std::end(fused) && found->word == lower ? found->at : 0;
}

bool is_unit(std::string_view suffix) { return has(units, suffix); }
bool is_name_ending(std::string_view lower) { return has(name_endings, lower); }
bool is_elision(std::string_view lower) { return has(elisions, lower); }
bool is_speech_verb(std::string_view lower) { return has(speech_verbs, lower); }
bool starts_sentences(std::string_view word) { return has(starters, word); }

}  // namespace sayso
