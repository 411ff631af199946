#include "entities/names.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "mentions/links.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

const WordSet titles = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "madam", "rev", "reverend", "father", "sister",
    "bishop", "archbishop", "cardinal", "pope", "sen", "sens", "senator", "rep", "reps", "representative", "congressman", "congresswoman", "gov",
    "governor", "mayor", "president", "president-elect", "minister", "secretary", "chancellor", "premier", "prime", "vice", "deputy", "king", "queen",
    "prince", "princess", "emperor", "sheikh", "ayatollah", "imam", "rabbi", "judge", "justice", "attorney", "general", "gen", "lt", "lieutenant",
    "col", "colonel", "maj", "major", "capt", "captain", "cpl", "sgt", "sergeant", "cmdr", "commander", "admiral", "adm", "officer", "detective",
    "inspector", "sheriff", "chief", "ambassador", "commissioner", "chairman", "chairwoman", "chair", "speaker", "leader", "whip", "director",
    "manager", "editor", "administrator", "councilman", "councilwoman", "councillor", "councilor", "spokesman", "spokeswoman", "spokesperson",
    "coach", "ceo"};

const std::unordered_map<std::string, Gender> genders = {
    {"he", Gender::male}, {"him", Gender::male}, {"his", Gender::male}, {"himself", Gender::male}, {"mr", Gender::male}, {"sir", Gender::male},
    {"lord", Gender::male}, {"king", Gender::male}, {"prince", Gender::male}, {"man", Gender::male}, {"boy", Gender::male}, {"father", Gender::male},
    {"son", Gender::male}, {"brother", Gender::male}, {"husband", Gender::male}, {"businessman", Gender::male}, {"spokesman", Gender::male},
    {"congressman", Gender::male}, {"chairman", Gender::male}, {"actor", Gender::male}, {"uncle", Gender::male}, {"pope", Gender::male},
    {"priest", Gender::male}, {"she", Gender::female}, {"her", Gender::female}, {"hers", Gender::female}, {"herself", Gender::female},
    {"mrs", Gender::female}, {"ms", Gender::female}, {"miss", Gender::female}, {"madam", Gender::female}, {"dame", Gender::female},
    {"lady", Gender::female}, {"queen", Gender::female}, {"princess", Gender::female}, {"woman", Gender::female}, {"girl", Gender::female},
    {"mother", Gender::female}, {"daughter", Gender::female}, {"sister", Gender::female}, {"wife", Gender::female}, {"businesswoman", Gender::female},
    {"spokeswoman", Gender::female}, {"congresswoman", Gender::female}, {"chairwoman", Gender::female}, {"actress", Gender::female},
    {"aunt", Gender::female}, {"nun", Gender::female}};

const WordSet before_names = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those"};
const WordSet behind_names = {"jr", "sr", "ii", "iii", "iv", "inc", "corp", "ltd", "llc", "plc", "co"};

bool is_end_mark(char32_t c) { return is_space(c) || (is_punctuation(c) && c != U'.' && c != U')' && c != U'('); }

#include "entities/first_names.inc"

// “a b c ” in order, as the lists are written.
std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> out;
  for (size_t begin = 0, end; (end = list.find(' ', begin)) != std::string_view::npos; begin = end + 1)
    out.push_back(list.substr(begin, end - begin));
  return out;
}

