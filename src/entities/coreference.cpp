#include "entities/coreference.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/own_voice.h"
#include "mentions/links.h"
#include "text/news_names.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

const WordSet first_person = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
const WordSet first_person_singular = {"i", "me", "my", "mine", "myself"};
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

// Titles that no body has in its name in front of two more words.
const WordSet titles_of_persons = {"gov", "sen", "rep", "director", "manager", "editor", "secretary", "senator", "leader", "justice", "minister", "governor",
                                   "ceo", "chairman", "chairwoman", "commissioner", "whip", "representative", "spokesman", "spokeswoman"};
// Of these a capital alone makes no name.
const WordSet adjectives_of_parties = {"republican", "democratic", "democrat", "gop", "conservative", "liberal", "labour", "tory", "socialist"};

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
  Clustering(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge)
      : document_(document), found_(found), links_(document, found, model), knowledge_(knowledge) {}

  Coreference run() {
    find_items();
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
    link_own_voices();
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
    add_said_again(out);
    return out;
  }

  // A full name that the tags know in one place and pass over in another.
  void add_said_again(std::vector<FoundName>& names) const {
    std::unordered_map<std::string, std::vector<std::pair<std::string, ThingType>>> by_first_word;  // the units of each name of two words or more
    std::vector<bool> taken(found_.units.size(), false);
    for (const FoundName& name : names) {
      std::fill(taken.begin() + name.units.begin, taken.begin() + name.units.end, true);
      const Span span = trim_title(document_, found_.span_of(name.units));
      const std::string text(document_.at(span));
      const std::vector<std::string> words = split_words(text);
      if (words.size() < 2 || text.find_first_of("\n,;:()") != std::string::npos) continue;
      if (!is_capital(span) || !is_capital({span.end - static_cast<uint32_t>(words.back().size()), span.end})) continue;
      auto& known = by_first_word[words.front()];
      if (std::none_of(known.begin(), known.end(), [&](const auto& other) { return other.first == text; })) known.emplace_back(text, name.type);
    }
    const size_t count = names.size();
    for (uint32_t unit = 0; unit < found_.units.size(); ++unit) {
      const auto known = by_first_word.find(std::string(document_.at(found_.units[unit])));
      if (known == by_first_word.end() || taken[unit]) continue;
      for (const auto& [text, type] : known->second) {
        const uint32_t end = found_.units[unit].begin + static_cast<uint32_t>(text.size());
        if (!std::string_view(document_.text).substr(found_.units[unit].begin).starts_with(text)) continue;
        uint32_t last = unit;
        while (last < found_.units.size() && found_.units[last].end < end && !taken[last]) ++last;
        if (last == found_.units.size() || taken[last] || found_.units[last].end != end) continue;
        names.push_back({{unit, last + 1}, type});
        std::fill(taken.begin() + unit, taken.begin() + last + 1, true);
        break;
      }
    }
    std::inplace_merge(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count), names.end(),
                       [](const FoundName& a, const FoundName& b) { return a.units.begin < b.units.begin; });
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
    for (const MentionNode& node : nodes_)
      if (node.name && node.type == ThingType::person) {
        const std::vector<std::string> words = name_words(document_.at(*node.name));
        if (words.size() > 1 && !is_kind_in_plural(words.back())) last_names_.insert(words.back());
      }
    std::vector<MentionNode> others;
    for (MentionNode& node : nodes_) {
      if (!node.name) continue;
      mend_name(node);
      if (is_party_adjective(node)) {  // “the Republican presidential nominee”, “Democratic nominee | Ida Sund”
        node.kind = MentionKind::nominal;
        node.type = ThingType::person;
        node.head = head_of({node.name->begin, node.span.end});
        node.name = capitals_around(node);
        if (node.name) node.kind = MentionKind::name;
      } else if (const Span own = head_behind_name(node); own != *node.name) {
        others.push_back(node);  // the aide is not Brandt
        others.back().span = others.back().head = *node.name;
        others.back().found.reset();
        node.name.reset();
        node.kind = MentionKind::nominal;
        node.type = ThingType::person;
        node.head = own;
      } else if (is_kind_of_people(node)) {
        node.name.reset();
        node.kind = MentionKind::nominal;
        node.type = ThingType::person;
        node.head = head_of(node.span);
      } else {
        node.span = {std::min(node.span.begin, node.name->begin), std::max(node.span.end, node.name->end)};
      }
    }
    nodes_.insert(nodes_.end(), others.begin(), others.end());
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

  // A party's adjective with more of the phrase behind it in small letters.
  bool is_party_adjective(const MentionNode& node) const {
    const Span& name = *node.name;
    if (!has(adjectives_of_parties, to_lower(document_.at(name))) || node.span.end <= name.end + 1 || document_.text[name.end] != ' ') return false;
    const char next = document_.text[name.end + 1];
    return next >= 'a' && next <= 'z';
  }

  // “the harbour mayor”, “the Brandt aide”: the head word in small letters behind the name, when it is a person's; else the name itself.
  Span head_behind_name(const MentionNode& node) const {
    const Span& name = *node.name;
    if (node.span.end <= name.end + 1 || document_.text[name.end] != ' ') return name;
    const Span head = head_of({name.begin, node.span.end});
    if (head.begin <= name.end || is_capital(head)) return name;
    const std::string_view between = document_.at({name.end, head.begin});
    if (!std::all_of(between.begin(), between.end(), [](char c) { return c == ' ' || c == '-' || (c >= 'a' && c <= 'z'); })) return name;
    return is_speaking_role(to_lower(document_.at(head))) && kind_of({to_lower(document_.at(head))}) == SourceKind::person ? head : name;
  }

  // What a name's surroundings tell of its kind, all over the document: names that nobody has heard of are persons to the network as often as not.
  void mend_types() {
    std::map<std::string, ThingType> told;
    for (const Section& section : document_.sections)
      if (section.agency) told[std::string(document_.at(*section.agency))] = ThingType::organisation;
    for (const MentionNode& node : nodes_)  // who signs the page
      if (node.name && has_first_name(std::string(document_.at(*node.name))) &&
          std::any_of(document_.sections.begin(), document_.sections.end(), [&](const Section& s) { return s.kind == SectionKind::byline && s.span.contains(*node.name); }))
        told[std::string(document_.at(*node.name))] = ThingType::person;
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
      if (names_study(*node.name)) told[name] = ThingType::other;
      else if (is_state(governing, name)) told[name] = ThingType::place;
      else if (const auto type = type_beside(*node.name)) told.emplace(name, *type);
    }
    const auto ends_a_person = [&](const std::string& name) { return has(surnames, name); };
    for (const auto& [name, type] : types_by_most(ends_a_person)) told.emplace(name, type);
    for (MentionNode& node : nodes_)
      if (node.name)
        if (const auto found = told.find(std::string(document_.at(*node.name))); found != told.end()) node.type = found->second;
    // “Scientologist | Tom Cruise”: the full name is known by itself.
    for (MentionNode& node : nodes_) {
      if (!node.name || node.type != ThingType::person) continue;
      const std::string name(document_.at(*node.name));
      for (size_t blank = name.find(' '); blank != std::string::npos; blank = name.find(' ', blank + 1))
        if (const auto full = told.find(name.substr(blank + 1)); full != told.end() && full->second == ThingType::person && has_first_name(full->first)) {
          node.name->begin += static_cast<uint32_t>(blank + 1);
          break;
        }
    }
  }

  // Two words or three, the first of them a first name that is known, the last nothing that a body is.
  static bool has_first_name(const std::string& name) {
    const std::vector<std::string> words = words_of(name);
    return (words.size() == 2 || words.size() == 3) && gender_of_first_name(words.front()) && !is_body_word(words.back()) && !names_company(words.back());
  }

  // One name is of one kind all over a document: of that which the network gives it most often; a thing only where it is nothing else.
  template <class EndsAPerson>
  std::map<std::string, ThingType> types_by_most(const EndsAPerson& ends_a_person) const {
    std::map<std::string, std::map<ThingType, size_t>> votes;
    for (const MentionNode& node : nodes_) {
      if (!node.name) continue;
      const bool no_person = node.type == ThingType::person && is_no_person(*node.name);
      ++votes[std::string(document_.at(*node.name))][no_person ? ThingType::organisation : node.type];
    }
    std::map<std::string, ThingType> out;
    for (const auto& [name, types] : votes) {
      // Of equals a person where the name is what a person's ends with, else the first that is none.
      const ThingType first = ends_a_person(name) ? ThingType::person : ThingType::organisation;
      const auto rank = [&](const auto& vote) { return std::tuple(vote.first != ThingType::other, vote.second, vote.first == first, vote.first != ThingType::person); };
      out[name] = types.contains(ThingType::person) && has_first_name(name) ? ThingType::person
                                                                            : std::max_element(types.begin(), types.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); })->first;
    }
    // “Cruise” alone is the person whose full name ends so.
    WordSet lasts;
    for (const auto& [name, type] : out)
      if (type == ThingType::person && has_first_name(name)) lasts.insert(name.substr(name.rfind(' ') + 1));
    for (auto& [name, type] : out)
      if (type == ThingType::organisation && has(lasts, name)) type = ThingType::person;
    // “Aung San Suu Kyi”, taken for a place once, when “Suu Kyi” is a person everywhere.
    for (auto& [name, type] : out) {
      if (name.find(" of ") != std::string::npos) continue;
      for (size_t blank = name.find(' '); blank != std::string::npos && type != ThingType::person; blank = name.find(' ', blank + 1)) {
        const auto end = out.find(name.substr(blank + 1));
        if (end != out.end() && end->second == ThingType::person && count(votes, end->first) > count(votes, name)) type = ThingType::person;
      }
    }
    return out;
  }

  static size_t count(const std::map<std::string, std::map<ThingType, size_t>>& votes, const std::string& name) {
    size_t all = 0;
    for (const auto& [type, number] : votes.at(name)) all += number;
    return all;
  }

  // “the New Yorker”, “I.R.S.”, “DNC”: behind an article and in an acronym's few capitals stands no person's name, unless a transcript
  // writes its speakers so.
  bool is_no_person(Span name) const {
    const std::string_view text = document_.at(name);
    const bool capitals = text.size() > 1 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ.&0123456789") == std::string_view::npos;
    if (capitals && (text.size() < 5 || text.find_first_of(".&0123456789") != std::string_view::npos))
      return !has(last_names_, to_lower(text)) && !std::string_view(document_.text).substr(name.end).starts_with(":");
    const size_t token = first_token(name.begin);
    return token > 0 && to_lower(document_.at(document_.tokens[token - 1].span)) == "the" && !text.ends_with('s');
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
    // “Commissioner Ida Sund”: a full name behind the title of a person.
    if (at > 0 && document_.at({tokens[at - 1].span.end, name.begin}) == " " && is_capital(tokens[at - 1].span) && has(titles_of_persons, to_lower(document_.at(tokens[at - 1].span))) &&
        words_of(document_.at(name)).size() > 1)
      return ThingType::person;
    const std::string behind = to_lower(document_.at({name.end, std::min<uint32_t>(name.end + 40, static_cast<uint32_t>(document_.text.size()))}).substr(0, 40));
    if (words_of(document_.at(name)).size() == 1)
      for (const std::string_view role : {"managing director", "chief executive", "owner", "shareholders", "customers", "factory", "headquarters", "board", "workers"})
        for (const std::string_view possessive : {"’s ", "'s "})
          if (behind.starts_with(std::string(possessive).append(role))) return ThingType::organisation;
    return std::nullopt;
  }

  void cut_titles(MentionNode& node) const {
    if (node.type != ThingType::person && is_person_behind_title(*node.name)) node.type = ThingType::person;
    if (node.type == ThingType::person) cut_inner_titles(*node.name);
  }

  // “Senate Majority Leader | Helga Brandt”, whatever the tags make of it: a title, a first name that is known, and another word behind it.
  bool is_person_behind_title(Span name) const {
    std::vector<std::string> words = split_words(document_.at(name));
    std::erase(words, ".");
    for (size_t i = 0; i + 2 < words.size(); ++i) {
      const std::string title = to_lower(words[i]);
      if (!is_title(title)) continue;
      if (gender_of_first_name(to_lower(words[i + 1])) && i + 4 >= words.size()) return true;
      const auto is_name_word = [](const std::string& word) {
        const std::string lower = to_lower(word);
        return word[0] >= 'A' && word[0] <= 'Z' && !is_body_word(lower) && !names_company(lower) && !is_title(lower);
      };
      if (i > 0 && i + 3 == words.size() && has(titles_of_persons, title) && is_name_word(words[i + 1]) && is_name_word(words[i + 2])) return true;
    }
    return false;
  }

  // “US President Barack Obama”: the name begins behind the last title in it.
  void cut_inner_titles(Span& name) const {
    static const WordSet before_people = {"rival", "opponent", "challenger", "former", "then", "ex", "fellow"};
    uint32_t begin = name.begin;
    for (size_t t = first_token(name.begin); t < document_.tokens.size(); ++t) {
      const Token& token = document_.tokens[t];
      if (token.span.begin < name.begin) continue;
      if (token.span.end >= name.end) break;
      std::string word = to_lower(document_.at(token.span));
      if (word.ends_with('.')) word.pop_back();
      // “Rival Helga Brandt”, “Farmer Ingrid Vass”: what somebody is has a capital where the sentence begins, and two more follow.
      if (is_title(word) || (begin == name.begin && token.span.begin == name.begin && (is_speaking_role(word) || has(before_people, word)) && std::count(document_.text.begin() + token.span.end, document_.text.begin() + name.end, ' ') >= 2)) begin = token.span.end;
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
    static const WordSet kinds = {"danes", "poles", "swedes", "finns", "serbs", "croats", "czechs", "slovaks", "turks", "scots", "greeks", "brits", "britons", "spaniards", "tories",
                                  "israelis", "iraqis", "saudis", "pakistanis",
                                  "muslims", "christians", "jews", "catholics", "evangelicals", "hispanics", "latinos", "asians", "africans", "arabs", "kurds", "shiites", "sunnis", "the", "a", "an"};
    const std::string address = first_word(document_, node.span);
    const bool addressed = address == "mr" || address == "mrs" || address == "ms" || address == "miss";  // “Mr. King” is no king
    if (!addressed && std::all_of(name.begin(), name.end(), [](const std::string& word) { return is_title(to_lower(word)) || word == "."; })) return true;
    // “U.S. senator”, “Oversight Committee Republicans”, “Many Mexicans”.
    if (name.size() > 1 && node.type == ThingType::person && name.back()[0] >= 'a' && name.back()[0] <= 'z' && is_speaking_role(name.back())) return true;
    if (name.size() > 1 && (is_kind_in_plural(to_lower(name.back())) || (has(adjectives_of_parties, to_lower(name.front())) && is_plural_noun(to_lower(name.back()))))) return true;
    if (name.size() != 1) return false;
    if (has(adjectives_of_parties, to_lower(name.front())) && node.type == ThingType::person) return true;  // “the Republican said”
    if (starts_sentence(node.span) && is_plural_noun(to_lower(name.front())) && kind_of({to_lower(name.front())}) == SourceKind::document) return true;  // “Polls show”
    const std::string word = to_lower(name.front());
    if (has(kinds, word)) return true;
    const std::string first = first_word(document_, node.span);
    // “Sanders” is no more than one: a plural is one when its singular is a kind of people, or when nobody's name ends so.
    const bool plural = is_plural_noun(word) && kind_of(name) == SourceKind::group && !has(last_names_, word) &&
                        (node.type != ThingType::person || is_kind_in_plural(word));
    return plural || (node.type == ThingType::person && (has(indefinite, first) || first == "one"));
  }

  // “senators”, “Mexicans”.
  static bool is_kind_in_plural(const std::string& word) {
    static const WordSet peoples = {"germans", "cubans", "texans", "romans"};  // and no “Evans”
    return is_plural_noun(word) && (word.ends_with("icans") || word.ends_with("ians") || word.ends_with("eans") || has(peoples, word) || is_speaking_role(word.substr(0, word.size() - 1)));
  }

  // A name goes on over capitals in its phrase (“North Coast | Agency”), and a body's over small words to what it is (“Vestrand | city hall”, “Trump |
  // campaign”); in front of an opening quotation mark stands none of it (“daily “Vestrand Courier”).
  void mend_name(MentionNode& node) const {
    Span& name = *node.name;
    for (const std::string_view behind : {" in ", ", ", " | ", " ("})
      if (const size_t at = document_.at(name).find(behind); at != std::string_view::npos && at > 0) name.end = name.begin + static_cast<uint32_t>(at);
    cut_titles(node);
    if (node.type == ThingType::person) {
      // “Piers Odom | of Hallam Bank”.
      if (const size_t at = document_.at(name).find(" of "); at != std::string_view::npos && document_.at(name).substr(0, at).find(' ') != std::string_view::npos) name.end = name.begin + static_cast<uint32_t>(at);
      // “Sund | 30 years ago”.
      for (size_t at = document_.at(name).find(' '); at != std::string_view::npos && at + 1 < name.size(); at = document_.at(name).find(' ', at + 1))
        if (const char next = document_.at(name)[at + 1]; next >= '0' && next <= '9') name.end = name.begin + static_cast<uint32_t>(at);
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
    if (!body) cut_titles(node);
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
    static const WordSet inside = {"of", "the", "for", "de", "&", "’s", "'s", "’", "'", "-"};
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
    if (kind_of(split_words(document_.at(node.span))) == SourceKind::document && leads_elsewhere({node.span.begin, std::max(node.span.begin, run.begin)})) return std::nullopt;
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
        const bool own = node.span == source && (!node.name || node.head == core || !source.contains(core) || node.name->contains(core));
        // The network takes the first word of “Tina Brandt” for its head.
        const bool by_core = node.head == core || (node.name && node.name->contains(core));
        return std::tuple(own, by_core || beside || is_name_behind_role(node, source, core), from_the_start, node.name.has_value(), node.span.size());
      };
      for (size_t i = 0; i < nodes_.size(); ++i) {
        const MentionNode& node = nodes_[i];
        if (!source.contains(node.head) || node.span.begin + 4 < source.begin || node.span.end > source.end + 4) continue;
        const std::string_view behind = std::string_view(document_.text).substr(node.span.end, 4);
        // “Caldrail’s managing director”, “Mrs. Brandt’s campaign”: whose it is is not who it is.
        const std::string_view behind_name = std::string_view(document_.text).substr(node.name ? node.name->end : node.span.end, 4);
        const bool ends = node.name && node.name->end + 4 >= node.span.end && (behind_name.starts_with("’s") || behind_name.starts_with("'s"));
        if (node.span.end + 2 < source.end && (ends || behind.starts_with("’s") || behind.starts_with("'s"))) continue;
        if (!best || rank(*best) < rank(i)) best = i;
      }
      if (!best || is_other_than(nodes_[*best], source, core)) {
        best = nodes_.size();
        nodes_.push_back(make_source_node(source));
      }
      // The source is the whole phrase; a name whose title the network left out has it now.
      MentionNode& node = nodes_[*best];
      if (node.name && source.begin < node.span.begin &&
          (document_.at({source.begin, node.span.begin}).find(',') == std::string_view::npos || is_role_in_front(node, source, core)))
        node.span.begin = source.begin;
      source_spans_.push_back(node.span);
      source_heads_.resize(source_spans_.size());
      source_heads_.back() = node.head;
    }
    source_heads_.resize(source_spans_.size());
  }

  // “White House documents from Ida Sund”, “a former U.S. senator”: the phrase's own head word is another than the name in it, in small letters.
  bool is_other_than(const MentionNode& node, Span source, Span core) const {
    if (!node.name || node.head == core || is_capital(core) || node.name->contains(core) || is_name_behind_role(node, source, core)) return false;
    const std::string_view before = document_.at({source.begin, std::max(source.begin, node.name->begin)});
    if (before.ends_with(", ") || before.ends_with(": ")) return false;  // an apposition
    const std::string word = to_lower(document_.at(core));
    const SourceKind kind = kind_of({word});
    return kind == SourceKind::document || kind == SourceKind::group || (core.begin >= node.name->end && is_speaking_role(word));
  }

  // “The Danish minister, | Lise Juhl”, where the network has no mention for the role.
  bool is_role_in_front(const MentionNode& node, Span source, Span core) const {
    const std::string word = to_lower(document_.at(core));
    if (node.type != ThingType::person || core.end + 2 != node.span.begin || document_.at({core.end, node.span.begin}) != ", ") return false;
    if (!is_speaking_role(word) || kind_of({word}) != SourceKind::person) return false;
    return std::none_of(nodes_.begin(), nodes_.end(), [&](const MentionNode& other) { return other.head == core && source.contains(other.span); });
  }

  // A source's head word; that of “words of the head of the service” is “head”.
  Span core_of(Span source) const {
    for (const std::string_view words : {"words of ", "the words of "})
      if (to_lower(document_.at(source)).starts_with(words)) return head_of({source.begin + static_cast<uint32_t>(words.size()), source.end});
    // “‘Harbour Nights’ star Ida Sund”: a work's name in front.
    const std::string_view text = document_.at(source);
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("“", "” "), {"\"", "\" "}, {"‘", "’ "}})
      if (const size_t from = text.find(open); from == 0 || (from == 4 && to_lower(text.substr(0, 4)) == "the "))
        if (const size_t to = text.find(close, from + open.size()); to != std::string_view::npos) return head_of({source.begin + static_cast<uint32_t>(to + close.size()), source.end});
    return head_of(source);
  }

  // “governor of Kasmin region | Anton Velichko”: a role with what it is of, and a name of two words without a comma.
  bool is_name_behind_role(const MentionNode& node, Span source, Span core) const {
    return node.name && node.type == ThingType::person && core.end < node.name->begin && node.name->end + 1 >= source.end && is_speaking_role(to_lower(document_.at(core))) &&
           kind_of({to_lower(document_.at(core))}) == SourceKind::person && words_of(document_.at(*node.name)).size() >= 2 && document_.at({core.end, node.name->begin}).find(',') == std::string_view::npos;
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
      const bool joins = word == "-" && any && head.end == token.span.begin && token.span.end < span.end && document_.text[token.span.end] != ' ';  // “left-leaning”
      if (possessive || joins) continue;
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

  // A live page's items are parted by a line without letters (“___”) or with the hour alone (“2:35 p.m.”).
  void find_items() {
    const std::string_view text = document_.text;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      const std::string line = to_lower(text.substr(begin, std::min<size_t>(end - begin, 12)));
      const bool seen = line.find_first_not_of(" \r\t.") != std::string::npos;
      if (seen && end - begin < 12 && line.find_first_not_of(" \r_*-=~.:0123456789amp") == std::string::npos) item_begins_.push_back(static_cast<uint32_t>(begin));
      begin = end + 1;
    }
  }
  size_t item_at(uint32_t at) const { return static_cast<size_t>(std::upper_bound(item_begins_.begin(), item_begins_.end(), at) - item_begins_.begin()); }

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
      std::tuple<int, bool, bool, float, int64_t> best_rank;
      const std::string title = title_of(i);
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
        const bool near = match == NameMatch::part && item_at(nodes_[i].span.begin) == item_at(nodes_[j].span.begin);
        const bool same_title = match == NameMatch::part && !title.empty() && has_role(g, {}, title);
        const int how = match == NameMatch::same ? 2 : match == NameMatch::part ? 1 : 0;
        const std::tuple<int, bool, bool, float, int64_t> rank{how, near, same_title, match == NameMatch::same ? 0.0f : std::max(score, 0.0f), distance};
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
        if (const Span &a = *nodes_[i].name, &b = *nodes_[j].name; i < j && (a == b || goes_on(a, b) || goes_on(b, a))) join(i, j);
  }

  // “the Court of Appeals | for the Ninth Circuit”: one name, marked short and long.
  bool goes_on(Span name, Span longer) const {
    if (name.begin != longer.begin || name.end >= longer.end) return false;
    const std::string_view rest = document_.at({name.end, longer.end});
    return rest.starts_with(" for ") || rest.starts_with(" of ");
  }

  // “president” of “former President Brandt”; of “Mr.” nothing, as it tells nobody from others.
  std::string title_of(size_t i) const {
    const std::vector<std::string> words = nodes_[i].name && nodes_[i].type == ThingType::person ? role_words(i) : std::vector<std::string>();
    return words.empty() || !is_title(words.back()) || gender_of(words.back()) ? std::string() : words.back();
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
      link_results(i);
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

  // “The results of the Tverdal Harbour Study” speak for the study.
  void link_results(size_t i) {
    static const WordSet results = {"results", "findings", "figures", "conclusions", "data"};
    if (nodes_[i].name || !has(results, to_lower(document_.at(nodes_[i].head)))) return;
    for (size_t j = i + 1; j < nodes_.size() && nodes_[j].span.begin < nodes_[i].span.end; ++j) {
      if (!nodes_[j].name || nodes_[j].name->begin <= nodes_[i].head.end) continue;
      const std::string between = to_lower(document_.at({nodes_[i].head.end, nodes_[j].name->begin}));
      if ((between == " of the " || between == " of ") && names_study(*nodes_[j].name)) join(i, j);
    }
  }

  bool names_study(Span name) const {
    static const WordSet studies = {"study", "survey", "poll", "census"};
    const std::vector<std::string> words = words_of(document_.at(name));
    return words.size() > 1 && has(studies, words.back());
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

  // “I” that nobody is cited with: whoever was called on, or who wrote the page (own_voice.h). All of one stretch are one already, in a speech or a letter.
  void link_own_voices() {
    for (const OwnVoice& voice : find_own_voices(document_)) {
      std::optional<size_t> named, other;
      for (size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i].name && nodes_[i].type == ThingType::person && voice.name.overlaps(*nodes_[i].name)) {
          other = named && group(*named) != group(i) ? std::optional(i) : other;  // “By Ida Sund and Nils Aro”
          named = i;
        }
      if (!named || other) continue;
      for (size_t i = 0; i < nodes_.size(); ++i) {
        const MentionNode& node = nodes_[i];
        if (node.kind != MentionKind::pronoun || node.speaker || !voice.where.contains(node.span) || !has(first_person_singular, to_lower(document_.at(node.head)))) continue;
        if (!is_quoted(node.span) && groups_[group(i)].names.empty() && may_join(group(*named), i)) join(*named, i);
      }
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
      for (const auto& known : {by_role(i, head), by_office(i, head), first == "the" ? known_body(i, head) : std::nullopt,
                                kind_of(split_words(document_.at(node.span))) == SourceKind::document || first == "the" ? same_head(i, head) : std::nullopt})
        if (known) {
          join(i, *known);
          return;
        }
    const float least = third ? least_for_he : node.kind == MentionKind::pronoun ? least_for_it : introduces ? least_for_what_is_introduced : least_for_description;
    const auto own = node.kind == MentionKind::pronoun ? std::find(sources_.begin(), sources_.end(), std::optional(i)) : sources_.end();
    const Part* const own_content = own == sources_.end() ? nullptr : &document_.attributions[static_cast<size_t>(own - sources_.begin())].content;
    const std::optional<size_t> last_speaker = third && !node.speaker ? last_speaker_before(i) : node.kind == MentionKind::nominal && first == "the" ? varied_speaker(i, head) : std::nullopt;
    const KnownThing* const nation = node.kind == MentionKind::nominal && !node.name && node.type == ThingType::person ? nation_of(i) : nullptr;
    std::unordered_map<size_t, bool> joinable;  // of each group, once
    std::optional<size_t> best;
    float most = least;
    for (size_t j = i; j-- > 0;) {
      const MentionNode& other = nodes_[j];
      if (node.found && other.found && *node.found > *other.found + farthest_antecedent) break;
      if (!is_antecedent(i, j, third, thing)) continue;
      const auto [known, is_new] = joinable.try_emplace(group(j));
      if (is_new) known->second = may_join(group(j), i) && !(nation && is_of_other_nation(group(j), head, nation));
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

  // The group of who spoke last, with a name, when source i at the head of a sentence can be another way to call that person (“The singer said” behind
  // “Brandt said”): at most a paragraph apart, nobody new named between, and nothing against it in what that person is called elsewhere.
  std::optional<size_t> varied_speaker(size_t i, const std::string& head) const {
    static const WordSet variations = {"nominee", "candidate", "contender", "businessman", "businesswoman", "billionaire", "millionaire", "mogul", "tycoon",
                                       "republican", "democrat", "senator", "congressman", "congresswoman", "governor", "mayor", "president", "premier", "chancellor", "lawmaker",
                                       "politician", "actor", "actress", "singer", "author", "writer", "novelist", "director", "coach", "player", "striker", "midfielder", "champion",
                                       "musician", "professor", "entrepreneur", "veteran", "star", "celebrity"};
    if (!has(variations, head) || nodes_[i].speaker || !starts_sentence(nodes_[i].span)) return std::nullopt;
    if (std::find(sources_.begin(), sources_.end(), std::optional(i)) == sources_.end()) return std::nullopt;
    std::optional<size_t> last;
    for (const auto& source : sources_)
      if (source && nodes_[*source].span.end <= nodes_[i].span.begin && !nodes_[*source].speaker &&
          (!last || nodes_[*source].span.begin > nodes_[*last].span.begin))
        last = source;
    if (!last) return std::nullopt;
    const size_t g = group(*last);
    std::optional<size_t> called;  // the one person whom the text calls so, without more words that tell
    for (size_t k = 0; k < groups_.size(); ++k) {
      if (!groups_[k].person || groups_[k].names.empty() || !has_role(k, {}, head)) continue;
      if (called) return std::nullopt;
      called = k;
    }
    if (called) return has_other_role(*called, i, head) ? std::nullopt : called;
    if (!groups_[g].person || groups_[g].names.empty() || item_at(nodes_[*last].span.begin) != item_at(nodes_[i].span.begin)) return std::nullopt;
    size_t paragraphs = 0;
    for (uint32_t at = nodes_[*last].span.end; at < nodes_[i].span.begin; ++at)
      if (document_.text[at] == '\n' && at > 0 && document_.text[at - 1] != '\n') ++paragraphs;
    if (paragraphs > 1) return std::nullopt;
    for (size_t k = *last + 1; k < i; ++k)  // somebody new
      if (nodes_[k].name && nodes_[k].type == ThingType::person && group(k) != g && groups_[group(k)].nodes.front() == k) return std::nullopt;
    return g;
  }

  // Norway of “the Norwegian minister” and “the prime minister of Norway”; nothing when the words around the head name no country.
  const KnownThing* nation_of(size_t i) const {
    const MentionNode& node = nodes_[i];
    if (knowledge_ == nullptr) return nullptr;
    const uint32_t begin = node.span.begin, end = node.name ? node.name->begin : node.head.begin;
    for (size_t t = first_token(begin); t < document_.tokens.size() && document_.tokens[t].span.begin < end; ++t)
      if (is_capital(document_.tokens[t].span))
        if (const KnownThing* nation = knowledge_->find(document_.at(document_.tokens[t].span), KnownType::country)) return nation;
    const std::string_view behind = node.name ? std::string_view() : document_.at({node.head.end, std::max(node.head.end, node.span.end)});
    return behind.starts_with(" of ") ? knowledge_->find(behind.substr(4), KnownType::country) : nullptr;
  }

  // “The Danish minister” is not the Polish one.
  bool is_of_other_nation(size_t g, const std::string& head, const KnownThing* nation) const {
    return std::any_of(groups_[g].nodes.begin(), groups_[g].nodes.end(), [&](size_t n) {
      const std::vector<std::string> role = role_words(n);
      if (std::find(role.begin(), role.end(), head) == role.end()) return false;
      const KnownThing* other = nation_of(n);
      return other && other != nation;
    });
  }

  // Is this group called what node i is, of another kind: “the Danish minister” when i is “the Polish minister”?
  bool has_other_role(size_t g, size_t i, const std::string& head) const {
    static const WordSet of_any = {"former", "longtime", "veteran", "u.s", "s", "u"};
    std::vector<std::string> words = words_of(document_.at({nodes_[i].span.begin, nodes_[i].head.end}));
    std::erase_if(words, [](const std::string& word) { return has(definite, word) || has(adjectives_of_parties, word) || has(of_any, word) || word == "."; });
    if (words.size() < 2) return false;  // “the Democratic senator” is any senator
    for (const size_t n : groups_[g].nodes) {
      const std::vector<std::string> role = role_words(n);
      const auto own = std::find(role.begin(), role.end(), head);
      if (own == role.end() || own == role.begin() || (own == role.begin() + 1 && has(definite, role.front()))) continue;  // “Senator”, “the senator”: nothing against any
      return !has_role(g, words, head);
    }
    return false;
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
    const KnownThing* const nation = nation_of(i);
    std::optional<size_t> only;
    for (size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].names.empty() || !groups_[g].person) continue;
      if (!has_role(g, words, role) || !may_join(g, i) || (nation && is_of_other_nation(g, head, nation))) continue;
      if (only && group(*only) != g) return std::nullopt;
      only = groups_[g].nodes.front();
    }
    return only;
  }

  // “The German chancellor”, “the Republican nominee”, “the former secretary of state”: the one person named in the text who is known to have held that office,
  // on the document's date where it has one.
  std::optional<size_t> by_office(size_t i, const std::string& head) const {
    if (knowledge_ == nullptr || is_plural_noun(head) || nodes_[i].name || nodes_[i].type != ThingType::person) return std::nullopt;
    std::string_view described = document_.at(nodes_[i].span);
    if (!to_lower(described.substr(0, 4)).starts_with("the ")) return std::nullopt;
    described.remove_prefix(4);
    for (const std::string_view clause : {",", "\n", " and ", " who "}) described = described.substr(0, described.find(clause));
    const bool former = described.starts_with("former ") || described.starts_with("ex-");
    if (former) described.remove_prefix(described.starts_with("ex-") ? 3 : 7);
    std::string text(described);
    if (text.starts_with("GOP ")) text.replace(0, 4, "Republican ");
    std::optional<size_t> only;
    for (const auto& [n, office] : offices_held()) {
      const size_t g = group(n);
      if (only && *only == g) continue;
      if (!groups_[g].person || !is_called(*office, text, former) || !was_held(*office, former) || !may_join(g, i)) continue;
      if (!document_.published && head == "nominee" && has_role(g, {}, "president")) continue;  // whom the text calls president is nominee no more
      if (only && *only != g) return std::nullopt;
      only = g;
    }
    if (!only || (to_lower(text) == text && !former && !is_only_one(*only, head))) return std::nullopt;
    return groups_[*only].nodes.front();
  }

  // “The president”, without a country: is this one named more than in passing, and does the text call nobody else so?
  bool is_only_one(size_t g, const std::string& head) const {
    const auto is_name = [&](size_t n) { return nodes_[n].name.has_value(); };
    if (std::count_if(groups_[g].nodes.begin(), groups_[g].nodes.end(), is_name) < 2) return false;
    for (size_t other = 0; other < groups_.size(); ++other)
      if (other != g && has_role(other, {}, head)) return false;
    return true;
  }

  // The offices of those whom the text names in full, or by title and name (“Chancellor Merkel”), each with the node that does so.
  const std::vector<std::pair<size_t, const Office*>>& offices_held() const {
    if (offices_held_) return *offices_held_;
    offices_held_.emplace();
    std::set<std::pair<std::string_view, const Office*>> known;  // each once, however often the text says the name
    for (size_t n = 0; n < nodes_.size(); ++n) {
      if (!nodes_[n].name || nodes_[n].type != ThingType::person) continue;
      std::vector<const Office*> offices = knowledge_->offices_of(document_.at(*nodes_[n].name));
      if (offices.empty()) offices = knowledge_->offices_of(document_.at(trim_name(document_, nodes_[n].span)));
      for (const Office* office : offices)
        if (known.emplace(document_.at(nodes_[n].span), office).second) offices_held_->emplace_back(n, office);
    }
    return *offices_held_;
  }

  // “chancellor”, “German chancellor”, “chancellor of Germany”. Without its country an office is told from others only where it is a party's or the day is
  // known; and “the former secretary of state” is rather the country's than a state's.
  bool is_called(const Office& office, const std::string& text, bool former) const {
    const std::string lower = to_lower(text), role = to_lower(office.role);
    if (lower.size() != text.size()) return false;  // a letter whose small form has another length
    if (lower.starts_with(role + " of ")) {
      const std::string_view of = std::string_view(text).substr(role.size() + 4);
      return knowledge_->is_name_of(of, office.of);
    }
    const bool leads = role == "head of state or government" && lower.ends_with(" leader");
    if (!lower.ends_with(role) && !leads) return false;
    const size_t before = lower.size() - (leads ? std::string_view(" leader").size() : role.size());
    if (before == 0) return document_.published || has(adjectives_of_parties, words_of(role).front()) || (former && role.find(" of ") != std::string::npos);
    return (leads || text[before - 1] == ' ') && knowledge_->is_name_of(std::string_view(text).substr(0, before - (leads ? 0 : 1)), office.of);
  }

  bool was_held(const Office& office, bool former) const {
    if (!document_.published) return !former || !office.to.empty();
    const std::string day = document_.published->substr(0, 10);
    return former ? !office.to.empty() && office.to < day : office.from <= day && (office.to.empty() || day <= office.to);
  }

  // “The union” is the body last named whose name says that it is one; “the company”, “the newspaper” the last that can be. No more than the article stands
  // before the word.
  std::optional<size_t> known_body(size_t i, const std::string& head) const {
    const MentionNode& node = nodes_[i];
    if (node.type == ThingType::person || node.span.end != node.head.end) return std::nullopt;
    if (words_of(document_.at(node.span)).size() != 2) return body_with_these_words(i, head);
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

  // “The appeals court” is the one body whose name has all these words: “the Court of Appeals for Tverdal”.
  std::optional<size_t> body_with_these_words(size_t i, const std::string& head) const {
    if (!is_body_word(head)) return std::nullopt;
    const auto stem = [](const std::string& word) { return is_plural_noun(word) ? word.substr(0, word.size() - 1) : word; };
    std::vector<std::string> words = words_of(document_.at(nodes_[i].span));
    words.erase(words.begin());
    std::optional<size_t> only;
    for (size_t g = 0; g < groups_.size(); ++g) {
      const bool all = std::any_of(groups_[g].names.begin(), groups_[g].names.end(), [&](const std::vector<std::string>& name) {
        const auto stands_in = [&](const std::string& word) { return std::any_of(name.begin(), name.end(), [&](const std::string& other) { return stem(other) == stem(word); }); };
        return std::all_of(words.begin(), words.end(), stands_in);
      });
      if (!all || groups_[g].person || !may_join(g, i)) continue;
      if (only) return std::nullopt;
      only = groups_[g].nodes.front();
    }
    return only;
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
      if (nodes_[j].kind == MentionKind::pronoun || nodes_[j].span.overlaps(node.span)) continue;
      if (nodes_[j].name) {  // “the Tverdal Harbour Study”
        const std::vector<std::string>& name = name_of_node(j);
        const bool says_it = nodes_[j].type == ThingType::other && name.size() > 1 && name.back() == head && kind_of({head}) == SourceKind::document;
        if (bare && says_it && may_join(group(j), i)) return j;
        continue;
      }
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

  // What a mention calls somebody, title or description.
  std::vector<std::string> role_words(size_t n) const {
    const MentionNode& node = nodes_[n];
    const Span role = node.name ? Span{node.span.begin, node.name->begin} : node.kind == MentionKind::nominal ? node.span : Span{0, 0};
    if (role.begin >= role.end) return {};
    std::vector<std::string> words = words_of(document_.at(role));
    std::erase(words, ".");
    for (std::string& word : words) word = full_title(word);
    return words;
  }

  bool has_role(size_t g, const std::vector<std::string>& words, const std::string& head) const {
    for (const size_t n : groups_[g].nodes) {
      const std::vector<std::string> known = role_words(n);
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
  const Knowledge* const knowledge_;
  std::vector<MentionNode> nodes_;
  std::vector<uint32_t> item_begins_;
  std::vector<std::optional<Span>> source_spans_;
  std::vector<Span> source_heads_;
  std::vector<std::optional<size_t>> sources_;
  std::vector<size_t> group_of_;
  std::vector<Group> groups_;
  WordSet last_names_;  // what full names of persons end with, in lower case
  mutable std::map<size_t, std::vector<std::string>> own_names_;
  mutable std::optional<std::vector<std::pair<size_t, const Office*>>> offices_held_;
};

}  // namespace

bool is_pronoun(const std::string& lower_case_word) {
  return has(first_person, lower_case_word) || has(third_person, lower_case_word) || has(plural_pronouns, lower_case_word) || has(thing_pronouns, lower_case_word) ||
         has(other_pronouns, lower_case_word);
}

Coreference find_coreference(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge) {
  return Clustering(document, found, model, knowledge).run();
}

}  // namespace sayso
