#include "attribution/lexicon.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/unicode.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string_view>;

// ---- verbs and nouns that attribute, by what they report ----------------------------------------------------------------------

// Wanting, ordering, planning: the content is what is to be done.
const WordSet wanting = {
    "want", "wish", "plan", "intend", "order", "demand", "urge", "request", "propose", "recommend", "beg", "plead", "command", "instruct", "direct",
    "require", "seek", "aim", "vow", "pledge", "encourage", "advise", "appeal", "call", "invite", "summon", "forbid", "authorize", "authorise",
    "prefer", "desire", "strive", "mean", "intention", "proposal", "recommendation", "ban", "bar", "exhort", "implore", "commit",
    "decide", "decision", "determine", "opt", "choose", "prepare", "consent", "permit", "allow", "push", "press", "petition"};

// Saying, which is wanting when what follows is "to …": “asked to leave”, “told them to go”, “refused to answer”.
const WordSet wanting_with_to = {"ask", "tell", "promise", "agree", "refuse", "decline", "threaten", "offer", "warn", "consider", "would", "like",
                                 "expect", "hope", "try", "remind", "persuade", "convince", "advocate", "challenge", "need"};

const WordSet thinking = {
    "think", "believe", "belief", "consider", "expect", "fear", "hope", "doubt", "suspect", "feel", "feeling", "regard", "view", "assume",
    "assumption", "guess", "reckon", "suppose", "worry", "concern", "opinion", "rate", "deem", "judge", "imagine", "anticipate", "wonder", "trust",
    "dread", "suspicion", "expectation", "perceive", "conviction", "impression", "presume", "envision", "envisage", "favor", "favour", "see",
    "skeptical", "sceptical", "confident", "optimistic", "convinced", "sure", "certain", "afraid", "hopeful", "worried", "concerned", "mind"};

const WordSet knowing = {"know", "learn", "realize", "realise", "aware", "remember", "forget", "discover", "understand", "notice", "recognize",
                         "recognise", "regret", "knowledge", "awareness"};

// Forms that no ending explains.
const std::unordered_map<std::string_view, std::string_view> irregular = {
    {"said", "say"}, {"told", "tell"}, {"thought", "think"}, {"knew", "know"}, {"known", "know"}, {"wrote", "write"}, {"written", "write"},
    {"felt", "feel"}, {"sought", "seek"}, {"found", "find"}, {"meant", "mean"}, {"saw", "see"}, {"seen", "see"}, {"heard", "hear"},
    {"spoke", "speak"}, {"spoken", "speak"}, {"swore", "swear"}, {"held", "hold"}, {"gave", "give"}, {"forbade", "forbid"}, {"forbidden", "forbid"},
    {"forgot", "forget"}, {"forgotten", "forget"}, {"understood", "understand"}, {"chose", "choose"}, {"chosen", "choose"}, {"strove", "strive"},
    {"read", "read"}, {"fearful", "fear"}, {"pled", "plead"}, {"bade", "bid"}, {"wished", "wish"}, {"fears", "fear"}, {"tried", "try"},
    {"shown", "show"}, {"lying", "lie"}, {"made", "make"}};

// The word and what it may be a form of: “planned” -> planned, plann, planne, plan.
std::vector<std::string> base_forms(const std::string& word) {
  std::vector<std::string> forms{word};
  if (const auto found = irregular.find(word); found != irregular.end()) forms.emplace_back(found->second);
  const auto strip = [&](std::string_view ending, std::string_view instead = "") {
    if (word.size() > ending.size() + 1 && word.ends_with(ending)) forms.push_back(word.substr(0, word.size() - ending.size()).append(instead));
  };
  strip("s");
  strip("es");
  strip("ies", "y");
  strip("ed");
  strip("d");
  strip("ied", "y");
  strip("ing");
  strip("ing", "e");
  for (const std::string_view ending : {"ed", "ing"}) {
    if (!word.ends_with(ending) || word.size() < ending.size() + 3) continue;
    const std::string stem = word.substr(0, word.size() - ending.size());
    if (stem[stem.size() - 1] == stem[stem.size() - 2]) forms.push_back(stem.substr(0, stem.size() - 1));
  }
  return forms;
}

}  // namespace