// First names that are hardly anything else in news, so that a capitalised word behind one makes a person's name; and that hardly anybody of the
// other gender has.
const WordSet names_of_men = {
    "aaron", "abdul", "abdullah", "adam", "adolf", "ahmed", "alan", "albert", "alberto", "aleksandr", "alexander", "alfred", "alfredo", "ali",
    "allen", "alonzo", "alvaro", "amir", "anders", "andre", "andreas", "andrei", "andrew", "andrzej", "angus", "anthony", "antoine", "anton",
    "antonio", "antony", "arnold", "arthur", "arturo", "barack", "barry", "ben", "benedict", "benjamin", "bernard", "bernie", "bill", "bjorn", "bob",
    "boris", "brad", "bradley", "brandon", "brendan", "brett", "brian", "bruce", "bruno", "bryan", "caleb", "calvin", "carl", "carlos", "casimir",
    "cedric", "charles", "charlie", "chester", "chris", "christian", "christopher", "clarence", "claude", "clayton", "clive", "colin", "conor",
    "craig", "curtis", "cyril", "daniel", "dave", "david", "dennis", "derek", "dick", "diego", "dieter", "dietmar", "dimitri", "dmitri", "dominic",
    "donald", "douglas", "duncan", "dwight", "earl", "eddie", "edgar", "edmund", "eduardo", "edward", "edwin", "elias", "elijah", "emil", "emmanuel",
    "enrique", "eric", "erik", "ernest", "ethan", "eugene", "evan", "felix", "fernando", "florian", "floyd", "francesco", "francis", "francisco",
    "frank", "franz", "fred", "frederick", "fritz", "gareth", "gary", "gavin", "geoffrey", "george", "gerald", "gerard", "gerhard", "giovanni",
    "giuseppe", "glenn", "gordon", "graham", "greg", "gregory", "guillermo", "gunther", "gustav", "guy", "hans", "harold", "harry", "hassan",
    "hector", "heinrich", "helmut", "henri", "henrik", "henry", "herbert", "herman", "horst", "howard", "hugh", "hugo", "ian", "ibrahim", "igor",
    "ilya", "isaac", "ismail", "ivan", "ivo", "jack", "jacob", "jacques", "jake", "jakob", "james", "jamie", "jan", "jared", "jason", "javier",
    "jeff", "jeffrey", "jens", "jeremy", "jerome", "jerry", "jesus", "jim", "jimmy", "joachim", "joe", "johan", "johannes", "john", "johnny", "jonah",
    "jonas", "jonathan", "jorge", "jose", "josef", "joseph", "joshua", "juan", "julian", "jurgen", "justin", "karl", "keith", "ken", "kenneth",
    "kevin", "kirk", "klaus", "konrad", "kurt", "kyle", "larry", "lars", "laurence", "lawrence", "leo", "leon", "leonard", "leonid", "leroy", "levi",
    "liam", "lloyd", "logan", "louis", "luca", "lucas", "luis", "lukas", "luke", "magnus", "malcolm", "manuel", "marc", "marcel", "marco", "marcus",
    "mario", "marius", "mark", "markus", "martin", "mathias", "matt", "matthew", "matthias", "maurice", "max", "maximilian", "melvin", "michael",
    "michel", "miguel", "mike", "mikhail", "milan", "milo", "mitch", "mitt", "mohamed", "mohammad", "mohammed", "morris", "moses", "muhammad",
    "nathan", "nathaniel", "ned", "neil", "nelson", "nicholas", "nick", "nicolas", "nigel", "niklas", "nikolai", "noah", "noel", "norman", "olaf",
    "oleg", "oliver", "olivier", "omar", "oscar", "oskar", "osman", "otto", "owen", "pablo", "paolo", "pat", "patrick", "paul", "pavel", "pedro",
    "per", "perry", "pete", "peter", "petr", "philip", "philippe", "phillip", "pierre", "piotr", "rafael", "ralph", "ramon", "randy", "raul", "ray",
    "raymond", "reinhard", "rene", "ricardo", "richard", "rick", "rob", "robert", "roberto", "rodney", "rodrigo", "roger", "roland", "rolf", "roman",
    "ron", "ronald", "rory", "ross", "roy", "rudolf", "rudy", "rupert", "russell", "ryan", "salvador", "samuel", "saul", "scott", "sean", "sebastian",
    "sergei", "sergey", "sergio", "seth", "shaun", "sidney", "simon", "stanislav", "stanley", "stefan", "stephen", "steve", "steven", "stewart",
    "stuart", "sven", "tariq", "ted", "terence", "terry", "theo", "theodore", "thomas", "tim", "timothy", "tobias", "todd", "tom", "tomas", "tommy",
    "tony", "travis", "trevor", "tyler", "ulrich", "vaclav", "victor", "vidkun", "viktor", "vincent", "vladimir", "volker", "walter", "warren",
    "wayne", "werner", "wilhelm", "will", "willem", "william", "willy", "winston", "wolfgang", "xavier", "yuri", "yusuf", "zachary"};
