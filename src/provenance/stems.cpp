#include "provenance/stems.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sayso {

namespace {

const std::unordered_set<std::string_view> empty_words = {
    "the", "a", "an", "this", "that", "these", "those", "its", "it", "his", "her", "their", "our", "my", "your", "he", "she", "they", "we", "i",
    "you", "him", "them", "us", "me", "who", "which", "what", "whom", "whose", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have",
    "had", "having", "do", "does", "did", "done", "doing", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "ought", "of",
    "in", "on", "at", "to", "for", "with", "by", "from", "into", "about", "as", "over", "under", "after", "before", "between", "through", "during",
    "against", "up", "down", "out", "off", "than", "then", "so", "if", "and", "or", "but", "nor", "not", "no", "n't", "never", "any", "some", "all",
    "both", "each", "every", "more", "most", "much", "many", "such", "very", "too", "also", "only", "just", "even", "still", "now", "there", "here",
    "when", "where", "why", "how", "while", "because", "although", "though", "until", "since", "ever", "one", "ones", "other", "others", "another",
    "own", "same", "again", "already", "yet", "take", "took", "taken", "takes", "taking", "place", "make", "made", "makes", "making", "get", "got",
    "gets", "getting", "go", "goes", "went", "gone", "going", "come", "came", "comes", "coming", "put", "puts", "give", "gave", "given", "gives",
    "say", "says", "said", "saying", "tell", "tells", "told", "think", "thinks", "thought", "know", "knows", "knew", "let", "way", "thing", "things",
    "like", "lot", "really", "well", "'s", "'re", "'ve", "'d", "'m", "'ll", "s", "t", "mr", "mrs", "ms", "new", "year", "years", "time", "people",
    "last", "first", "next", "held", "hold", "holds", "holding", "whether", "possibly", "perhaps", "probably", "likely", "reportedly", "want",
    "wants", "wanted", "plan", "plans", "planned", "need", "needs", "must", "week", "month", "day", "today", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july", "august", "september", "october", "november",
    "december", "per", "cent", "percent", "us", "two", "three", "four", "five"};

// Forms that no ending explains, and words that tell one thing.
const std::unordered_map<std::string_view, std::string_view> known = {
    {"met", "meet"}, {"talks", "meet"}, {"frontier", "border"}, {"troops", "army"}, {"troop", "army"}, {"soldiers", "army"}, {"soldier", "army"},
    {"unit", "army"}, {"units", "army"}, {"patrol", "army"}, {"brigade", "army"}, {"forces", "army"}, {"offer", "bid"}, {"offers", "bid"},
    {"bids", "bid"},{"negotiate", "meet"}, {"negotiation", "meet"}, {"negotiations", "meet"}, {"negotiating", "meet"}, {"negotiated", "meet"},
    {"discuss", "meet"}, {"discussion", "meet"}, {"discussions", "meet"}, {"dialogue", "meet"}, {"contact", "meet"}, {"contacts", "meet"},
    {"died", "kill"}, {"dead", "kill"}, {"death", "kill"}, {"deaths", "kill"}, {"dies", "kill"}, {"dying", "kill"}, {"killed", "kill"},
    {"fatal", "kill"}, {"quit", "resign"}, {"resignation", "resign"}, {"left", "leave"}, {"bought", "buy"}, {"purchase", "buy"}, {"acquire", "buy"},
    {"acquired", "buy"}, {"acquisition", "buy"}, {"takeover", "buy"}, {"sold", "sell"}, {"sale", "sell"}, {"rose", "rise"}, {"risen", "rise"},
    {"increase", "rise"}, {"increased", "rise"}, {"increases", "rise"}, {"grew", "rise"}, {"growth", "rise"}, {"fell", "fall"}, {"fallen", "fall"},
    {"drop", "fall"}, {"dropped", "fall"}, {"decline", "fall"}, {"declined", "fall"}, {"decrease", "fall"}, {"decreased", "fall"}, {"won", "win"},
    {"victory", "win"}, {"lost", "lose"}, {"loss", "lose"}, {"losses", "lose"}, {"paid", "pay"}, {"payment", "pay"}, {"payments", "pay"},
    {"built", "build"}, {"shot", "shoot"}, {"shooting", "shoot"}, {"shelled", "shell"}, {"struck", "strike"}, {"strikers", "strike"},
    {"attacked", "attack"}, {"agreement", "agree"}, {"deal", "agree"}, {"accord", "agree"}, {"pact", "agree"}, {"closed", "close"},
    {"closure", "close"}, {"shut", "close"}, {"began", "begin"}, {"begun", "begin"}, {"start", "begin"}, {"started", "begin"}, {"launch", "begin"},
    {"launched", "begin"}, {"stopped", "stop"}, {"halt", "stop"}, {"halted", "stop"}, {"block", "stop"}, {"blocked", "stop"}, {"arrested", "arrest"},
    {"detained", "arrest"}, {"broke", "break"}, {"broken", "break"}, {"breach", "break"}, {"violated", "break"}, {"violation", "break"},
    {"violations", "break"}, {"hid", "hide"}, {"hidden", "hide"}, {"stole", "steal"}, {"stolen", "steal"}, {"fought", "fight"}, {"fighting", "fight"},
    {"knew", "know"}, {"sought", "seek"}, {"wrote", "write"}, {"election", "elect"}, {"elections", "elect"}, {"vote", "elect"}, {"voted", "elect"},
    {"voters", "elect"}, {"voting", "elect"}, {"cut", "cut"}, {"cuts", "cut"}, {"layoffs", "dismiss"}, {"sacked", "dismiss"},
    {"dismissed", "dismiss"}, {"jobs", "job"}, {"withdrew", "withdraw"}, {"withdrawn", "withdraw"}, {"withdrawal", "withdraw"}, {"ran", "run"},
    {"led", "lead"}, {"sent", "send"}, {"spent", "spend"}, {"earthquake", "quake"}, {"earthquakes", "quake"}, {"tremor", "quake"}, {"ex", "former"},
    {"children", "child"}, {"women", "woman"}, {"men", "man"}};

// “planned” -> plan, “hiring” and “hire” -> hir.
std::string cut_endings(std::string stem) {
  const auto cut = [&stem](std::string_view ending, size_t least) {
    if (stem.size() < ending.size() + least || !stem.ends_with(ending)) return false;
    stem.resize(stem.size() - ending.size());
    return true;
  };
  cut("'s", 2);
  if (cut("ies", 2)) stem += 'y';
  else if (!stem.ends_with("ss")) cut("s", 3);
  if (cut("ing", 3) || cut("ed", 3)) {
    if (stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] && stem.back() != 'l' && stem.back() != 's') stem.pop_back();
  } else if (!cut("ment", 4) && !cut("ation", 4) && !cut("ly", 4)) {
    cut("ion", 5);
  }
  if (stem.size() > 3 && stem.back() == 'e') stem.pop_back();
  if (stem.size() > 3 && stem.back() == 'y') stem.back() = 'i';
  return stem;
}

}  // namespace

std::string stem_of(const std::string& word) {
  if (word.size() < 2 || empty_words.contains(word)) return {};
  if (const auto found = known.find(word); found != known.end()) return cut_endings(std::string(found->second));
  const std::string stem = cut_endings(word);
  const auto again = known.find(stem);
  return again == known.end() ? stem : cut_endings(std::string(again->second));
}

}  // namespace sayso
