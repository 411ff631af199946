#include "attribution/mend.h"

#include <doctest/doctest.h>

#include "text/sections.h"
#include "text/text.h"

using namespace sayso;

namespace {

Document read_text(const std::string& text) {
  Document document;
  document.text = text;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
  return document;
}

Span find(const Document& document, const std::string& words) {
  const size_t at = document.text.find(words);
  REQUIRE_MESSAGE(at != std::string::npos, words);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

// What mending makes of an attribution with these words.
Attribution mend(const Document& document, const char* source, const char* cue, const char* content) {
  Attribution a;
  a.source = Source{{{find(document, source)}}, SourceKind::person};
  a.cue.spans = {find(document, cue)};
  a.content.spans = {find(document, content)};
  a.confidence = 0.01;
  a.evidence = {"model cue"};
  std::vector<Attribution> all = {a};
  mend_attributions(document, all);
  return all[0];
}

}  // namespace

TEST_CASE("time and medium leave the cue, what is no medium stays") {
  const Document document = read_text("Lund said in an interview on Monday that he put in a word. Berg denied last week that she went on a trip. "
                                      "Ek had called in the army Friday.");
  CHECK(text_of(document, mend(document, "Lund", "said in an interview", "that he put in a word").cue) == "said");
  CHECK(text_of(document, mend(document, "Berg", "denied last", "that she went on a trip").cue) == "denied");
  CHECK(text_of(document, mend(document, "Ek", "had called in the army Friday", "trip").cue) == "had called in the army");
  CHECK(text_of(document, mend(document, "Lund", "said", "that he put in a word").cue) == "said");
}

TEST_CASE("a content before “, SOURCE CUE” that begins inside its clause gets its front") {
  const Document document = read_text("OSTMARK, May 2 (UPA) – Owners and the union (UDF) are holding secret talks on the port, Minister "
                                      "Brandt announced. It is known, and it is so, she said.");
  const Attribution a = mend(document, "Minister Brandt", "announced", "secret talks on the port");
  CHECK(text_of(document, a.content) == "Owners and the union (UDF) are holding secret talks on the port");
  CHECK(a.evidence.back() == "rule whole clause before the cue");
  CHECK(a.confidence > 0.01);
  // A verb without its subject is no beginning, whatever stands before it.
  CHECK(text_of(document, mend(document, "Minister Brandt", "announced",
                               "are holding secret talks on the port").content) == "Owners and the union (UDF) are holding secret talks on the port");
  // Behind “and” a content may well begin.
  CHECK(text_of(document, mend(document, "she", "said", "it is so").content) == "it is so");
}

TEST_CASE("a quotation goes on in the next paragraphs until a mark closes it") {
  const Document document = read_text("“We wait,” Lund said. “We act.\n\n“The pickets stay.\n\n“So do we.”\n\n“Nobody knows,” Berg said.");
  const Attribution a = mend(document, "Lund", "said", "“We act.");
  CHECK(text_of(document, a.content) == "“We act. … “The pickets stay. … “So do we.”");
  CHECK(text_of(document, mend(document, "Berg", "said", "“Nobody knows,”").content) == "“Nobody knows,”");
}

TEST_CASE("according to: the cue is both words, who stands behind them is the source") {
  const Document document = read_text("The paper has learned that, according to a posting on a board, the site is slow.");
  const Attribution a = mend(document, "the site", "according", "is slow");
  CHECK(text_of(document, a.cue) == "according to");
  CHECK(text_of(document, a.source->part) == "a posting on a board");
}

TEST_CASE("without quotation marks “I” is the writer, in whose voice the sentence goes on") {
  const Document document = read_text("Boyd believes that she will resign, and for once I agree with him. Ek told me that I should leave, and that "
                                      "my car was in the way. “We think that he will stay, and I am glad,” Lund said.");
  const Attribution boyd = mend(document, "Boyd", "believes", "that she will resign, and for once I agree with him");
  CHECK(text_of(document, boyd.content) == "that she will resign");
  CHECK(text_of(document, mend(document, "Ek", "told", "that I should leave, and that my car was in the way").content) ==
        "that I should leave, and that my car was in the way");
  CHECK(text_of(document, mend(document, "We", "think", "that he will stay, and I am glad").content) == "that he will stay, and I am glad");
}

TEST_CASE("a content keeps no piece of another paragraph that somebody else is given there") {
  const Document document = read_text("The water is clean, informed the mayor.\n\n“We took forty samples,” the doctor said.\n");
  Attribution mayor;
  mayor.source = Source{{{find(document, "the mayor")}}, SourceKind::person};
  mayor.cue.spans = {find(document, "informed")};
  mayor.content.spans = {find(document, "The water is clean"), find(document, "“We took forty samples,”")};
  mayor.evidence = {"model cue"};
  Attribution doctor = mayor;
  doctor.source = Source{{{find(document, "the doctor")}}, SourceKind::person};
  doctor.cue.spans = {find(document, "said")};
  doctor.content.spans = {find(document, "“We took forty samples,”")};
  std::vector<Attribution> alone = {mayor}, both = {mayor, doctor};
  drop_pieces_of_others(document, alone);
  CHECK(alone[0].content.spans.size() == 2);
  drop_pieces_of_others(document, both);
  CHECK(text_of(document, both[0].content) == "The water is clean");
  CHECK(text_of(document, both[1].content) == "“We took forty samples,”");
}

TEST_CASE("a content that breaks off where nothing ends goes on to the clause's end") {
  const Document document = read_text("Lund said that it leaks and the dock is closed. She said that “the pumps have been reduced to scrap.” Ek said "
                                      "the pay is low and the talks, which the owners call sound, go on. Berg said it floats as well.");
  const auto complete = [&document](const char* cue, const char* content, const char* room = nullptr, const char* other = nullptr) {
    std::vector<Attribution> all;
    const size_t first = room != nullptr;
    if (room != nullptr) all.emplace_back().content.spans = {find(document, room)};
    all.emplace_back().cue.spans = {find(document, cue)};
    all.back().content.spans = {find(document, content)};
    if (other != nullptr) all.emplace_back().cue.spans = {find(document, other)};
    complete_ends(document, first, all);
    return text_of(document, all[first].content);
  };
  CHECK(complete("said", "that it leaks and") == "that it leaks and the dock is closed");
  CHECK(complete("said", "that it leaks and the") == "that it leaks and the dock is closed");
  CHECK(complete("said", "that it leaks") == "that it leaks");
  CHECK(complete("said", "it leaks and", "that it leaks and the dock") == "it leaks and the dock");
  CHECK(complete("said", "that “the pumps have been reduced to") == "that “the pumps have been reduced to scrap.”");
  CHECK(complete("said", "the pumps have been reduced to") == "the pumps have been reduced to scrap");
  // Not up to another's cue in the middle of the clause.
  CHECK(complete("Ek", "pay is low and the talks, which", nullptr, "call") == "pay is low and the talks, which");
  CHECK(complete("said", "that it leaks and the", nullptr, "dock") == "that it leaks and the");
  CHECK(complete("Berg", "it floats as") == "it floats as");
}

TEST_CASE("a content ends where another begins to speak, and inside a quotation with its sentence") {
  const Document document = read_text("Norpress reported that the council will meet, and the mayor told reporters: “It is late.” "
                                      "“The director told us that the exam is off. Our children wait,” Sund said.");
  const auto ends = [&document](const char* cue, const char* content, bool mayor) {
    std::vector<Attribution> all(1);
    all[0].cue.spans = {find(document, cue)};
    all[0].content.spans = {find(document, content)};
    if (mayor) {
      all.emplace_back().source = Source{{{find(document, "the mayor")}}, SourceKind::person};
      all[1].cue.spans = {find(document, "told")};
      all[1].content.spans = {find(document, "“It is late.”")};
    }
    end_contents(document, all);
    return text_of(document, all[0].content);
  };
  const char* whole = "that the council will meet, and the mayor told reporters: “It is late.”";
  CHECK(ends("reported", whole, true) == "that the council will meet");
  CHECK(ends("reported", whole, false) == whole);
  CHECK(ends("told us", "that the exam is off. Our children wait", false) == "that the exam is off");
  CHECK(ends("told us", "that the exam is off", false) == "that the exam is off");
}

TEST_CASE("a cue that begins its sentence has nobody in front of it who is told") {
  const Document document = read_text("Was told to leave at noon. Teachers were told to leave at noon.");
  CHECK(text_of(document, mend(document, "noon", "Was told", "to leave").content) == "to leave");
  CHECK(!mend(document, "Teachers", "were told", "to leave").source);
}