const WordSet names_of_women = {
    "abigail", "ada", "adele", "agnes", "aisha", "alexandra", "alexis", "alice", "alicia", "alison", "amanda", "amelia", "amy", "ana", "anastasia",
    "andrea", "angela", "angelina", "anita", "ann", "anna", "annabel", "anne", "annette", "annie", "antonia", "april", "ariana", "astrid", "audrey",
    "ava", "barbara", "beatrice", "beatrix", "bella", "bernadette", "bertha", "beth", "betsy", "betty", "beverly", "birgit", "brenda", "bridget",
    "brigitte", "camille", "carla", "carly", "carmen", "carol", "carole", "caroline", "carolyn", "carrie", "catherine", "cathy", "cecilia", "celia",
    "charlotte", "chelsea", "cheryl", "chiara", "christa", "christina", "christine", "cindy", "clara", "clare", "claudia", "colleen", "connie",
    "corinne", "cynthia", "daisy", "dana", "danielle", "daphne", "deborah", "debra", "deirdre", "denise", "diana", "diane", "dolores", "donna",
    "dora", "doris", "dorothy", "edith", "eileen", "elaine", "eleanor", "elena", "elisabeth", "elise", "eliza", "elizabeth", "ella", "ellen", "elsa",
    "emilia", "emily", "emma", "erica", "erika", "estelle", "esther", "ethel", "eva", "eve", "evelyn", "fatima", "felicia", "fiona", "flora",
    "florence", "frances", "francesca", "freya", "frida", "gabriela", "gabrielle", "galina", "gemma", "georgia", "geraldine", "gertrude", "gina",
    "ginny", "giulia", "gloria", "grace", "greta", "gretchen", "hanna", "hannah", "hanne", "harriet", "hazel", "heather", "heidi", "helen", "helena",
    "helga", "henrietta", "hilary", "hilda", "hillary", "ida", "ilka", "ilse", "imogen", "ines", "inga", "ingrid", "irene", "irina", "iris", "isabel",
    "isabella", "isabelle", "ivana", "ivanka", "jackie", "jacqueline", "jane", "janet", "janice", "jasmine", "jean", "jeanette", "jeanne", "jennifer",
    "jenny", "jessica", "jill", "joan", "joanna", "joanne", "jodie", "josephine", "joy", "joyce", "juanita", "judith", "judy", "julia", "juliana",
    "julie", "juliet", "justine", "karen", "karin", "katarina", "kate", "katharina", "katherine", "kathleen", "kathryn", "kathy", "katie", "katrina",
    "kayla", "kelly", "kim", "kirsten", "kristen", "kristin", "kristina", "lara", "larisa", "larissa", "laura", "lauren", "lea", "leah", "lena",
    "leslie", "leticia", "lidia", "lily", "linda", "lisa", "liz", "lois", "lorna", "lorraine", "louisa", "louise", "lucia", "lucille", "lucy",
    "ludmila", "lydia", "lynn", "mabel", "madeleine", "madeline", "magda", "magdalena", "maggie", "mandy", "marcia", "margaret", "margarita",
    "margot", "maria", "mariam", "marianne", "marie", "marilyn", "marina", "marit", "marjorie", "marlene", "marta", "martha", "mary", "matilda",
    "maureen", "meg", "megan", "melania", "melanie", "melinda", "melissa", "mercedes", "meredith", "mia", "michaela", "michelle", "mila", "mildred",
    "millie", "mina", "miranda", "miriam", "moira", "molly", "mona", "monica", "monika", "muriel", "myra", "nadia", "nadine", "nancy", "naomi",
    "natalia", "natalie", "natasha", "nicola", "nicole", "nina", "nora", "norma", "olga", "olivia", "pamela", "patricia", "paula", "pauline", "peggy",
    "penelope", "penny", "petra", "phyllis", "polly", "priscilla", "rachel", "ramona", "rebecca", "regina", "renata", "rhona", "rita", "roberta",
    "ronja", "rosa", "rosalind", "rose", "rosemary", "roxanne", "ruth", "sabine", "sally", "samantha", "sandra", "sara", "sarah", "selma", "shannon",
    "sharon", "sheila", "shirley", "silvia", "simone", "sofia", "sonia", "sonja", "sophia", "sophie", "stacey", "stella", "stephanie", "susan",
    "susanna", "susanne", "suzanne", "svetlana", "sylvia", "tamara", "tania", "tanya", "tara", "tatiana", "teresa", "tessa", "thea", "theresa",
    "tiffany", "tina", "tracy", "trudy", "ursula", "valentina", "valeria", "valerie", "vanessa", "vera", "verena", "veronica", "victoria", "viola",
    "violet", "virginia", "vivian", "wanda", "wendy", "wilhelmina", "yasmin", "yelena", "yolanda", "yvette", "yvonne", "zoe"};

}  // namespace

std::optional<Gender> gender_of(const std::string& lower_case_word) {
  const auto found = genders.find(lower_case_word);
  return found == genders.end() ? std::nullopt : std::optional(found->second);
}

