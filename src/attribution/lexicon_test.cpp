#include "attribution/lexicon.h"

#include <doctest/doctest.h>

#include "attribution/cue_list.h"

using namespace sayso;

namespace {

std::string type(const char* cue, const char* content, bool direct = false) { return name_of(type_of(words_of(cue), words_of(content), direct)); }
std::string kind(const char* source) { return name_of(kind_of(split_words(source))); }

}  // namespace

TEST_CASE("types: says, thinks, knows, wants") {
  for (const auto& [cue, content] : {std::pair{"said", "that he believed it"}, {"has denied", "that any meeting had taken place"},
                                     {"according to", "“the plan is off”"}, {"asked", "whether it was true"}, {"promised", "that it would open"},
                                     {"called", "him a liar"}, {"warned", "“it may break”"}, {"shows", "a lead of two points"},
                                     {"said he believed", "it"}, {"", "“We lost.”"}, {"found", "that six in ten agree"},
                                     {"told", "that the sides had met"}})
    CHECK_MESSAGE(type(cue, content) == "assertion", std::string(cue));
  for (const auto& [cue, content] : {std::pair{"believes", "the board will block the plan"}, {"feared", "the worst"},
                                     {"doubt very much", "that it will pass"}, {"expects", "a strike"}, {"considers", "untouchable"}})
    CHECK_MESSAGE(type(cue, content) == "belief", std::string(cue));
  for (const auto& [cue, content] : {std::pair{"knows", "that this is about the quay"}, {"learned", "of the talks"}, {"is aware", "of it"}})
    CHECK_MESSAGE(type(cue, content) == "fact", std::string(cue));
  for (const auto& [cue, content] : {std::pair{"asked", "not to be named"}, {"plans", "to strike"}, {"called for", "calm"},
                                     {"ordered", "the crews home"}, {"told", "to leave"}, {"wants", "a new quay"}, {"refused", "to answer"},
                                     {"recommended", "that the lock be closed"}, {"agreed to", "meet"}})
    CHECK_MESSAGE(type(cue, content) == "eventuality", std::string(cue));
  // “I went to the quay” is told, whoever is told to go.
  CHECK(type("told", "“I went to the quay”", true) == "assertion");
  CHECK(type("told", "them to go", false) == "eventuality");
  CHECK(type("would like", "the trial to be repeated") == "eventuality");
}

TEST_CASE("kinds of sources, by the head of the phrase") {
  CHECK(kind("Court documents unsealed last week") == "document");
  CHECK(kind("Residents reached by telephone") == "group");
  for (const char* source : {"Minister", "Transport Minister Helga Brandt", "Brandt", "the head of the transport ministry",
                             "An official familiar with the matter, who asked not to be named",
                             "Its chairman, Aksel Lund,", "she", "I", "a spokeswoman for the union", "Mr. Lund", "who", "one resident",
                             "Jane Doe of the Harbour Board"})
    CHECK_MESSAGE(kind(source) == "person", std::string(source));
  for (const char* source : {"the owners", "they", "Everyone in town", "dockers", "two officials", "many voters", "Brandt and Lund", "police",
                             "critics of the plan", "most people"})
    CHECK_MESSAGE(kind(source) == "group", std::string(source));
  for (const char* source : {"Vestrand city hall", "the Front", "the ministry", "The owners’ association", "Reuters", "UDF", "the White House",
                             "Harbour Holdings Inc."})
    CHECK_MESSAGE(kind(source) == "organisation", std::string(source));
  for (const char* source : {"the United States", "Norway", "U.S.", "Saudi Arabia"}) CHECK_MESSAGE(kind(source) == "country", std::string(source));
  for (const char* source : {"Washington", "Moscow"}) CHECK_MESSAGE(kind(source) == "place", std::string(source));
  for (const char* source : {"The Vestrand Times", "the Vestrand Courier", "the newspaper", "CNN"})
    CHECK_MESSAGE(kind(source) == "publication", std::string(source));
  for (const char* source : {"the report", "a leaked letter", "a recent poll", "the letter from the board", "documents seen by us", "figures"})
    CHECK_MESSAGE(kind(source) == "document", std::string(source));
}

TEST_CASE("words that speak and words that report") {
  CHECK(is_speaking_role("minister"));
  CHECK(is_speaking_role("police"));
  CHECK(!is_speaking_role("update"));
  CHECK(!is_speaking_role("she"));
  CHECK(is_saying_verb("went"));
  CHECK(is_saying_verb("stressed"));
  CHECK(!is_saying_verb("sailed"));
  CHECK(plainly_attributes(words_of("Word has reached us")));
  CHECK(plainly_attributes(words_of("has been planning")));
  CHECK(!plainly_attributes(words_of("have put")));
  CHECK(is_hearing_verb("hearing"));
  CHECK(!is_hearing_verb("heart"));
}

TEST_CASE("words that begin a clause") {
  for (const char* words : {"that the lock leaks", "whether it leaks", "how they sail",
                            "it leaks badly"}) CHECK_MESSAGE(is_clause(words_of(words)), std::string(words));
  for (const char* words : {"the lock", "to sail at noon", "how to sail", "it leaks", "you doing this", "what",
                            ""}) CHECK_MESSAGE(!is_clause(words_of(words)), std::string(words));
}

TEST_CASE("things, and what is said of them") {
  for (const char* words : {"the lock", "no respect for anybody", "it", "the divisions that have grown"})
    CHECK_MESSAGE(is_thing(words_of(words)), std::string(words));
  for (const char* words : {"it leaks badly", "the lock is old", "the lock leaking at noon", "the owners to sell", "the plan as a mistake",
                            "that man", "is that it leaks", "the vote changed the law", "“the lock”", "she", ""})
    CHECK_MESSAGE(!is_thing(words_of(words)), std::string(words));
  CHECK(takes_no_thing(words_of("have seen"), words_of("her")));
  CHECK(takes_no_thing(words_of("tells"), words_of("so many lies")));
  CHECK(takes_no_thing(words_of("were expecting"), words_of("their first child together")));
  CHECK(!takes_no_thing(words_of("were expecting"), words_of("a strike")));
  CHECK(!takes_no_thing(words_of("said"), words_of("witnesses saw")));
  CHECK(!takes_no_thing(words_of("are demanding"), words_of("a new lock")));
}