bool is_form_of(const std::string& lower_case_word, const std::unordered_set<std::string_view>& verbs) {
  const std::vector<std::string> forms = base_forms(lower_case_word);
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) { return verbs.contains(form); });
}

namespace {

// ---- nouns that speak ---------------------------------------------------------------------------------------------------------

const WordSet person_words = {
    "i", "he", "she", "you", "him", "her", "me", "who", "myself", "himself", "herself", "someone", "somebody", "anyone", "nobody", "one", "minister",
    "secretary", "president", "chairman", "chairwoman", "chair", "chief", "head", "leader", "spokesman", "spokeswoman", "spokesperson", "official",
    "officer", "senator", "congressman", "congresswoman", "representative", "governor", "mayor", "ambassador", "envoy", "commissioner", "commander",
    "general", "director", "manager", "executive", "ceo", "founder", "owner", "lawyer", "attorney", "prosecutor", "judge", "justice", "sheriff",
    "detective", "inspector", "coach", "player", "captain", "analyst", "economist", "scientist", "researcher", "professor", "teacher", "doctor",
    "nurse", "author", "writer", "reporter", "journalist", "editor", "columnist", "host", "anchor", "correspondent", "critic", "activist",
    "organizer", "organiser", "strategist", "adviser", "advisor", "aide", "candidate", "nominee", "politician", "lawmaker", "legislator", "deputy",
    "member", "diplomat", "expert", "historian", "witness", "victim", "neighbor", "neighbour", "resident", "voter", "supporter", "man", "woman",
    "boy", "girl", "mother", "father", "son", "daughter", "wife", "husband", "brother", "sister", "friend", "student", "king", "queen", "prince",
    "princess", "pope", "bishop", "priest", "pastor", "imam", "rabbi", "chancellor", "premier", "speaker", "whip", "moderator", "consultant",
    "pollster", "operative", "veteran", "worker", "farmer", "driver", "pilot", "engineer", "artist", "actor", "actress", "singer", "billionaire",
    "businessman", "businesswoman", "democrat", "republican", "conservative", "liberal", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "prof", "sir",
    "lady", "lord", "councillor", "councilor", "assessor", "mayoress", "prefect", "magistrate", "banker", "source", "insider", "person",
    "co-founder", "translator", "interpreter", "caller", "user", "blogger", "counsel", "treasurer",
    "trustee", "principal", "dean", "superintendent", "guard", "soldier", "eyewitness", "bystander", "onlooker", "passenger", "commuter",
    "shopkeeper"};

const WordSet group_words = {
    "we", "they", "us", "them", "people", "everyone", "everybody", "many", "some", "most", "others", "several", "few", "both", "all", "those",
    "these", "none", "half", "men", "women", "children", "witnesses", "eyewitnesses", "police", "crowd", "public", "majority", "minority",
    "percent", "staff", "crew", "couple",
    "pair", "team", "panel", "duo", "trio", "family", "folks", "media", "press", "americans", "evangelicals", "millennials", "audience", "electorate",
    "who's", "themselves", "ourselves", "jury", "clergy"};

const WordSet organisation_words = {
    "government", "ministry", "department", "office", "agency", "bureau", "council", "committee", "commission", "board", "court", "parliament",
    "congress", "senate", "house", "cabinet", "administration", "campaign", "party", "union", "association", "federation", "front", "league",
    "company", "corporation", "corp", "inc", "ltd", "llc", "plc", "firm", "bank", "fund", "foundation", "institute", "institution", "university",
    "college", "school", "hospital", "church", "group", "organization", "organisation", "alliance", "coalition", "network", "club", "army", "navy",
    "military", "force", "forces", "guard", "hall", "authority", "embassy", "consulate", "nato", "un", "eu", "fbi", "cia", "dnc", "rnc", "gop", "nra",
    "who", "imf", "pentagon", "kremlin", "it", "its", "center", "centre", "society", "chamber", "movement", "reuters", "tass", "interfax", "xinhua",
    "afp", "ap", "industry", "hall", "service", "operator", "manufacturer", "maker", "retailer", "carrier", "airline", "supplier", "consultancy",
    "charity", "watchdog", "regulator", "inspectorate", "utility", "lender", "insurer", "developer", "registry", "mission", "brigade", "ukip", "pac",
    "superpac", "drugmaker", "carmaker", "automaker", "chipmaker", "planemaker", "steelmaker", "brewer", "shipbuilder", "startup", "establishment",
    "tribunal", "treasury", "secretariat", "observatory", "squad",
    "city", "county", "state", "shop", "store", "museum", "library", "clinic", "hotel", "restaurant"};

const WordSet publication_words = {"times", "post", "journal", "tribune", "courier", "herald", "gazette", "guardian", "chronicle", "globe",
                                   "telegraph", "mirror", "observer", "inquirer", "examiner", "register", "bee", "sun", "newspaper", "magazine",
                                   "website", "blog", "daily", "weekly", "cnn", "bbc", "nbc", "abc", "cbs", "msnbc", "fox", "npr", "pbs", "politico",
                                   "bloomberg", "breitbart", "buzzfeed", "slate", "vox", "salon", "atlantic", "economist", "spiegel", "monde",
                                   "figaro", "zeitung", "pravda", "izvestia", "kommersant", "wikinews", "newsweek", "outlet", "channel",
                                   "broadcaster", "paper", "station", "tabloid", "newsletter", "podcast", "site", "axios", "ledger", "sentinel",
                                   "portal"};

const WordSet document_words = {
    "report", "reports", "letter", "letters", "statement", "poll", "polls", "survey", "surveys", "study", "studies", "document", "documents", "email",
    "emails", "e-mail", "e-mails", "memo", "tweet", "tweets", "post", "posts", "article", "articles", "book", "bill", "law", "lawsuit", "suit",
    "complaint", "indictment", "affidavit", "filing", "filings", "record", "records", "data", "figures", "statistics", "numbers", "estimates",
    "estimate", "analysis", "review", "audit", "order", "ruling", "opinion", "constitution", "amendment", "treaty", "agreement", "contract", "plan",
    "platform", "ad", "ads", "advertisement", "video", "transcript", "text", "message", "messages", "sign", "signs", "page", "headline", "editorial",
    "column", "story", "release", "brief", "paper", "papers", "dossier", "testimony", "research", "results", "evidence", "cable", "cables", "note",
    "notes", "policy", "charter", "resolution", "manual", "biography", "memoir", "file", "files", "projections", "forecast", "average", "index",
    "census", "petition", "slogan", "caption", "notice", "guidelines", "script", "speech", "remarks", "history", "logbook", "diary", "banner",
    "placard", "poster", "presentation", "register", "minutes", "draft", "memoirs", "archive", "archives", "poem", "accounts", "protocol",
    "protocols"};

const WordSet country_words = {
    "afghanistan", "albania", "algeria", "angola", "argentina", "armenia", "australia", "austria", "azerbaijan", "bahrain", "bangladesh", "belarus",
    "belgium", "bolivia", "bosnia", "botswana", "brazil", "britain", "bulgaria", "cambodia", "cameroon", "canada", "chad", "chile", "china",
    "colombia", "congo", "croatia", "cuba", "cyprus", "czechia", "denmark", "ecuador", "egypt", "england", "eritrea", "estonia", "ethiopia", "fiji",
    "finland", "france", "gabon", "gambia", "germany", "ghana", "greece", "guatemala", "guinea", "guyana", "haiti", "honduras", "hungary", "iceland",
    "india", "indonesia", "iran", "iraq", "ireland", "israel", "italy", "jamaica", "japan", "jordan", "kazakhstan", "kenya", "kosovo", "kuwait",
    "kyrgyzstan", "laos", "latvia", "lebanon", "liberia", "libya", "lithuania", "luxembourg", "madagascar", "malawi", "malaysia", "mali", "malta",
    "mauritania", "mexico", "moldova", "mongolia", "montenegro", "morocco", "mozambique", "myanmar", "namibia", "nepal", "netherlands", "nicaragua",
    "niger", "nigeria", "norway", "oman", "pakistan", "palestine", "panama", "paraguay", "peru", "philippines", "poland", "portugal", "qatar",
    "romania", "russia", "rwanda", "scotland", "senegal", "serbia", "singapore", "slovakia", "slovenia", "somalia", "spain", "sudan", "sweden",
    "switzerland", "syria", "taiwan", "tajikistan", "tanzania", "thailand", "togo", "tunisia", "turkey", "turkmenistan", "uganda", "ukraine",
    "uruguay", "uzbekistan", "venezuela", "vietnam", "wales", "yemen", "zambia", "zimbabwe"};

// Names of more than one word that speak as countries, and capitals that are no person's name.
const WordSet country_phrases = {"united states", "u s", "us", "usa", "u s a", "united kingdom", "uk", "u k", "north korea", "south korea",
                                 "saudi arabia", "new zealand", "south africa", "sri lanka", "costa rica", "el salvador", "united arab emirates",
                                 "czech republic", "dominican republic", "ivory coast", "sierra leone"};
const WordSet place_words = {"washington", "moscow", "london", "paris", "berlin", "beijing", "tokyo", "brussels", "kiev", "kyiv", "ankara", "tehran",
                             "jerusalem", "damascus", "baghdad", "kabul", "cairo", "rome", "madrid", "vienna", "warsaw", "budapest", "athens",
                             "seoul", "pyongyang", "delhi", "islamabad", "riyadh", "canberra", "ottawa"};

// A noun phrase's head stands before these.
const WordSet phrase_ends = {"of", "in", "at", "from", "for", "with", "on", "by", "who", "whom", "whose", "which", "that", "familiar", "close", "to",
                             "about", "and", "or", "inside", "near", "as", "but", "who's", "into", "between", "among", "outside", "behind", "under",
                             "over", "against", "including", "based", "known", "called", "named", "speaking", "within", "there", "here",
                             "abroad", "elsewhere", "alike"};

const WordSet articles = {"the", "a", "an", "his", "her", "their", "our", "my", "this", "that", "these", "those", "its", "another", "no", "every",
                          "each"};

bool begins_with_capital(const std::string& word) {
  size_t at = 0;
  return !word.empty() && is_upper(next_code_point(word, at));
}

bool is_plural(const std::string& lower) {
  if (!lower.ends_with('s') || lower.size() < 4 || lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is")) return false;
  const std::string one = lower.substr(0, lower.size() - 1);
  return person_words.contains(one) || lower.ends_with("ists") || lower.ends_with("ers") || lower.ends_with("ors") || lower.ends_with("ans") ||
         lower.ends_with("ants") || lower.ends_with("ials") || lower.ends_with("ats") || lower.ends_with("crats") || lower.ends_with("atives") ||
         lower.ends_with("ents") || lower.ends_with("yers") || lower.ends_with("ites");
}

// “Screenwell, a company that makes filters”: is what a name is said to be behind its first comma a body?
bool is_called_body(const std::vector<std::string>& words) {
  const auto comma = std::find(words.begin(), words.end(), ",");
  if (words.end() - comma < 3 || (comma[1] != "a" && comma[1] != "an" && comma[1] != "the")) return false;
  std::string head;
  for (auto word = comma + 2; word != words.end() && !phrase_ends.contains(*word) && *word != ","; ++word) head = *word;
  return organisation_words.contains(head);
}

}  // namespace

AttributionType type_of(const std::vector<std::string>& cue, const std::vector<std::string>& content, bool direct) {
  bool to_do = !content.empty() && (content[0] == "to" || (content[0] == "not" && content.size() > 1 && content[1] == "to"));
  // “asked [both sides] to leave”, “would like [the trial] to be repeated”: whom or what stands before what is to be done. “I spoke to her” is said.
  static const WordSet no_names = {"that", "whether", "if", "how", "what", "who", "why", "when", "where", "is", "was", "are", "were", "had", "has",
                                   "will", "would", ","};
  const auto is_asking = [](const std::string& word) { return is_form_of(word, {"ask", "tell", "remind", "order", "warn", "persuade"}); };
  const std::string before_last = cue.size() > 1 ? cue[cue.size() - 2] : "";
  const bool would_like = cue.size() > 1 && cue.back() == "like" && (before_last == "would" || before_last == "'d" || before_last == "d");
  const bool takes_object = !direct && (would_like || std::any_of(cue.begin(), cue.end(), is_asking));
  for (size_t i = 1; i < content.size() && i < 5 && !to_do && takes_object; ++i) {
    if (no_names.contains(content[i - 1])) break;
    to_do = content[i] == "to";
  }
  // “asked [the firm] for data”: a thing that is wanted; “asked for whom the bell tolls” is not met in news.
  for (size_t i = 0; i < content.size() && i < 4 && !to_do && !direct && !cue.empty() && is_form_of(cue.back(), {"ask"}); ++i) {
    if (no_names.contains(content[i])) break;
    to_do = content[i] == "for";
  }
  // “suggested running more trams”
  if (!direct && !cue.empty() && !content.empty() && is_form_of(cue.back(), {"suggest", "advocate"}) && content[0].size() > 5 &&
      content[0].ends_with("ing"))
    return AttributionType::eventuality;
  const bool cue_ends_with_to = !cue.empty() && cue.back() == "to";
  bool thinks = false, knows = false, wants = false;
  for (size_t i = 0; i < cue.size(); ++i) {
    const std::string& word = cue[i];
    // “called him a liar” says something, “called for calm” wants it.
    if (is_form_of(word, {"call", "push", "press"})) {
      const std::string& next = i + 1 < cue.size() ? cue[i + 1] : content.empty() ? cue[i] : content[0];
      if (next != "for" && next != "on") continue;
    }
    if (is_form_of(word, wanting) || ((to_do || cue_ends_with_to) && is_form_of(word, wanting_with_to))) wants = true;
    thinks = thinks || is_form_of(word, thinking);
    knows = knows || is_form_of(word, knowing);
  }
  if (wants) return AttributionType::eventuality;
  // “said he believed” is said: the first verb counts, and cues that hold both begin with saying.
  if (!cue.empty() && is_form_of(cue[0], {"say", "tell", "add", "write"})) return AttributionType::assertion;
  if (knows) return AttributionType::fact;
  if (thinks) return AttributionType::belief;
  return AttributionType::assertion;
}

bool ends_phrase(const std::string& lower_case_word, const std::string& next) {
  static const WordSet behind_participles = {"by", "in", "on", "at", "from", "to", "with", "for", "during", "since", "under", "as", "last", "this",
                                             "late", "earlier", "early", "yesterday", "today", "about", "before", "after"};
  static const WordSet participles = {"seen", "sent", "made", "given", "written", "taken", "held", "shown", "found", "read", "drawn", "brought",
                                      "put", "caught", "told"};
  // “A union [representing] dockers”; and with a preposition, as many of them stand in front of nouns too, “residents [living] near the port”.
  // Not here: what joins nouns (“tracking poll”, “working group”, “investigating judge”).
  static const WordSet with_object = {"representing", "documenting", "examining", "describing", "detailing", "chronicling", "outlining", "alleging",
                                      "accusing", "comparing", "opposing", "attending", "overseeing", "seeking", "claiming", "demanding", "urging",
                                      "promoting", "defending", "fleeing", "questioning", "criticizing", "criticising"};
  static const WordSet with_preposition = {"living", "working", "waiting", "campaigning", "protesting", "standing", "sitting", "staying", "serving",
                                           "sheltering", "participating", "running", "calling", "looking"};
  if (with_object.contains(lower_case_word)) return true;
  if (with_preposition.contains(lower_case_word)) return behind_participles.contains(next) || next == "near" || next == "along";
  return (participles.contains(lower_case_word) || lower_case_word.ends_with("ed")) && behind_participles.contains(next);
}

SourceKind kind_of(const std::vector<std::string>& words_as_written) {
  std::vector<std::string> words, lower;
  bool behind_apostrophe = false;
  for (size_t i = 0; i < words_as_written.size(); ++i) {
    const std::string& word = words_as_written[i];
    std::string small = to_lower(word);
    if (!words.empty() && small == word && i + 1 < words_as_written.size() && ends_phrase(small, to_lower(words_as_written[i + 1]))) break;
    const bool possessive = behind_apostrophe && small == "s";
    behind_apostrophe = small == "’" || small == "'";
    if (words.empty() && articles.contains(small) && words_as_written.size() > 1) continue;
    if (!words.empty() && (phrase_ends.contains(small) || small == "," || small == "(" || small == "–" || small == "-" || small == "—")) {
      // “Trump and Clinton” are two.
      if (small == "and" && words.size() <= 3) return SourceKind::group;
      break;
    }
    if (behind_apostrophe || possessive || small == "\"" || small == "“" || small == "”" || small == ".") continue;
    words.push_back(word);
    lower.push_back(std::move(small));
  }
  // “A complaint unsealed”, “people involved”
  while (words.size() > 1 && lower.back() == words.back() && lower.back().ends_with("ed") &&
         (document_words.contains(lower[words.size() - 2]) || group_words.contains(lower[words.size() - 2]) || is_plural(lower[words.size() - 2]))) {
    words.pop_back();
    lower.pop_back();
  }
  if (words.empty()) return SourceKind::person;
  std::string phrase;
  for (const std::string& word : lower) phrase.append(phrase.empty() ? "" : " ").append(word);
  if (country_phrases.contains(phrase) && words[0] != "us") return SourceKind::country;
  const std::string& head = lower.back();
  const bool capital = begins_with_capital(words.back());
  if (words.size() == 1 && country_words.contains(head)) return SourceKind::country;
  if (words.size() == 1 && capital && place_words.contains(head)) return SourceKind::place;
  if (words.size() == 1 && (head == "he" || head == "she" || head == "i" || head == "who")) return SourceKind::person;
  if (group_words.contains(head)) return SourceKind::group;
  // A name in capitals: “The Washington Post”, “Vestrand Courier”; in small letters “a post” is a document.
  if (capital && words.size() > 1 && publication_words.contains(head)) return SourceKind::publication;
  if (words.size() == 1 && capital && publication_words.contains(head) && head != "post" && head != "sun" && head != "times")
    return SourceKind::publication;
  if (capital && (head == "times" || head == "post")) return SourceKind::publication;
  if (capital && head == "survey" && words.size() > 1 && lower[words.size() - 2] == "geological") return SourceKind::organisation;
  if (document_words.contains(head)) return SourceKind::document;
  if (publication_words.contains(head)) return SourceKind::publication;
  if (person_words.contains(head)) return SourceKind::person;
  if (organisation_words.contains(head)) return SourceKind::organisation;
  if (is_plural(head) || lower.front() == "many" || lower.front() == "some" || lower.front() == "several" || lower.front() == "most" ||
      lower.front() == "few")
    return SourceKind::group;
  if (words.size() > 1 && country_words.contains(head) && !capital) return SourceKind::country;
  // “Transport Minister Helga Brandt”: a role before a name.
  if (std::any_of(lower.begin(), lower.end(), [](const std::string& word) { return person_words.contains(word) && word != "one"; }))
    return SourceKind::person;
  if (std::any_of(lower.begin(), lower.end(), [](const std::string& word) {
        return organisation_words.contains(word) && word != "it" && word != "its" && word != "state" && word != "city";
      }))
    return SourceKind::organisation;
  if (document_words.contains(lower.front()) && !begins_with_capital(words.back())) return SourceKind::document;  // “documents seen by us”
  if (words.size() == 1 && head.size() >= 2 && words.back().size() <= 5 &&
      std::all_of(words.back().begin(), words.back().end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return SourceKind::organisation;  // an acronym
  if (!capital && head.ends_with("s") && !head.ends_with("ss")) return SourceKind::group;
  return capital && is_called_body(words_as_written) ? SourceKind::organisation : SourceKind::person;
}

bool plainly_attributes(const std::vector<std::string>& cue) {
  static const WordSet reporting = {"say", "tell", "add", "claim", "argue", "suggest", "show", "report", "announce", "accuse", "allege", "deny",
                                    "assert", "speculate", "note", "acknowledge", "warn", "describe", "promise", "refuse", "decline", "according",
                                    "accord", "hear", "word", "rumor", "rumour", "reportedly", "allegedly", "declare", "state", "insist", "admit",
                                    "complain", "explain", "reply", "answer", "respond", "write", "tweet", "estimate", "predict", "conclude",
                                    "confirm", "reveal", "disclose", "mention", "point", "cite", "quote", "agree", "ask", "question", "threaten",
                                    "offer", "accept", "dismiss", "reject", "welcome", "condemn", "criticize", "criticise", "denounce", "blame",
                                    "praise", "hint", "testify", "assure", "swear", "stress", "emphasize", "emphasise", "boast", "joke", "lament",
                                    "charge",
                                    "contend", "maintain", "imply", "indicate", "signal", "advocate", "call", "deem", "find", "doubtful", "remark",
                                    "observe", "recount", "recall", "repeat", "urge", "protest", "apologize", "apologise", "concede", "lie"};
  return std::any_of(cue.begin(), cue.end(), [](const std::string& word) {
    return is_form_of(word, reporting) || is_form_of(word, wanting) || is_form_of(word, thinking) || is_form_of(word, knowing);
  });
}

bool is_clause(const std::vector<std::string>& words) {
  static const WordSet conjunctions = {"that", "whether", "if", "what", "how", "why", "where"};
  static const WordSet subjects = {"i", "we", "you", "they", "he", "she", "it", "there"};
  return words.size() >= 3 && ((subjects.contains(words[0]) && !words[1].ends_with("ing")) || (conjunctions.contains(words[0]) && words[1] != "to"));
}

bool is_thing(const std::vector<std::string>& words) {
  static const WordSet clause_openers = {"that", "whether", "if", "what", "how", "why", "where", "who", "when", "which", "to", "not", "there", "as"};
  static const WordSet verbs = {"is", "are", "was", "were", "am", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
                                "shall", "should", "does", "do", "did", "cannot", "to", "as", "t", "ll", "re", "ve", "d"};
  static const WordSet other_clauses = {"that", "which", "who", "whom", "whose", "where", "when", "because", "while", "than", ","};
  static const WordSet subjects = {"i", "we", "they", "he", "she"};
  if (words.empty() || clause_openers.contains(words[0]) || verbs.contains(words[0]) || subjects.contains(words[0])) return false;
  size_t at = 0;
  if (!is_word(next_code_point(words[0], at))) return false;  // a mark
  if ((words[0] == "it" || words[0] == "you") && words.size() > 2) return false;
  for (size_t i = 1; i < words.size() && !other_clauses.contains(words[i]); ++i) {
    const std::string& word = words[i];
    if (verbs.contains(word) || subjects.contains(word) || (word.size() > 5 && word.ends_with("ing"))) return false;
    // “the vote changed the law”
    if (word.size() > 4 && word.ends_with("ed") && i + 1 < words.size() && articles.contains(words[i + 1])) return false;
  }
  return true;
}

bool takes_no_thing(const std::vector<std::string>& cue, const std::vector<std::string>& thing) {
  static const WordSet perceiving = {"see", "hear", "show", "feel", "know", "find", "notice", "remember", "forget"};
  static const WordSet saying = {"say", "tell"};
  static const WordSet words = {"it", "this", "that", "something", "anything", "nothing", "thing", "things", "lie", "lies", "truth", "word", "words",
                                "story", "stories"};
  static const WordSet children = {"child", "baby", "twins", "triplets"};
  if (cue.empty() || thing.empty()) return false;
  if (is_form_of(cue.back(), {"expect"}) && std::ranges::any_of(thing, [](const std::string& word) { return children.contains(word); })) return true;
  return is_form_of(cue.back(), perceiving) || (is_form_of(cue.back(), saying) && thing.size() < 5 && words.contains(thing.back()));
}

std::string base_form_among(const std::string& lower_case_word, const std::function<bool(const std::string&)>& is_known) {
  const std::vector<std::string> forms = base_forms(lower_case_word);
  const auto found = std::find_if(forms.begin(), forms.end(), is_known);
  return found == forms.end() ? std::string() : *found;
}

bool is_hearing_verb(const std::string& lower_case_word) { return is_form_of(lower_case_word, {"hear"}); }

bool is_plain_cue(const std::string& lower_case_word) {
  static const WordSet verbs = {"said", "says", "told", "tells", "added", "adds", "denied", "denies", "warned", "warns", "announced", "announces",
                                "insisted", "insists", "wrote", "writes", "claimed", "argued", "argues", "explained", "explains", "replied",
                                "replies", "answered", "declared"};
  return verbs.contains(lower_case_word);
}

bool is_participle_of_telling(const std::string& lower_case_word) {
  static const WordSet verbs = {"told", "advised", "warned", "urged", "ordered", "informed", "instructed", "reminded", "assured"};
  return verbs.contains(lower_case_word);
}

bool is_saying_verb(const std::string& lower_case_word) {
  static const WordSet verbs = {"say", "tell", "add", "continue", "go", "went", "note", "explain", "stress", "emphasize", "emphasise", "declare",
                                "state", "ask", "answer", "reply", "warn", "insist", "believe", "think", "recall", "admit", "announce", "claim",
                                "argue", "remark", "point", "conclude", "promise", "write", "report", "object", "assure", "complain", "exclaim",
                                "underline", "underscore", "comment", "specify", "clarify", "confirm", "deny", "respond", "observe", "predict",
                                "urge", "joke", "remind", "inform", "affirm", "assert", "remember", "recount"};
  return is_form_of(lower_case_word, verbs);
}

bool is_speaking_role(const std::string& lower_case_word) {
  static const WordSet bodies = {"police", "report", "study", "poll", "survey", "government", "court", "ministry", "officials", "sources", "media",
                                 "union", "army", "experts", "analysts", "agency", "company", "club", "regulator", "watchdog", "charity",
                                 "scientists", "researchers", "lawyers", "army", "nato", "un", "eu", "fbi", "reuters", "ministers"};
  return (person_words.contains(lower_case_word) && lower_case_word.size() > 3 && lower_case_word != "person" && lower_case_word != "user") ||
         bodies.contains(lower_case_word);
}

}  // namespace sayso
