#include "attribution/clauses.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "text/text.h"

using namespace sayso;

namespace {

// What the rule finds in `said` when all of it is somebody's content: “SOURCE | CUE | CONTENT”, one a line. No model reads.
std::string find(const std::string& said, const CueList* list = nullptr, bool as_content = true, Span cue = {0, 0},
                 ClausesWhere where = ClausesWhere::inside) {
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
  add_by_clause(document, where, list, all);
  std::string out;
  for (size_t i = before; i < all.size(); ++i) {
    CHECK(all[i].evidence == std::vector<std::string>{where == ClausesWhere::inside ? "rule clause inside a content" : "rule clause"});
    if (!out.empty()) out += '\n';
    out.append(all[i].source ? text_of(document, all[i].source->part) : "-").append(" | ").append(text_of(document, all[i].cue)).append(" | ")
        .append(text_of(document, all[i].content));
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

TEST_CASE("a verb or an adjective in front of the clause, and what belongs to the verb") {
  CHECK(find("They seem to think that it holds.") == "They | seem to think | that it holds");
  CHECK(find("She is trying to say that it leaks.") == "She | is trying to say | that it leaks");
  CHECK(find("I’m not sure it will hold.") == "I | ’m not sure | it will hold");
  CHECK(find("He was aware that the lock leaks.") == "He | was aware | that the lock leaks");
  CHECK(find("I feel like they are late.") == "I | feel like | they are late");
  CHECK(find("We want to know whether it leaks.") == "We | want to know | whether it leaks");
  CHECK(find("They made it clear that nobody sails.") == "They | made it clear | that nobody sails");
}

TEST_CASE("a clause without “that” behind a verb, where it shows itself") {
  CHECK(find("I think the lock leaks.") == "I | think | the lock leaks");
  CHECK(find("They say the lock is old.") == "They | say | the lock is old");
  CHECK(find("We seem to think old locks will leak.") == "We | seem to think | old locks will leak");
  CHECK(find("The board has to find the lock was old.") == "The board | has to find | the lock was old");
  CHECK(find("Dockers say the lock is old.") == "Dockers | say | the lock is old");
  for (const char* text : {"They say the words that are old.", "We believe the letter of the board.", "They fear the storm.",
                           "These dockers think that and go.", "We think about what was.", "Dockers say the words that are old."})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
}

TEST_CASE("nouns, relative pronouns and nobody") {
  CHECK(find("The letters of the board show that the lock leaks.") == "The letters of the board | show | that the lock leaks");
  CHECK(find("it rains, and an old account of the flood suggests that the lock leaked") ==
        "an old account of the flood | suggests | that the lock leaked");
  CHECK(find("I heard that the crew has also told us that they sail.") ==
        "I | heard | that the crew has also told us that they sail\nthe crew | has also told | that they sail");
  CHECK(find("a crew who say that it leaks") == "who | say | that it leaks");
  CHECK(find("five letters, which explain how the lock was built") == "which | explain | how the lock was built");
  CHECK(find("it is feared that the lock leaks") == "- | is feared | that the lock leaks");
  CHECK(find("it’s said that the lock leaks") == "- | ’s said | that the lock leaks");
  for (const char* text : {"the report that he wrote", "The owners’ claims that the lock leaks are old.", "New hopes that the lock holds are rare.",
                           "a Holm Times report that the lock leaks",
                           "the nonstop demands that come with the work", "the lock said to be old leaks", "The crew was told that the lock leaks.",
                               "He read the letter and the board knows that man."})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
}

TEST_CASE("a second verb with the subject of the first") {
  CHECK(find("We saw the lock and concluded that it leaks.") == "We | concluded | that it leaks");
  CHECK(find("they left at noon, saying that the lock leaks") == "they | saying | that the lock leaks");
  CHECK(find("I hoped that he would come and tell us that it holds.") == "I | hoped | that he would come and tell us that it holds");
  CHECK(find("Most dockers think they will win.") == "Most dockers | think | they will win");
  for (const char* text : {"the lock leaks and concluded that it rains", "We saw the lock, and the report that he wrote",
                           "they want a crane and say so", "the claim they make is old",
                           "I was called in and told that the lock leaks", "The next thing Berg knows they sail."})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
}

TEST_CASE("what somebody else is set on") {
  CHECK(find("Two owners threatened to sell.") == "Two owners | threatened | to sell");
  CHECK(find("The Ostmark Front plans to block the quay if it rains, and we sail.") ==
        "The Ostmark Front | plans | to block the quay if it rains");
  CHECK(find("that Lund intends to use the strike") == "Lund | intends | to use the strike");
  CHECK(find("Lund wants to win the vote, and he will not win it in May.") == "Lund | wants | to win the vote");
  CHECK(find("The families intend to file a claim.") == "The families | intend | to file a claim");
  CHECK(find("because the board does not want to sell the quay") == "the board | does not want | to sell the quay");
  CHECK(find("It made public a letter in which it assures that all the controls had been carried out.") ==
        "it | assures | that all the controls had been carried out");
  CHECK(find("Trade unions have refused to come.") == "Trade unions | have refused | to come");
  for (const char* text : {"The council’s plans to build a quay were dropped.", "The board rejected plans to build a quay.",
                           "a bridge intended to last a century", "We want to win.", "The board is expected to agree to sell.",
                           "New hopes to win the vote were dashed.", "The storm threatens to break the quay.", "if a union wants to strike, it may",
                           "The owner said plans to sell were dead.", "It was meant to last.",
                           "The board was threatened to be sued.",
                           "He and the head of that country promised to help.", "The aid promised to Ostmark is late."})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
}

TEST_CASE("in the middle of a clause and at its end") {
  CHECK(find("The lock, I think, leaks.") == "I | think | The lock … leaks");
  CHECK(find("We lost, I think.") == "I | think | We lost");
  CHECK(find("it rained, but the quay was dry, they say, and we sailed") == "they | say | the quay was dry");
  for (const char* text : {"Yes, I think.", "It leaks, I think so.", "The lock, you know, leaks."})
    CHECK_MESSAGE(find(text).empty(), text, ": ", find(text));
  std::string text = "The lock";
  for (int i = 0; i < 30000; ++i) text += ", I think";
  CHECK(find(text).find('\n') == std::string::npos);
}

TEST_CASE("no clause, no subject, no speaker") {
  for (const char* text : {"It is late, you know, and cold.", "you know we tried", "I mean we tried", "You know what I mean.", "You know what?",
                           "I think so.",
                           "We know the harbour.", "I know that man.", "I know it and you know it.", "they found it empty", "he knows how to swim",
                           "do you think it leaks?", "Don’t you think it leaks?", "He was told that the lock leaks.", "Know that the lock leaks.",
                               "let them know that it leaks",
                           "He made it say that we lost", "they knowing that it leaks", "They say this in town.", "most of you know that we lost",
                           "what they say it is", "whatever he says they want", "if you show that the lock leaks, we win",
                           "it implies that the lock leaks", "the lock they tell is old", "Suppose the dockers know that it leaks.",
                           "we find that crane or the board's letter odd"})
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

TEST_CASE("outside of contents: clauses with “that” only") {
  const auto outside = [](const std::string& text, bool as_content = false) {
    return find(text, nullptr, as_content, {0, 0}, ClausesWhere::outside);
  };
  CHECK(outside("It rains. We would think that the lock leaks. It rains.") == "We | would think | that the lock leaks");
  CHECK(outside("The letters of the board show that the lock leaks.") == "The letters of the board | show | that the lock leaks");
  CHECK(outside("We would think it leaks. We know what leaks.") == "");
  CHECK(outside("We would think that the lock leaks.", true) == "");
}

TEST_CASE("clauses in clauses are read to a depth of four, so that a text of nothing else takes linear time") {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "I think that ";
  const std::string found = find(text + "it leaks");
  CHECK(std::count(found.begin(), found.end(), '\n') == 3);
}