bool is_first_name(const std::string& lower_case_word) {
  return names_of_men.contains(lower_case_word) || names_of_women.contains(lower_case_word);
}

std::optional<Gender> gender_of_first_name(const std::string& lower_case_word) {
  if (names_of_men.contains(lower_case_word)) return Gender::male;
  if (names_of_women.contains(lower_case_word)) return Gender::female;
  static const std::vector<std::string_view> men = split_list(names_only_men_have), women = split_list(names_only_women_have);
  if (std::binary_search(men.begin(), men.end(), lower_case_word)) return Gender::male;
  if (std::binary_search(women.begin(), women.end(), lower_case_word)) return Gender::female;
  return std::nullopt;
}

bool is_body_word(const std::string& lower_case_word) {
  static const WordSet bodies = {
      "association", "union", "federation", "council", "campaign", "administration", "hall", "ministry", "department", "committee", "commission",
      "university", "institute", "foundation", "agency", "bureau", "party", "company", "bank", "embassy", "parliament", "senate", "congress", "court",
      "police", "government", "team", "authority", "board", "office", "group", "organization", "organisation", "league", "society", "church", "club",
      "network", "center", "centre", "force", "army", "navy", "college", "school", "hospital", "front", "alliance"};
  return bodies.contains(lower_case_word);
}

bool is_company_word(const std::string& lower_case_word) {
  static const WordSet companies = {"foods", "holdings", "group", "bank", "industries", "motors", "airlines", "airways", "energy", "systems",
                                    "technologies", "pharma", "media", "partners", "capital", "securities", "inc", "corp", "ltd", "plc", "company",
                                    "co", "corporation", "stores", "railways", "shipping", "steel", "oil", "gas", "electric", "insurance", "ferries",
                                    "logistics", "software", "labs"};
  return companies.contains(lower_case_word);
}

bool is_outlet_word(const std::string& lower_case_word) {
  static const WordSet words = {"newspaper", "daily", "weekly", "magazine", "tabloid", "broadcaster", "paper", "station", "website", "podcast"};
  return words.contains(lower_case_word);
}

bool is_body_description(const std::string& lower_case_word) {
  static const WordSet descriptions = {"operator", "company", "firm", "consultancy", "manufacturer", "maker", "retailer", "carrier", "airline",
                                       "broadcaster", "newspaper", "daily", "weekly", "magazine", "tabloid", "podcast", "agency", "station", "site",
                                       "website", "paper", "channel", "portal", "drugmaker", "carmaker", "automaker", "chipmaker",
                                       "planemaker", "startup", "brewer", "insurer", "lender", "party", "union", "charity", "supplier", "group",
                                       "concern", "bank", "club"};
  return descriptions.contains(lower_case_word);
}

std::unordered_set<std::string> find_governing(const Document& document) {
  static constexpr std::string_view institutions[] = {"foreign minist", "defence minist", "defense minist", "foreign secretary", "government", "army",
                                                      "president", "parliament", "prime minister", "state agency", "embassy", "interior minist",
                                                      "armed forces", "troops", "border guard", "foreign office", "navy", "ambassador", "air force",
                                                      "soldiers", "admiral", "diplomat", "warship"};
  const std::string_view text = document.text;
  std::unordered_set<std::string> words;
  for (size_t space = text.find(' '); space != std::string_view::npos; space = text.find(' ', space + 1)) {
    const std::string behind = to_lower(text.substr(space + 1, 20));
    if (std::none_of(std::begin(institutions), std::end(institutions), [&](std::string_view institution) { return behind.starts_with(institution); }))
      continue;
    const size_t before = space == 0 ? std::string_view::npos : text.find_last_of(" \n", space - 1);
    const size_t begin = before == std::string_view::npos ? 0 : before + 1;
    if (space > begin && space - begin < 60) words.emplace(text.substr(begin, space - begin));
  }
  return words;
}

bool is_state(const std::unordered_set<std::string>& governing, const std::string& name) {
  if (name.size() < 4 || name.find(' ') != std::string::npos || name.back() == '.') return false;
  if (governing.contains(name + "’s") || governing.contains(name + "'s")) return true;
  // Orvania, Orvanian; Aldria, Aldrian; Norrholm, Norrholmish.
  const std::string stem = name.back() == 'a' || name.back() == 'e' || name.back() == 'y' ? name.substr(0, name.size() - 1) : name;
  for (const char* ending : {"n", "an", "ian", "ish", "ese", "i"})
    if (governing.contains(name + ending) || governing.contains(stem + ending)) return true;
  return false;
}

