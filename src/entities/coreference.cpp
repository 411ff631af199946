#include "entities/coreference.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "mentions/links.h"
#include "text/news_names.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

const WordSet first_person = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
const WordSet third_person = {"he", "him", "his", "himself", "she", "her", "hers", "herself"};
const WordSet plural_pronouns = {"they", "them", "their", "theirs", "themselves"};
const WordSet thing_pronouns = {"it", "its", "itself", "this", "that", "these", "those"};
const WordSet other_pronouns = {"you", "your", "yours", "yourself", "yourselves", "who", "whom", "whose", "which", "that", "this", "these", "those", "one", "everyone", "everybody", "someone",
                                "somebody", "anyone", "anybody", "nobody"};
const WordSet indefinite = {"a", "an", "some", "several", "many", "few", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "no", "any", "every", "each", "another", "most", "other"};
// A title as it is said.
std::string full_title(const std::string& word) {
  static const std::map<std::string, std::string> full = {{"gov", "governor"}, {"sen", "senator"}, {"rep", "representative"}, {"prof", "professor"}, {"gen", "general"}, {"dr", "doctor"},
                                                          {"capt", "captain"}, {"col", "colonel"}, {"lt", "lieutenant"}, {"sgt", "sergeant"}};
  const auto found = full.find(word);
  return found == full.end() ? word : found->second;
}

const WordSet definite = {"the", "this", "that", "these", "those"};
const WordSet possessives = {"his", "her", "its", "their", "our", "my", "your"};

// What stands before a body's name in small letters: “the operator, Caldrail”, “the daily ‘Vestrand Courier’”.
const WordSet body_descriptions = {"operator", "company", "firm", "consultancy", "manufacturer", "maker", "retailer", "carrier", "airline", "broadcaster", "newspaper", "daily", "weekly", "magazine",
                                   "agency", "station", "site", "website", "paper", "party", "union", "charity", "supplier", "group", "concern", "bank", "club"};

// How sure the network must be of a link. Below zero: something that must have an antecedent takes the best there is.
constexpr float least_for_he = -2.0f;
constexpr float gain_of_last_speaker = 3.0f;  // “…,” she added: who speaks on in a paragraph is mostly who spoke
constexpr float least_for_it = 0.0f;
constexpr float least_for_description = 0.0f;
constexpr float least_for_what_is_introduced = 1.0f;  // “a spokesman”, “his wife”: mostly somebody new
constexpr float least_for_apposition = -2.0f;
// Names that share no word are one only when the network is sure of it.
constexpr float least_for_other_names = 2.0f;

template <class Set>
bool has(const Set& set, const std::string& word) {
  return set.contains(word);
}

std::string first_word(const Document& document, Span span) {
  const std::vector<std::string> words = words_of(document.at(span));
  return words.empty() ? std::string() : words.front();
}

