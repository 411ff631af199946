#include "attribution/clauses.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "text/text.h"

using namespace sayso;

namespace {

// What the rule finds in `said` when all of it is somebody's content: “SOURCE | CUE | CONTENT”, one a line. No model reads.
std::string find(const std::string& said, const CueList* list = nullptr, bool as_content = true, Span cue = {0, 0}) {
  Document document;
  document.text = said;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  std::vector<Attribution> all;
  if (as_content) {
    all.emplace_back().content.spans = {{0, static_cast<uint32_t>(said.size())}};
    if (cue.size() > 0) all.back().cue.spans = {cue};
  }
  const size_t before = all.size();
  add_by_clause(document, list, all);
  std::string out;
  for (size_t i = before; i < all.size(); ++i) {
    CHECK(all[i].evidence == std::vector<std::string>{"rule clause inside a content"});
    if (!out.empty()) out += '\n';
    out.append(text_of(document, all[i].source->part)).append(" | ").append(text_of(document, all[i].cue)).append(" | ").append(text_of(document, all[i].content));
  }
  return out;
}

}  // namespace

TEST_CASE("pronoun, verb group, clause") {
  CHECK(find("We’ve always known that the lock leaks.") == "We | ’ve always known | that the lock leaks");
  CHECK(find("she still doesn’t think it will hold, but they built it") == "she | still doesn’t think | it will hold");
  CHECK(find("I'd argue that it's late, and we agree.") == "I | 'd argue | that it's late");
  CHECK(find("He can’t say whether the red, white, and blue boats sail.") == "He | can’t say | whether the red, white, and blue boats sail");
  CHECK(find("We all now believe they lied.") == "We all | believe | they lied");
  CHECK(find("They used to think that it held.") == "They | used to think | that it held");
  CHECK(find("He's saying that it leaks.") == "He | 's saying | that it leaks");
  CHECK(find("She pointed out that it leaks.") == "She | pointed out | that it leaks");
  CHECK(find("She told me that they called it “a joke.”") == "She | told | that they called it “a joke.”");
  CHECK(find("I think that the dockers ... need a rest.") == "I | think | that the dockers ... need a rest");
  CHECK(find("I hope you win. It rains.") == "I | hope | you win");
  CHECK(find("some say I know what they want") == "some | say | I know what they want\nI | know | what they want");
}

TEST_CASE("marks inside marks: to the closing one, over the stops between") {
  CHECK(find("and they said, ‘No keys. Go home.’ So I left") == "they | said | ‘No keys. Go home.’");
  CHECK(find("and they said ‘no’ to us") == "");
}

TEST_CASE("no clause, no subject, no speaker") {
  for (const char* text : {"It is late, you know, and cold.", "you know we tried", "I mean we tried", "You know what I mean.", "You know what?", "I think so.", "We lost, I think.",
                           "We know the harbour.", "I know that man.", "I know it and you know it.", "they found it empty", "he knows how to swim", "do you think it leaks?",
                           "Don’t you think it leaks?", "it is said that the lock leaks", "it’s said that the lock leaks", "He was told that the lock leaks.", "Know that the lock leaks.", "let them know that it leaks",
                           "He made it say that we lost", "they knowing that it leaks", "They say this in town.", "most of you know that we lost", "what they say it is", "whatever he says they want", "if you show that the lock leaks, we win", "it implies that the lock leaks", "the lock they tell is old"})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
}

TEST_CASE("only in contents, only where no cue stands, and not against the user's stops") {
  const std::string text = "You forget that the lock leaks.";
  CHECK(find(text) == "You | forget | that the lock leaks");
  CHECK(find(text, nullptr, false) == "");
  CHECK(find(text, nullptr, true, {4, 10}) == "");
  CueList list;
  list.stops = {{"forget", "that"}};
  CHECK(find(text, &list) == "");
  list.stops = {{"forget", "me"}, {"leaks"}};
  CHECK(find(text, &list) == "You | forget | that the lock leaks");
}

TEST_CASE("clauses in clauses are read to a depth of four, so that a text of nothing else takes linear time") {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "I think that ";
  const std::string found = find(text + "it leaks");
  CHECK(std::count(found.begin(), found.end(), '\n') == 3);
}