bool is_title(const std::string& lower_case_word) { return titles.contains(lower_case_word); }

bool is_title_of_person(const std::string& lower_case_word) {
  static const WordSet of_persons = {"gov", "sen", "rep", "director", "manager", "editor", "secretary", "senator", "leader", "justice", "minister",
                                     "governor", "ceo", "chairman", "chairwoman", "commissioner", "whip", "representative", "spokesman",
                                     "spokeswoman"};
  return of_persons.contains(lower_case_word);
}

bool is_party_adjective(const std::string& lower_case_word) {
  static const WordSet adjectives = {"republican", "democratic", "democrat", "gop", "conservative", "liberal", "labour", "tory", "socialist"};
  return adjectives.contains(lower_case_word);
}

namespace {

// Cuts words of `set` off the front, with the dot behind an abbreviation; at least one word stays.
void cut_front(const Document& document, Span& span, const WordSet& set) {
  while (true) {
    const std::string_view text = document.at(span);
    size_t end = 0, next = 0;
    for (bool space = false; !space;) {  // up to white space, that which holds a line together too
      if (next >= text.size()) return;
      end = next;
      space = is_space(next_code_point(text, next));
    }
    std::string word = to_lower(text.substr(0, end));
    if (word.ends_with('.')) word.pop_back();
    if (!set.contains(word)) return;
    span.begin += static_cast<uint32_t>(next);
    while (span.begin < span.end && document.text[span.begin] == ' ') ++span.begin;
  }
}

}  // namespace

Span trim_name(const Document& document, Span span) {
  const auto trim_ends = [&] {
    while (span.begin < span.end) {
      size_t at = span.begin;
      if (!is_end_mark(next_code_point(document.text, at))) break;
      span.begin = static_cast<uint32_t>(at);
    }
    while (span.begin < span.end) {
      size_t at = span.end;
      if (!is_end_mark(previous_code_point(document.text, at))) break;
      span.end = static_cast<uint32_t>(at);
    }
  };
  trim_ends();
  for (const std::string_view possessive : {"’s", "'s"})
    if (document.at(span).ends_with(possessive)) span.end -= static_cast<uint32_t>(possessive.size());
  cut_front(document, span, before_names);
  trim_ends();
  return span;
}

Span trim_title(const Document& document, Span span) {
  span = trim_name(document, span);
  cut_front(document, span, titles);
  return span;
}

std::vector<std::string> name_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(text)) {
    size_t at = 0;
    if (is_word(next_code_point(word, at))) words.push_back(word);
  }
  const auto drop_front = [&words](const WordSet& set) {
    size_t n = 0;
    while (n + 1 < words.size() && set.contains(words[n])) ++n;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n));
  };
  drop_front(before_names);
  drop_front(titles);
  // The “s” of a possessive is a word of its own.
  while (words.size() > 1 && (words.back() == "s" || behind_names.contains(words.back()))) words.pop_back();
  return words;
}

NameMatch match_persons(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return NameMatch::none;
  if (a == b) return NameMatch::same;
  const auto& [small, large] = a.size() <= b.size() ? std::pair(&a, &b) : std::pair(&b, &a);
  if (small->size() == 1) {
    // “Brandt”, “Helga” of “Helga Brandt”; a middle name is nobody's short form.
    if (large->size() == 1) return NameMatch::none;
    return small->front() == large->back() || small->front() == large->front() ? NameMatch::part : NameMatch::none;
  }
  const bool same_last = small->back() == large->back();
  const bool same_first = small->front() == large->front();
  const bool initial = small->front().size() == 1 || large->front().size() == 1 ? small->front()[0] == large->front()[0] : false;
  if (same_last && (same_first || initial)) return NameMatch::part;
  // “Van der Bellen” of “Alexander Van der Bellen”.
  if (std::equal(small->rbegin(), small->rend(), large->rbegin())) return NameMatch::part;
  return same_last || same_first ? NameMatch::conflict : NameMatch::none;
}

NameMatch match_bodies(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return NameMatch::none;
  if (a == b) return NameMatch::same;
  if (is_acronym(a, b) || is_acronym(b, a)) return NameMatch::part;
  const auto& [small, large] = a.size() <= b.size() ? std::pair(&a, &b) : std::pair(&b, &a);
  const bool inside = std::search(large->begin(), large->end(), small->begin(), small->end()) != large->end();
  return inside ? NameMatch::part : NameMatch::none;
}

}  // namespace sayso