bool is_plural_noun(const std::string& word) { return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is"); }

class Clustering {
 public:
  Clustering(const Document& document, const FoundMentions& found, const MentionModel& model) : document_(document), found_(found), links_(document, found, model) {}

  Coreference run() {
    collect_nodes();
    find_sources();
    order_nodes();
    find_speakers();
    group_of_.resize(nodes_.size());
    for (size_t i = 0; i < nodes_.size(); ++i) {
      groups_.push_back({{i}, {}, std::nullopt, false});
      group_of_[i] = i;
    }
    for (size_t i = 0; i < nodes_.size(); ++i) describe(i);
    for (size_t i = 0; i + 1 < nodes_.size(); ++i)  // two phrases around one head word are one mention, long and short
      for (size_t j = i + 1; j < nodes_.size() && nodes_[j].span.begin < nodes_[i].span.end; ++j)
        if (nodes_[i].head == nodes_[j].head) join(i, j);
    link_names();
    link_appositions();
    for (size_t i = 0; i < nodes_.size(); ++i)
      if (!nodes_[i].name && !nodes_[i].speaker) link_other(i);
    for (size_t i = 0; i < nodes_.size(); ++i)
      if (!nodes_[i].name && nodes_[i].speaker) link_other(i);
    link_own_names();
    return number_clusters();
  }

 private:
  struct Group {
    std::vector<size_t> nodes;
    std::vector<std::vector<std::string>> names;  // name_words of each different name
    std::optional<Gender> gender;
    bool person = false;                          // “he” or a title says so, or all its names
  };

  // ---- nodes ----

  // The smallest node that holds the span and whose head stands in it.
  std::optional<size_t> node_around(Span span) const {
    std::optional<size_t> best;
    for (size_t i = 0; i < nodes_.size(); ++i)
      if (nodes_[i].span.contains(span) && span.contains(nodes_[i].head) && (!best || nodes_[i].span.size() < nodes_[*best].span.size())) best = i;
    return best;
  }

  // Units [begin, end) without what a blank line parts from unit `keep`: a byline is no part of the name that the next paragraph begins with.
  Range within_paragraph(Range units, uint32_t keep) const {
    const auto parted = [&](uint32_t unit) { return document_.at({found_.units[unit].end, found_.units[unit + 1].begin}).find("\n\n") != std::string_view::npos; };
    for (uint32_t unit = keep; unit > units.begin; --unit)
      if (parted(unit - 1)) units.begin = unit;
    for (uint32_t unit = keep; unit + 1 < units.end; ++unit)
      if (parted(unit)) units.end = unit + 1;
    return units;
  }

  std::vector<FoundName> names_in_lines() const {
    std::vector<FoundName> out;
    for (const FoundName& name : found_.names)
      for (uint32_t at = name.units.begin; at < name.units.end;) {
        const Range part = within_paragraph({at, name.units.end}, at);
        out.push_back({part, name.type});
        at = part.end;
      }
    return out;
  }

  void collect_nodes() {
    for (size_t m = 0; m < found_.mentions.size(); ++m) {
      const FoundMention& mention = found_.mentions[m];
      MentionNode node;
      node.span = found_.span_of(within_paragraph(mention.units, mention.head));
      node.head = found_.units[mention.head];
      node.kind = mention.kind;
      node.type = mention.type;
      node.found = m;
      const std::string head = to_lower(document_.at(node.head));
      // The lists know all pronouns there are; what the network takes for one and is none is a description.
      if (is_pronoun(head) && mention.units.end - mention.units.begin == 1 && !is_acronym_word(node.head)) node.kind = MentionKind::pronoun;
      else if (node.kind == MentionKind::pronoun) node.kind = MentionKind::nominal;
      if (node.kind == MentionKind::nominal) node.head = head_of(node.span);
      nodes_.push_back(node);
    }
    for (const FoundName& name : names_in_lines()) {
      const Span span = found_.span_of(name.units);
      const Span bare = trim_title(document_, span);
      if (bare.begin >= bare.end) continue;
      if (const auto at = node_around(span); at && nodes_[*at].kind != MentionKind::pronoun && !leads_elsewhere({nodes_[*at].span.begin, std::max(nodes_[*at].span.begin, span.begin)})) {
        MentionNode& node = nodes_[*at];
        node.name = bare;
        node.kind = MentionKind::name;
        node.type = name.type;
        continue;
      }
      MentionNode node;
      node.span = trim_name(document_, span);
      node.head = found_.units[name.units.end - 1];
      node.name = bare;
      node.kind = MentionKind::name;
      node.type = name.type;
      nodes_.push_back(node);
    }
    for (MentionNode& node : nodes_) {
      if (node.name || node.kind == MentionKind::pronoun) continue;
      if (is_acronym_word(node.head) && node.span == node.head && is_pronoun(to_lower(document_.at(node.head)))) {  // “WHO”, “US”
        node.kind = MentionKind::name;
        node.name = node.span;
        node.type = ThingType::organisation;
        continue;
      }
      // A name that the tags of names passed over: of another kind (a bill, a prize), a short form (“the Front”), or missed.
      const std::optional<Span> run = capitals_around(node);
      node.kind = run ? MentionKind::name : MentionKind::nominal;
      node.name = run;
      if (!run) node.head = head_of(node.span);
    }
    for (MentionNode& node : nodes_)
      if (node.kind != MentionKind::pronoun) name_behind_description(node);
    for (MentionNode& node : nodes_) {
      if (!node.name) continue;
      mend_name(node);
      if (is_kind_of_people(node)) {
        node.name.reset();
        node.kind = MentionKind::nominal;
        node.type = ThingType::person;
        node.head = head_of(node.span);
      } else {
        node.span = {std::min(node.span.begin, node.name->begin), std::max(node.span.end, node.name->end)};
      }
    }
    collect_datelines();
    mend_types();
    for (MentionNode& node : nodes_)
      if (node.name && node.type == ThingType::person) take_titles(node);
  }

  // “the sports daily | Final Whistle”: a body's description and behind it capitals to the phrase's end are its name, though the tags of names have none.
  void name_behind_description(MentionNode& node) const {
    const auto& tokens = document_.tokens.items;
    size_t at = static_cast<size_t>(std::lower_bound(tokens.begin(), tokens.end(), node.span.begin, [](const Token& t, uint32_t byte) { return t.span.begin < byte; }) - tokens.begin());
    std::optional<Span> name;
    for (size_t described = SIZE_MAX; at < tokens.size() && tokens[at].span.end <= node.span.end; ++at) {
      const std::string_view word = document_.at(tokens[at].span);
      if (word == ",") break;
      if (has(body_descriptions, to_lower(word)) && !is_capital(tokens[at].span)) described = at;
      else if (described != SIZE_MAX && is_capital(tokens[at].span)) name = Span{name ? name->begin : tokens[at].span.begin, tokens[at].span.end};
      else if (name || (described != SIZE_MAX && word != "“" && word != "\"")) break;
    }
    if (!name || (node.name && node.name->overlaps(*name))) return;
    node.name = name;
    node.kind = MentionKind::name;
    node.type = ThingType::organisation;
    if (!name->contains(node.head)) node.head = head_of(*name);
  }

  // What a name's surroundings tell of its kind, all over the document: names that nobody has heard of are persons to the network as often as not.
  void mend_types() {
    std::map<std::string, ThingType> told;
    for (const Section& section : document_.sections)
      if (section.agency) told[std::string(document_.at(*section.agency))] = ThingType::organisation;
    const std::unordered_set<std::string> governing = find_governing(document_);
    WordSet surnames, companies;  // what persons' names end with behind a blank; “Calder” of “Calder Foods”
    for (const MentionNode& node : nodes_) {
      if (!node.name) continue;
      const std::string name(document_.at(*node.name));
      if (node.type == ThingType::person)
        for (size_t blank = name.find(' '); blank != std::string::npos; blank = name.find(' ', blank + 1)) surnames.insert(name.substr(blank + 1));
      if (const std::vector<std::string> words = words_of(name); words.size() == 2 && names_company(words.back()) && name.find(' ') != std::string::npos) companies.insert(name.substr(0, name.find(' ')));
    }
    for (const MentionNode& node : nodes_) {
      if (!node.name) continue;
      const std::string name(document_.at(*node.name));
      if (has(surnames, name)) continue;  // “Obama’s government” is no state's
      if (node.type == ThingType::person && has(companies, name)) {
        told[name] = ThingType::organisation;
        continue;
      }
      if (is_state(governing, name)) told[name] = ThingType::place;
      else if (const auto type = type_beside(*node.name)) told.emplace(name, *type);
    }
    for (MentionNode& node : nodes_)
      if (node.name)
        if (const auto found = told.find(std::string(document_.at(*node.name))); found != told.end()) node.type = found->second;
  }

  // What companies are called by behind their name: “Calder Foods”.
  static bool names_company(const std::string& word) {
    static const WordSet words = {"foods", "holdings", "group", "bank", "industries", "motors", "airlines", "airways", "energy", "systems", "technologies", "pharma", "media", "partners", "capital", "securities", "inc", "corp",
                                  "ltd", "plc", "company", "co", "corporation", "stores", "railways", "shipping", "steel", "oil", "gas", "electric", "insurance", "ferries", "logistics", "software", "labs"};
    return has(words, word);
  }

  // “the operator, Caldrail”, “the consultancy Goalmark”, “the daily “Vestrand Courier””; “Caldrail’s managing director”.
  std::optional<ThingType> type_beside(Span name) const {
    const auto& tokens = document_.tokens.items;
    const size_t at = static_cast<size_t>(std::lower_bound(tokens.begin(), tokens.end(), name.begin, [](const Token& t, uint32_t byte) { return t.span.begin < byte; }) - tokens.begin());
    size_t before = at;
    while (before > 0 && at - before < 2 && (document_.at(tokens[before - 1].span) == "," || document_.at(tokens[before - 1].span) == "“" || document_.at(tokens[before - 1].span) == "\"")) --before;
    if (before > 0 && document_.at({tokens[before - 1].span.end, name.begin}).find('\n') == std::string_view::npos) {
      const std::string word = to_lower(document_.at(tokens[before - 1].span));
      const bool comma = document_.at(tokens[at > 0 ? at - 1 : 0].span) == ",";
      const bool begins = before > 1 && !is_capital(tokens[before - 1].span);
      if (begins && has(body_descriptions, word) && (!comma || closes(name.end))) return ThingType::organisation;
    }
    const std::string behind = to_lower(document_.at({name.end, std::min<uint32_t>(name.end + 40, static_cast<uint32_t>(document_.text.size()))}).substr(0, 40));
    if (words_of(document_.at(name)).size() == 1)
      for (const std::string_view role : {"managing director", "chief executive", "owner", "shareholders", "customers", "factory", "headquarters", "board", "workers"})
        for (const std::string_view possessive : {"’s ", "'s "})
          if (behind.starts_with(std::string(possessive).append(role))) return ThingType::organisation;
    return std::nullopt;
  }

  // “US President Barack Obama”: the name begins behind the last title in it.
  void cut_inner_titles(Span& name) const {
    uint32_t begin = name.begin;
    for (size_t t = first_token(name.begin); t < document_.tokens.size(); ++t) {
      const Token& token = document_.tokens[t];
      if (token.span.begin < name.begin) continue;
      if (token.span.end >= name.end) break;
      std::string word = to_lower(document_.at(token.span));
      if (word.ends_with('.')) word.pop_back();
      // “Farmer Ingrid Vass”: what somebody is has a capital where the sentence begins, and two more follow.
      if (is_title(word) || (begin == name.begin && token.span.begin == name.begin && is_speaking_role(word) && std::count(document_.text.begin() + token.span.end, document_.text.begin() + name.end, ' ') >= 2)) begin = token.span.end;
    }
    while (begin < name.end && (document_.text[begin] == ' ' || document_.text[begin] == '.')) ++begin;
    if (begin < name.end) name.begin = begin;
  }

  // “financial daily | Kurs”: small words in front of a capital, but those that names begin with.
  void cut_small_words(Span& name) const {
    static const WordSet begin_names = {"de", "van", "von", "al", "bin", "ben", "el", "la", "le", "di", "da", "dos", "del", "der", "den", "ten", "ter", "abu"};
    const auto& tokens = document_.tokens.items;
    auto at = std::lower_bound(tokens.begin(), tokens.end(), name.begin, [](const Token& t, uint32_t byte) { return t.span.begin < byte; });
    for (; at != tokens.end() && at->span.end <= name.end; ++at) {
      const std::string_view word = document_.at(at->span);
      if (is_capital(at->span) || has(begin_names, std::string(word)) || word[0] < 'a' || word[0] > 'z') {
        if (is_capital(at->span)) name.begin = at->span.begin;
        return;
      }
      if (at + 1 == tokens.end() || (at + 1)->span.end > name.end) return;
    }
  }

  // “University of Sheffield of [the]”: words that join nothing.
  void cut_loose_ends(Span& name) const {
    for (bool cut = true; cut;) {
      cut = false;
      for (const std::string_view loose : {" of", " the", " and", " for", " &"})
        if (document_.at(name).ends_with(loose)) {
          name.end -= static_cast<uint32_t>(loose.size());
          cut = true;
        }
    }
    if (name.end < document_.text.size() && document_.text[name.end] == '.' && name.size() >= 3 && document_.text[name.end - 2] == '.') ++name.end;  // “U.S.”
  }

  // “Democrats”, “the Europeans”, “one Republican”: a kind of people has a capital and is nobody's name.
  bool is_kind_of_people(const MentionNode& node) const {
    const std::vector<std::string> name = split_words(document_.at(*node.name));
    static const WordSet kinds = {"muslims", "christians", "jews", "catholics", "evangelicals", "hispanics", "latinos", "asians", "africans", "arabs", "kurds", "shiites", "sunnis", "the", "a", "an"};
    const std::string address = first_word(document_, node.span);
    const bool addressed = address == "mr" || address == "mrs" || address == "ms" || address == "miss";  // “Mr. King” is no king
    if (!addressed && std::all_of(name.begin(), name.end(), [](const std::string& word) { return is_title(to_lower(word)) || word == "."; })) return true;
    if (name.size() != 1) return false;
    if (starts_sentence(node.span) && is_plural_noun(to_lower(name.front())) && kind_of({to_lower(name.front())}) == SourceKind::document) return true;  // “Polls show”
    if (has(kinds, to_lower(name.front()))) return true;
    const std::string first = first_word(document_, node.span);
    return (is_plural_noun(to_lower(name.front())) && kind_of(name) == SourceKind::group) || (node.type == ThingType::person && (has(indefinite, first) || first == "one"));
  }

  // A name goes on over capitals in its phrase (“North Coast | Agency”), and a body's over small words to what it is (“Vestrand | city hall”, “Trump |
  // campaign”); in front of an opening quotation mark stands none of it (“daily “Vestrand Courier”).
  void mend_name(MentionNode& node) const {
    Span& name = *node.name;
    for (const std::string_view behind : {" in ", ", ", " | "})
      if (const size_t at = document_.at(name).find(behind); at != std::string_view::npos && at > 0) name.end = name.begin + static_cast<uint32_t>(at);
    if (node.type == ThingType::person) {
      cut_inner_titles(name);
      // “Piers Odom | of Hallam Bank”.
      if (const size_t at = document_.at(name).find(" of "); at != std::string_view::npos && document_.at(name).substr(0, at).find(' ') != std::string_view::npos) name.end = name.begin + static_cast<uint32_t>(at);
    }
    cut_small_words(name);
    cut_loose_ends(name);
    if (!name.contains(node.head)) node.head = head_of(name);
    if (!document_.at(name).empty() && std::all_of(document_.at(name).begin(), document_.at(name).end(), [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); })) return;
    for (const std::string_view mark : {"“", "\"", "‘", "«"})
      if (const size_t at = document_.at(name).find(mark); at != std::string_view::npos && at + mark.size() < name.size()) name.begin += static_cast<uint32_t>(at + mark.size());
    const Span phrase_head = head_of({name.begin, std::max(name.end, node.span.end)});
    if (phrase_head.begin < name.end) return;
    const bool body = is_body_word(to_lower(document_.at(phrase_head)));
    Span to = phrase_head;
    if (!body) {
      // Only over the capitals.
      to = Span{name.end, name.end};
      for (size_t t = first_token(name.end); t < document_.tokens.size(); ++t) {
        const Token& token = document_.tokens[t];
        if (token.span.begin < name.end) continue;
        if (token.span.begin >= phrase_head.end || document_.at({to.end, token.span.begin}) != " " || !is_capital(token.span)) break;
        to = token.span;
      }
    }
    if (to.end <= name.end) return;
    name.end = to.end;
    name = trim_title(document_, name);  // “Commissioner | Olaf Rem”
    node.head = phrase_head;
    if (body) node.type = ThingType::organisation;
  }

  // “a video featuring | Tom Cruise”, “the mayor of | Vestrand”: words in front of a name behind which it is another's.
  bool leads_elsewhere(Span before) const {
    static const WordSet ends = {"of", "in", "at", "from", "for", "with", "on", "by", "who", "whom", "which", "that", "to", "about", "and", "or", "near", "between", "against", "including"};
    const std::vector<std::string> words = words_of(document_.at(before));
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return has(ends, word) || (word.size() > 5 && word.ends_with("ing")); });
  }

  // A dateline's place and agency, and that of a credit, are known from its form; what the network makes of such a line is not looked at.
  void collect_datelines() {
    for (const Section& section : document_.sections) {
      const bool credit = section.kind == SectionKind::credit && section.agency;
      if (section.kind != SectionKind::dateline && !credit) continue;
      std::erase_if(nodes_, [&](const MentionNode& node) { return section.span.overlaps(node.span); });
      for (const auto& [span, type] : {std::pair(section.place, ThingType::place), std::pair(section.agency, ThingType::organisation)}) {
        if (!span) continue;
        MentionNode node;
        node.span = *span;
        node.head = *span;
        node.name = *span;
        node.kind = MentionKind::name;
        node.type = type;
        nodes_.push_back(node);
      }
    }
  }

  // The capitals around a mention's head word, over “of” and the like; nothing when the head has none, begins a sentence as any word does, or when all of
  // them are titles (“the Secretary”).
  std::optional<Span> capitals_around(const MentionNode& node) const {
    static const WordSet inside = {"of", "the", "for", "de", "&", "’s", "'s", "’", "'"};
    if (!is_capital(node.head) || (starts_sentence(node.head) && node.kind != MentionKind::name)) return std::nullopt;
    const auto& tokens = document_.tokens.items;
    const auto at = std::lower_bound(tokens.begin(), tokens.end(), node.head.begin, [](const Token& t, uint32_t byte) { return t.span.begin < byte; });
    if (at == tokens.end() || at->span.begin != node.head.begin) return std::nullopt;
    const auto in_phrase = [&](Span word) { return node.span.contains(word); };
    Span run = at->span;
    for (auto left = at; left != tokens.begin();) {
      --left;
      if (!in_phrase(left->span)) break;
      if (is_capital(left->span)) run.begin = left->span.begin;
      else if (!has(inside, to_lower(document_.at(left->span)))) break;
    }
    for (auto right = at + 1; right != tokens.end() && in_phrase(right->span); ++right) {
      if (is_capital(right->span)) run.end = right->span.end;
      else if (!has(inside, to_lower(document_.at(right->span)))) break;
    }
    run = trim_title(document_, run);
    if (run.begin >= run.end) return std::nullopt;
    const std::vector<std::string> words = words_of(document_.at(run));
    if (std::all_of(words.begin(), words.end(), [](const std::string& word) { return is_title(word) || is_pronoun(word); })) return std::nullopt;
    return run;
  }

  bool is_capital(Span word) const {
    size_t at = word.begin;
    return is_upper(next_code_point(document_.text, at));
  }

  // “Transport Minister Helga Brandt”, “campaign manager Ida Moe”: the words in front of a name from the first capital or the one word before a title on.
  void take_titles(MentionNode& node) const {
    if (node.span.begin < node.name->begin) return;
    const auto& tokens = document_.tokens.items;
    size_t i = static_cast<size_t>(std::lower_bound(tokens.begin(), tokens.end(), node.span.begin, [](const Token& t, uint32_t at) { return t.span.begin < at; }) - tokens.begin());
    const auto word = [&](size_t n) {
      std::string w = to_lower(document_.at(tokens[n].span));
      if (w.ends_with('.')) w.pop_back();
      return w;
    };
    const auto touches = [&](size_t n) { return document_.at({tokens[n].span.end, tokens[n + 1 < tokens.size() ? n + 1 : n].span.begin}) == " "; };
    if (i == 0 || i >= tokens.size() || !touches(i - 1) || !is_title(word(i - 1))) return;
    --i;
    while (i > 0 && touches(i - 1) && (is_title(word(i - 1)) || (is_capital(tokens[i - 1].span) && is_capital(tokens[i].span)))) --i;
    node.span.begin = tokens[i].span.begin;
  }

  // The node of each source; one is made where the network has none.
  void find_sources() {
    for (const Attribution& a : document_.attributions) {
      if (!a.source) {
        source_spans_.push_back(std::nullopt);
        continue;
      }
      const Span source = envelope(a.source->part);
      std::optional<size_t> best;
      const Span core = core_of(source);
      const auto rank = [&](size_t i) {
        const MentionNode& node = nodes_[i];
        const bool from_the_start = node.span.begin <= source.begin || trim_name(document_, source).begin >= node.span.begin;
        // “The Aldrian president, Casimir Holt”: the phrase's own head word, or the name that stands beside it.
        const bool beside = node.name && node.name->size() > 3 && node.span.begin > source.begin + 2 && document_.at({node.span.begin - 2, node.span.begin}) == ", ";
        return std::tuple(node.span == source, node.head == core || beside || is_name_behind_role(node, source, core), from_the_start, node.name.has_value(), node.span.size());
      };
      for (size_t i = 0; i < nodes_.size(); ++i) {
        const MentionNode& node = nodes_[i];
        if (!source.contains(node.head) || node.span.begin + 4 < source.begin || node.span.end > source.end + 4) continue;
        const std::string_view behind = std::string_view(document_.text).substr(node.span.end, 4);
        if (node.span.end < source.end && (behind.starts_with("’s") || behind.starts_with("'s"))) continue;  // “Caldrail’s managing director”
        if (!best || rank(*best) < rank(i)) best = i;
      }
      if (!best) {
        best = nodes_.size();
        nodes_.push_back(make_source_node(source));
      }
      // The source is the whole phrase; a name whose title the network left out has it now.
      MentionNode& node = nodes_[*best];
      if (node.name && source.begin < node.span.begin && document_.at({source.begin, node.span.begin}).find(',') == std::string_view::npos) node.span.begin = source.begin;
      source_spans_.push_back(node.span);
      source_heads_.resize(source_spans_.size());
      source_heads_.back() = node.head;
    }
    source_heads_.resize(source_spans_.size());
  }

  // A source's head word; that of “words of the head of the service” is “head”.
  Span core_of(Span source) const {
    for (const std::string_view words : {"words of ", "the words of "})
      if (to_lower(document_.at(source)).starts_with(words)) return head_of({source.begin + static_cast<uint32_t>(words.size()), source.end});
    return head_of(source);
  }

  // “governor of Kasmin region | Anton Velichko”: a role with what it is of, and a name of two words without a comma.
  bool is_name_behind_role(const MentionNode& node, Span source, Span core) const {
    return node.name && node.type == ThingType::person && core.end < node.name->begin && node.name->end + 1 >= source.end && is_speaking_role(to_lower(document_.at(core))) &&
           words_of(document_.at(*node.name)).size() >= 2 && document_.at({core.end, node.name->begin}).find(',') == std::string_view::npos;
  }

  MentionNode make_source_node(Span source) const {
    MentionNode node;
    node.span = source;
    const std::vector<std::string> words = split_words(document_.at(source));
    // Its head word: the last before a comma or preposition, as kind_of() has it, found by its place.
    node.head = head_of(source);
    const std::string head = to_lower(document_.at(node.head));
    const SourceKind kind = kind_of(words);
    node.type = kind == SourceKind::person || kind == SourceKind::group ? ThingType::person
                : kind == SourceKind::country || kind == SourceKind::place ? ThingType::place
                : kind == SourceKind::document                            ? ThingType::other
                                                                          : ThingType::organisation;
    size_t at = node.head.begin;
    if (is_pronoun(head) && !is_acronym_word(node.head)) node.kind = MentionKind::pronoun;
    else if (is_upper(next_code_point(document_.text, at)) && (node.head.begin != source.begin || words.size() == 1) && kind != SourceKind::group) {
      node.kind = MentionKind::name;
      const Span bare = trim_title(document_, source);
      if (bare.begin < bare.end && bare.contains(node.head)) node.name = Span{bare.begin, node.head.end};
    }
    return node;
  }

  // The first token that ends behind byte `at`.
  size_t first_token(uint32_t at) const {
    const auto& tokens = document_.tokens.items;
    return static_cast<size_t>(std::upper_bound(tokens.begin(), tokens.end(), at, [](uint32_t byte, const Token& t) { return byte < t.span.end; }) - tokens.begin());
  }

  Span head_of(Span span) const {
    static const WordSet ends = {"of", "in", "at", "from", "for", "with", "on", "by", "who", "whom", "which", "that", "familiar", "close", "to", "about", "and", "or", "near", "as"};
    Span head{span.begin, span.begin};
    bool any = false;
    for (size_t t = first_token(span.begin); t < document_.tokens.size(); ++t) {
      const Token& token = document_.tokens[t];
      if (token.span.begin >= span.end) break;
      const std::string word = to_lower(document_.at(token.span));
      size_t at = token.span.begin;
      const bool spoken = is_word(next_code_point(document_.text, at));
      const bool possessive = word == "’" || word == "'" || word == "’s" || word == "'s" || word == "s";
      if (possessive) continue;
      if (any && (!spoken || has(ends, word))) break;
      if (spoken) {
        head = {std::max(token.span.begin, span.begin), std::min(token.span.end, span.end)};
        any = true;
      }
    }
    return any ? head : span;
  }

  void order_nodes() {
    std::stable_sort(nodes_.begin(), nodes_.end(), [](const MentionNode& a, const MentionNode& b) { return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end; });
    for (size_t a = 0; a < source_spans_.size(); ++a) {
      sources_.push_back(std::nullopt);
      if (!source_spans_[a]) continue;
      for (size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i].span == *source_spans_[a] && nodes_[i].head == source_heads_[a]) sources_.back() = i;
    }
  }

  // Whose words a node stands in.
  void find_speakers() {
    for (size_t i = 0; i < nodes_.size(); ++i) {
      uint32_t smallest = ~0u;
      for (size_t a = 0; a < document_.attributions.size(); ++a) {
        const Attribution& attribution = document_.attributions[a];
        if (attribution.quotation == Quotation::indirect || !sources_[a] || *sources_[a] == i) continue;
        const auto& spans = attribution.content.spans;
        const auto inside = std::find_if(spans.begin(), spans.end(), [&](Span s) { return s.contains(nodes_[i].span); });
        if (inside == spans.end() || !is_quoted(nodes_[i].span)) continue;
        const uint32_t size = envelope(attribution.content).size();
        if (size < smallest) {
          smallest = size;
          nodes_[i].speaker = a;
        }
      }
    }
  }

  // “WHO”, “US”: capitals that would be a pronoun in small letters.
  bool is_acronym_word(Span word) const {
    const std::string_view text = document_.at(word);
    return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  bool is_quoted(Span span) const {
    return std::any_of(document_.quotes.begin(), document_.quotes.end(), [&](const Quote& q) { return q.span.contains(span); });
  }

  // ---- groups ----

  size_t group(size_t node) const { return group_of_[node]; }

  void describe(size_t i) {
    MentionNode& node = nodes_[i];
    Group& g = groups_[i];
    if (node.name) {
      g.names.push_back(name_words(document_.at(*node.name)));
      g.person = node.type == ThingType::person;
      for (const std::string& word : words_of(document_.at({node.span.begin, node.name->begin})))
        if (const auto gender = gender_of(word); gender && !has(possessives, word)) g.gender = gender;
      if (g.person && !g.gender && g.names.front().size() > 1) g.gender = gender_of_first_name(g.names.front().front());
    } else if (const std::string head = to_lower(document_.at(node.head)); !head.empty()) {
      g.gender = gender_of(head);
      if (node.kind == MentionKind::pronoun) g.person = has(third_person, head) || has(first_person, head);
    }
  }

  void join(size_t a, size_t b) {
    a = group(a);
    b = group(b);
    if (a == b) return;
    if (a > b) std::swap(a, b);
    Group &to = groups_[a], &from = groups_[b];
    for (const size_t node : from.nodes) {
      group_of_[node] = a;
      to.nodes.push_back(node);
    }
    for (auto& name : from.names)
      if (std::find(to.names.begin(), to.names.end(), name) == to.names.end()) to.names.push_back(std::move(name));
    if (!to.gender) to.gender = from.gender;
    to.person = to.person || from.person;
    from = {};
  }

  // Neither stands in the other, but as an apposition: “his lawyer” is not he.
  bool nested(size_t i, size_t j) const {
    const Span &a = nodes_[i].span, &b = nodes_[j].span;
    if (!a.overlaps(b) || a == b) return false;
    const auto [outer, inner] = a.size() >= b.size() ? std::pair(i, j) : std::pair(j, i);
    if (nodes_[outer].span.contains(nodes_[inner].span) && nodes_[outer].head == nodes_[inner].head) return false;
    const size_t at = nodes_[inner].span.begin;
    const std::string_view before = std::string_view(document_.text).substr(nodes_[outer].span.begin, at - nodes_[outer].span.begin);
    return !(before.ends_with(", ") && nodes_[inner].kind != MentionKind::pronoun);
  }

  bool may_join(size_t g, size_t node) const {
    const Group &a = groups_[g], &b = groups_[group(node)];
    if (a.gender && b.gender && *a.gender != *b.gender) return false;
    for (const size_t i : a.nodes)
      for (const size_t j : b.nodes)
        if (nested(i, j)) return false;
    return true;
  }

  float link_score(size_t i, size_t j) const {
    if (!nodes_[i].found || !nodes_[j].found) return -1e9f;
    const size_t later = std::max(*nodes_[i].found, *nodes_[j].found), earlier = std::min(*nodes_[i].found, *nodes_[j].found);
    if (later == earlier || later - earlier > farthest_antecedent) return -1e9f;
    return links_.score(later, earlier);
  }

  // ---- names ----

  bool is_body(size_t node) const { return nodes_[node].type != ThingType::person; }

  void link_names() {
    // Longer names first, so that “Brandt” finds “Helga Brandt” also where it stands in the headline above her.
    std::vector<size_t> order;
    for (size_t i = 0; i < nodes_.size(); ++i)
      if (nodes_[i].name) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return std::min<size_t>(2, name_of_node(a).size()) > std::min<size_t>(2, name_of_node(b).size()); });
    std::vector<size_t> seen;
    for (const size_t i : order) {
      std::optional<size_t> best;
      std::tuple<int, float, int64_t> best_rank;
      std::unordered_map<size_t, std::optional<NameMatch>> tried;  // of each group, once: how the names stand to each other, or nothing when they cannot be one
      for (const size_t j : seen) {
        const size_t g = group(j);
        // One body's name is another's only when both are of one type; a person's and a body's never.
        if (is_body(i) != is_body(j)) continue;
        const auto [known, is_new] = tried.try_emplace(g);
        if (is_new) known->second = match_group(i, g);
        if (!known->second) continue;
        const NameMatch match = *known->second;
        const float score = link_score(i, j);
        if (match == NameMatch::part && is_body(i) && !is_short_form(i, j) && score < 0) continue;
        if (match == NameMatch::none && (score < least_for_other_names || nodes_[i].type != nodes_[j].type || !is_body(i))) continue;
        const int64_t distance = -std::abs(static_cast<int64_t>(nodes_[i].span.begin) - static_cast<int64_t>(nodes_[j].span.begin));
        const std::tuple<int, float, int64_t> rank{match == NameMatch::same ? 2 : match == NameMatch::part ? 1 : 0, match == NameMatch::same ? 0.0f : std::max(score, 0.0f), distance};
        if (!best || best_rank < rank) {
          best = j;
          best_rank = rank;
        }
      }
      if (best) join(i, *best);
      seen.push_back(i);
    }
    // “the daily “Vestrand Courier” and the name in it: two nodes of one thing.
    for (const size_t i : order)
      for (const size_t j : order)
        if (i < j && *nodes_[i].name == *nodes_[j].name) join(i, j);
  }

  std::optional<NameMatch> match_group(size_t i, size_t g) const {
    NameMatch match = NameMatch::none;
    for (const auto& other : groups_[g].names) {
      const NameMatch found = is_body(i) ? match_bodies(name_of_node(i), other) : match_persons(name_of_node(i), other);
      if (found == NameMatch::conflict) return std::nullopt;
      if (found == NameMatch::same || (found == NameMatch::part && match == NameMatch::none)) match = found;
    }
    return may_join(g, i) ? std::optional(match) : std::nullopt;
  }

  const std::vector<std::string>& name_of_node(size_t node) const {
    static const std::vector<std::string> none;
    const auto found = own_names_.find(node);
    if (found != own_names_.end()) return found->second;
    return nodes_[node].name ? own_names_.emplace(node, name_words(document_.at(*nodes_[node].name))).first->second : none;
  }

  // “the Front” of “United Dockers’ Front”, “UDF”: the last word with the article, or an acronym.
  bool is_short_form(size_t i, size_t j) const {
    const auto &a = name_of_node(i), &b = name_of_node(j);
    if (is_acronym(a, b) || is_acronym(b, a)) return true;
    const auto [small, large] = a.size() <= b.size() ? std::pair(i, j) : std::pair(j, i);
    const auto &short_name = name_of_node(small), &long_name = name_of_node(large);
    if (short_name.size() == 1 && long_name.size() == 2 && short_name.front() == long_name.front() && names_company(long_name.back())) return true;
    return short_name.size() == 1 && short_name.back() == long_name.back() && first_word(document_, nodes_[small].span) == "the";
  }

  // ---- appositions ----

  // “Its chairman, Aksel Lund,” and “Hugh Hill, a doctor,”: two phrases of persons (or of bodies) with nothing but a comma between them.
  void link_appositions() {
    for (size_t a = 0; a < sources_.size(); ++a) {
      if (!sources_[a]) continue;
      const Span source = envelope(document_.attributions[a].source->part), core = core_of(source);
      for (size_t i = 0; i < nodes_.size(); ++i)
        if (source.contains(nodes_[i].span) && is_name_behind_role(nodes_[i], source, core) && !(nodes_[i].span.overlaps(nodes_[*sources_[a]].span) && nodes_[*sources_[a]].name)) join(*sources_[a], i);
    }
    for (size_t i = 0; i < nodes_.size(); ++i) {
      for (size_t j = i + 1; j < nodes_.size() && nodes_[j].span.begin <= nodes_[i].span.end + 2; ++j) {
        const bool apart = nodes_[j].span.begin == nodes_[i].span.end + 2 && document_.at({nodes_[i].span.end, nodes_[j].span.begin}) == ", ";
        const bool inside = nodes_[i].span.contains(nodes_[j].span) && nodes_[i].span.begin < nodes_[j].span.begin &&
                            document_.at({nodes_[i].span.begin, nodes_[j].span.begin}).ends_with(", ");
        if (!apart && !inside) continue;
        if (nodes_[i].kind == MentionKind::pronoun || nodes_[j].kind == MentionKind::pronoun || nodes_[i].type != nodes_[j].type) continue;
        if (nodes_[i].name.has_value() == nodes_[j].name.has_value() || group(i) == group(j)) continue;
        if (apart && !closes(nodes_[j].span.end)) continue;
        if ((link_score(i, j) < least_for_apposition && !is_source_phrase({nodes_[i].span.begin, nodes_[j].span.end})) || !may_join(group(i), j)) continue;
        join(i, j);
      }
    }
  }

  // Two phrases that are one source together are one.
  bool is_source_phrase(Span span) const {
    return std::any_of(document_.attributions.begin(), document_.attributions.end(), [&](const Attribution& a) {
      return a.source && envelope(a.source->part).begin <= span.begin + 4 && envelope(a.source->part).contains({span.begin, span.end}) && envelope(a.source->part).end <= span.end + 4;
    });
  }

  // “My name is Katie”, “I’m Mario Lucero”: who says “I” has that name.
  void link_own_names() {
    const auto& tokens = document_.tokens.items;
    const auto word = [&](size_t t) {
      std::string lower = to_lower(document_.at(tokens[t].span));
      if (lower.starts_with("’")) lower.replace(0, sizeof("’") - 1, "'");
      return lower;
    };
    for (size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].name || nodes_[i].type != ThingType::person) continue;
      const size_t t = first_token(nodes_[i].span.begin);
      std::optional<size_t> pronoun;  // a token
      if (t >= 2 && word(t - 2) == "i" && (word(t - 1) == "'m" || word(t - 1) == "am")) pronoun = t - 2;
      if (t >= 3 && word(t - 3) == "my" && word(t - 2) == "name" && (word(t - 1) == "is" || word(t - 1) == "'s")) pronoun = t - 3;
      if (!pronoun) continue;
      const Span self = tokens[*pronoun].span;
      const auto node = std::find_if(nodes_.begin(), nodes_.end(), [&](const MentionNode& n) { return n.kind == MentionKind::pronoun && n.span == self; });
      if (node == nodes_.end()) continue;
      const size_t j = static_cast<size_t>(node - nodes_.begin());
      if (groups_[group(j)].names.empty() && may_join(group(j), i)) join(j, i);
    }
  }

  // Behind an apposition stands a comma, a stop or a bracket; behind the first part of a list stands more.
  bool closes(uint32_t at) const { return at >= document_.text.size() || std::string_view(",.;:)—–\n").find(document_.text[at]) != std::string_view::npos || document_.text[at] == '"'; }

  // ---- descriptions and pronouns ----

  void link_other(size_t i) {
    const MentionNode& node = nodes_[i];
    const std::string head = to_lower(document_.at(node.head));
    if (node.kind == MentionKind::pronoun && has(first_person, head)) {
      if (node.speaker && sources_[*node.speaker]) {
        if (may_join(group(*sources_[*node.speaker]), i)) join(i, *sources_[*node.speaker]);
        return;
      }
      // In a speech or a letter nobody says who “I” is: all of them are one.
    }
    if (groups_[group(i)].nodes.size() > 1) return;  // an apposition
    const bool third = node.kind == MentionKind::pronoun && has(third_person, head);
    const bool thing = node.kind == MentionKind::pronoun && has(thing_pronouns, head);
    const bool plural = node.kind == MentionKind::pronoun && has(plural_pronouns, head);
    if (node.kind == MentionKind::pronoun && (head == "who" || head == "which" || head == "that")) {
      link_relative(i);
      return;
    }
    const std::string first = first_word(document_, node.span);
    const bool introduces = node.kind != MentionKind::pronoun && (has(indefinite, first) || has(possessives, first));
    if (node.kind == MentionKind::nominal && introduces && kind_of(split_words(document_.at(node.span))) == SourceKind::document)
      if (const auto known = same_head(i, head)) {
        join(i, *known);
        return;
      }
    if (node.kind != MentionKind::pronoun && !introduces)
      for (const auto& known : {by_role(i, head), first == "the" ? known_body(i, head) : std::nullopt, kind_of(split_words(document_.at(node.span))) == SourceKind::document || first == "the" ? same_head(i, head) : std::nullopt})
        if (known) {
          join(i, *known);
          return;
        }
    const float least = third ? least_for_he : node.kind == MentionKind::pronoun ? least_for_it : introduces ? least_for_what_is_introduced : least_for_description;
    const auto own = node.kind == MentionKind::pronoun ? std::find(sources_.begin(), sources_.end(), std::optional(i)) : sources_.end();
    const Part* const own_content = own == sources_.end() ? nullptr : &document_.attributions[static_cast<size_t>(own - sources_.begin())].content;
    const std::optional<size_t> last_speaker = third && !node.speaker ? last_speaker_before(i) : std::nullopt;
    std::unordered_map<size_t, bool> joinable;  // of each group, once
    std::optional<size_t> best;
    float most = least;
    for (size_t j = i; j-- > 0;) {
      const MentionNode& other = nodes_[j];
      if (node.found && other.found && *node.found > *other.found + farthest_antecedent) break;
      if (!is_antecedent(i, j, third, thing)) continue;
      const auto [known, is_new] = joinable.try_emplace(group(j));
      if (is_new) known->second = may_join(group(j), i);
      if (!known->second) continue;
      // “… because the local crews, they complain, are worn out”: who speaks is not whom he speaks of.
      if (own_content && std::any_of(own_content->spans.begin(), own_content->spans.end(), [&](Span span) { return span.contains(other.span); })) continue;
      if (plural && other.name && other.type == ThingType::person) continue;
      float score = link_score(i, j);
      // Who spoke last may be a source that is none of the network's mentions: it has no score, and the gain alone counts.
      if (last_speaker && group(j) == *last_speaker) score = std::max(score, least_for_he) + gain_of_last_speaker;
      if (score > most) {
        most = score;
        best = j;
      }
    }
    if (best) join(i, *best);
    else if (third) join_last_speaker(i);
  }

  // The group of who spoke last before node i in its paragraph, when it is a source that is no more than “he” or “she”.
  std::optional<size_t> last_speaker_before(size_t i) const {
    const auto own = std::find(sources_.begin(), sources_.end(), std::optional(i));
    if (own == sources_.end()) return std::nullopt;
    std::optional<size_t> last;
    for (const auto& source : sources_) {
      if (!source || nodes_[*source].span.begin >= nodes_[i].span.begin || !(nodes_[*source].type == ThingType::person || groups_[group(*source)].person)) continue;
      if (nodes_[*source].speaker || is_plural_noun(to_lower(document_.at(nodes_[*source].head)))) continue;
      if (!last || nodes_[*source].span.begin > nodes_[*last].span.begin) last = source;
    }
    if (!last) return std::nullopt;
    const std::string_view between = document_.at({nodes_[*last].span.end, std::max(nodes_[*last].span.end, nodes_[i].span.begin)});
    return between.find("\n\n") == std::string_view::npos ? std::optional(group(*last)) : std::nullopt;
  }

  // “She added”: who speaks on without a name is who spoke before.
  void join_last_speaker(size_t i) {
    const auto own = std::find(sources_.begin(), sources_.end(), std::optional(i));
    if (own == sources_.end()) return;
    for (auto before = own; before != sources_.begin();) {
      --before;
      if (!*before || nodes_[**before].type != ThingType::person || is_plural_noun(to_lower(document_.at(nodes_[**before].head)))) continue;
      if (may_join(group(**before), i)) join(i, **before);
      return;
    }
  }

  // “An official, who …”: a relative pronoun stands for the phrase right before it.
  void link_relative(size_t i) {
    std::optional<size_t> best;
    for (size_t j = 0; j < i; ++j) {
      const MentionNode& other = nodes_[j];
      if (other.kind == MentionKind::pronoun || other.head.begin >= nodes_[i].span.begin) continue;
      if (other.type != ThingType::person && to_lower(document_.at(nodes_[i].span)) == "who") continue;
      const bool around = other.span.contains(nodes_[i].span);  // the network's mentions hold their relative clauses
      const bool before = other.span.end <= nodes_[i].span.begin && nodes_[i].span.begin - other.span.end <= 2;
      if (!around && !before) continue;
      if (!best || other.span.end > nodes_[*best].span.end || other.head.begin > nodes_[*best].head.begin) best = j;
    }
    if (best) join(i, *best);
  }

  bool is_antecedent(size_t i, size_t j, bool third, bool thing) const {
    const MentionNode &node = nodes_[i], &other = nodes_[j];
    const Group& g = groups_[group(j)];
    // What stands in a quotation and is no name is looked at only from inside of quotations.
    if (other.speaker && !node.speaker && !other.name) return false;
    if (third && other.kind != MentionKind::pronoun && other.type != ThingType::person && !g.person) return false;
    if (third && other.kind == MentionKind::nominal && is_plural_noun(to_lower(document_.at(other.head)))) return false;
    if (thing && (g.person || (other.kind != MentionKind::pronoun && other.type == ThingType::person))) return false;
    if (node.kind == MentionKind::nominal) {
      if (node.type == ThingType::other && other.name) return false;  // “the site” is not the church that it attacks
      if (other.kind != MentionKind::pronoun && other.type != node.type && !(node.type != ThingType::person && other.type != ThingType::person)) return false;
      const std::string head = to_lower(document_.at(node.head));
      if (is_plural_noun(head) && other.name && other.type == ThingType::person) return false;
    }
    // “He” inside somebody's words is not that somebody.
    return !(third && node.speaker && sources_[*node.speaker] && group(j) == group(*sources_[*node.speaker]));
  }

  // “the minister”, “the Danish minister”: the one person whose title or description has that head word, and all the words before it. Two of them: nobody.
  std::optional<size_t> by_role(size_t i, const std::string& head) const {
    if (is_plural_noun(head) || (nodes_[i].type != ThingType::person && kind_of(split_words(document_.at(nodes_[i].span))) != SourceKind::person)) return std::nullopt;
    std::vector<std::string> words = words_of(document_.at({nodes_[i].span.begin, nodes_[i].head.end}));
    // “the head of the transport ministry” is the transport minister.
    static const WordSet leading = {"head", "chief", "leader"};
    std::string role = head;
    if (has(leading, head)) {
      const std::vector<std::string> behind = words_of(document_.at({nodes_[i].head.end, nodes_[i].span.end}));
      if (behind.size() > 2 && behind.front() == "of" && behind.back() == "ministry") {
        words.pop_back();
        for (size_t k = 1; k + 1 < behind.size(); ++k)
          if (!has(definite, behind[k])) words.push_back(behind[k]);
        role = "minister";
      }
    }
    if (words.empty() || !has(definite, words.front())) {
      if (words.size() > 1 || !starts_sentence(nodes_[i].span)) return std::nullopt;  // “Minister: …” in a headline has no article
    }
    std::optional<size_t> only;
    for (size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].names.empty() || !groups_[g].person) continue;
      if (!has_role(g, words, role) || !may_join(g, i)) continue;
      if (only && group(*only) != g) return std::nullopt;
      only = groups_[g].nodes.front();
    }
    return only;
  }

  // “The union” is the body last named whose name says that it is one; “the company”, “the newspaper” the last that can be. No more than the article stands
  // before the word.
  std::optional<size_t> known_body(size_t i, const std::string& head) const {
    const MentionNode& node = nodes_[i];
    if (node.type == ThingType::person || node.span.end != node.head.end || words_of(document_.at(node.span)).size() != 2) return std::nullopt;
    static const WordSet companies = {"company", "firm", "operator", "group", "manufacturer", "maker", "carrier", "airline", "supplier", "retailer", "corporation", "consultancy", "club"};
    static const WordSet papers = {"newspaper", "paper", "daily", "magazine", "tabloid", "weekly", "broadcaster", "outlet"};
    if (!is_body_word(head) && !has(companies, head) && !has(papers, head)) return std::nullopt;
    for (size_t j = i; j-- > 0;) {
      if (!nodes_[j].name || nodes_[j].type == ThingType::person || nodes_[j].span.overlaps(node.span) || (nodes_[j].speaker && !node.speaker)) continue;
      const Group& g = groups_[group(j)];
      bool named_so = false, is_other_body = false, is_paper = false;
      for (const auto& name : g.names)
        for (const std::string& word : name) {
          named_so = named_so || word == head;
          is_other_body = is_other_body || is_body_word(word);
        }
      for (const size_t n : g.nodes) {
        // “the operator, Caldrail”, “the sports daily Final Whistle”: its description says it.
        const std::vector<std::string> words = words_of(document_.at(nodes_[n].span));
        named_so = named_so || (!nodes_[n].name && std::find(words.begin(), words.end(), head) != words.end()) || (nodes_[n].name && nodes_[n].span.begin < nodes_[n].name->begin && std::find(words.begin(), words.end(), head) != words.end());
        if (nodes_[n].name) is_paper = is_paper || kind_of(split_words(document_.at(*nodes_[n].name))) == SourceKind::publication || is_agency(to_lower(document_.at(*nodes_[n].name)));
      }
      const bool fits = named_so || (has(companies, head) && head != "club" && !is_other_body && !is_paper && nodes_[j].type == ThingType::organisation) || (has(papers, head) && is_paper);
      if (fits && may_join(group(j), i)) return j;
    }
    return std::nullopt;
  }

  // “The letter” is the last letter that was spoken of, when nothing else tells them apart.
  // What the headline calls “poll” is the first poll of the body, article or not.
  std::optional<size_t> same_head(size_t i, const std::string& head) const {
    const MentionNode& node = nodes_[i];
    if (node.kind == MentionKind::pronoun || node.name || is_plural_noun(head) || node.type == ThingType::person) return std::nullopt;
    const std::vector<std::string> words = words_of(document_.at({node.span.begin, node.head.end}));
    if (words.size() < 2 || has(possessives, words.front())) return std::nullopt;
    const bool bare = words.front() == "the" && (words.size() == 2 || (words.size() == 3 && words[1] == "same"));
    const auto is_same = [&](const std::string& other) {
      static const std::map<std::string, std::string> one = {{"survey", "poll"}, {"research", "study"}};
      const auto plain = [](const std::string& word) { return one.contains(word) ? one.at(word) : word; };
      return plain(other) == plain(head);
    };
    for (size_t j = i; j-- > 0;) {
      if (nodes_[j].name || nodes_[j].kind == MentionKind::pronoun || nodes_[j].span.overlaps(node.span)) continue;
      if (!is_same(to_lower(document_.at(nodes_[j].head))) || !may_join(group(j), i)) continue;
      if (bare || (is_in_headline(nodes_[j].span) && groups_[group(j)].nodes.size() == 1)) return j;
    }
    return std::nullopt;
  }

  bool is_in_headline(Span span) const {
    return std::any_of(document_.sections.begin(), document_.sections.end(), [&](const Section& s) { return s.kind == SectionKind::headline && s.span.contains(span); });
  }

  bool starts_sentence(Span span) const {
    return std::any_of(document_.sentences.begin(), document_.sentences.end(), [&](const Sentence& s) { return s.span.begin == span.begin; });
  }

  bool has_role(size_t g, const std::vector<std::string>& words, const std::string& head) const {
    for (const size_t n : groups_[g].nodes) {
      const MentionNode& node = nodes_[n];
      const Span role = node.name ? Span{node.span.begin, node.name->begin} : node.kind == MentionKind::nominal ? node.span : Span{0, 0};
      if (role.begin >= role.end) continue;
      std::vector<std::string> known = words_of(document_.at(role));
      for (std::string& word : known) word = full_title(word);
      // “A library assistant at the branch” is no branch: what somebody is stands in front of the first preposition.
      static const WordSet prepositions = {"of", "at", "in", "for", "from", "on", "to", "with"};
      const auto own = std::find_if(known.begin(), known.end(), [](const std::string& word) { return has(prepositions, word); });
      if (std::find(known.begin(), own, head) == own) continue;
      const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) { return has(definite, word) || std::find(known.begin(), known.end(), word) != known.end(); });
      if (all) return true;
    }
    return false;
  }

  Coreference number_clusters() {
    Coreference out;
    std::map<size_t, uint32_t> numbers;
    for (size_t i = 0; i < nodes_.size(); ++i) nodes_[i].cluster = numbers.emplace(group(i), static_cast<uint32_t>(numbers.size())).first->second;
    out.clusters = static_cast<uint32_t>(numbers.size());
    out.nodes = std::move(nodes_);
    out.sources = std::move(sources_);
    return out;
  }

  const Document& document_;
  const FoundMentions& found_;
  const Links links_;
  std::vector<MentionNode> nodes_;
  std::vector<std::optional<Span>> source_spans_;
  std::vector<Span> source_heads_;
  std::vector<std::optional<size_t>> sources_;
  std::vector<size_t> group_of_;
  std::vector<Group> groups_;
  mutable std::map<size_t, std::vector<std::string>> own_names_;
};

}  // namespace

bool is_pronoun(const std::string& lower_case_word) {
  return has(first_person, lower_case_word) || has(third_person, lower_case_word) || has(plural_pronouns, lower_case_word) || has(thing_pronouns, lower_case_word) ||
         has(other_pronouns, lower_case_word);
}

Coreference find_coreference(const Document& document, const FoundMentions& found, const MentionModel& model) { return Clustering(document, found, model).run(); }

}  // namespace sayso
