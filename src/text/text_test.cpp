// Invariants of the text layers and of sections on texts that nobody would write; what they make of English stands in tests/cases/text/.
#include "text/text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>

#include "base/unicode.h"
#include "text/clusters.h"
#include "text/language.h"
#include "text/paragraphs.h"
#include "text/sections.h"

using namespace sayso;

namespace {

Document read_text(std::string text) {
  Document document;
  document.text = std::move(text);
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
  return document;
}

// The start of every grapheme cluster, and the end of the text.
std::vector<size_t> boundaries_of(const std::string& text) {
  std::vector<size_t> out;
  for (size_t at = 0; at < text.size(); at = cluster_end(text, at)) out.push_back(at);
  out.push_back(text.size());
  return out;
}

// A section begins and ends with a word; sections lie apart from each other or one in the other; only datelines say where and when.
void check_sections(const Document& document) {
  std::vector<Span> open;
  const Section* before = nullptr;
  for (const Section& section : document.sections) {
    const auto begins = [&](const Token& token) { return token.span.begin == section.span.begin; };
    const auto ends = [&](const Token& token) { return token.span.end == section.span.end; };
    CHECK_MESSAGE(std::any_of(document.tokens.begin(), document.tokens.end(), begins), document.text);
    CHECK_MESSAGE(std::any_of(document.tokens.begin(), document.tokens.end(), ends), document.text);
    while (!open.empty() && open.back().end <= section.span.begin) open.pop_back();
    CHECK_MESSAGE((open.empty() || open.back().contains(section.span)), "sections cross: " << document.text);
    CHECK_MESSAGE(!(before && before->kind == section.kind && before->span == section.span), "a section stands there twice: " << document.text);
    if (section.kind != SectionKind::dateline) CHECK_MESSAGE((!section.place && section.date.empty()), document.text);
    for (const auto& inner : {section.place, section.agency}) CHECK_MESSAGE((!inner || section.span.contains(*inner)), document.text);
    const size_t length = section.date.size();
    CHECK_MESSAGE((length == 0 || length == 10 || (length == 7 && section.date.starts_with("--"))), section.date);
    open.push_back(section.span);
    before = &section;
  }
}

// What holds for every text.
void check_layers(const Document& document) {
  const Status status = check_document(document);
  const std::string fault = status.ok() ? "" : status.error().sentence();
  CHECK_MESSAGE(fault == "", document.text);
  const std::vector<size_t> boundaries = boundaries_of(document.text);
  size_t outside = 0, inside = 0, cut = 0, end = 0;
  for (const Token& token : document.tokens) {
    for (size_t at = end; at < token.span.begin;) outside += !is_space(next_code_point(document.text, at));
    for (size_t at = token.span.begin; at < token.span.end;) inside += is_space(next_code_point(document.text, at));
    cut += !std::binary_search(boundaries.begin(), boundaries.end(), token.span.begin);
    cut += !std::binary_search(boundaries.begin(), boundaries.end(), token.span.end);
    end = token.span.end;
  }
  for (size_t at = end; at < document.text.size();) outside += !is_space(next_code_point(document.text, at));
  CHECK_MESSAGE(outside == 0, "characters stand in no word: " << document.text);
  CHECK_MESSAGE(inside == 0, "white space stands in a word: " << document.text);
  CHECK_MESSAGE(cut == 0, "a word ends inside a grapheme cluster: " << document.text);
  for (const Quote& quote : document.quotes) CHECK(quote.span.end > quote.span.begin);
  check_sections(document);
  const Language language = recognise_language(document.text);
  CHECK_MESSAGE((language.english >= 0 && language.english <= 1 && !language.code.empty()), document.text);
  CHECK_MESSAGE((language.code != "und" || !language.reliable), document.text);
}

}  // namespace

TEST_CASE("an empty text and one of white space have no words, and the layers have run") {
  for (const char* text : {"", " ", "\r\n\r\n", "\n \t\n", "\u00A0\u2003"}) {
    const Document document = read_text(text);
    CHECK(document.tokens.ran());
    CHECK(document.sentences.ran());
    CHECK(document.quotes.ran());
    CHECK(document.sections.ran());
    CHECK(document.tokens.size() == 0);
    CHECK(document.sentences.size() == 0);
    CHECK(document.quotes.size() == 0);
    CHECK(document.sections.size() == 0);
  }
}

TEST_CASE("any mixture of marks, letters and breaks keeps the invariants") {
  static const std::vector<std::string> pieces = {
      "\"", "“", "”", "„", "«", "»", "‘", "’", "'", "''", "``", "`", ",,", "<<", ">>", "‹", "›", ".", "...", "…", "!", "?", ",", ":", ";",
      "-", "–", "—", "(", ")", "[", "]", "@", "#", "/", "&", "$", "%", "+", "://", "www.", ".com", "s", "n't", "’s", "’ve", "don't", "I",
      "Mr.", "etc.", "U.S.", "e-", "mid-", "said", "The", "a", "B", "1", "1,000", "713-555-0199", "5pm", "SMITH:", " ", " ", " ", "\n", "\n\n",
      "\r\n", "\t", "\u00A0", "\u200B", "\u200D", "\u00AD", "\u0301", "e\u0301", "👩\u200D👩\u200D👧", "👍🏽", "🇳🇴", "🇳", "1️⃣", "שלום", "عربي",
      "\u202B", "\u202C", "\u0600", "\uFEFF", "ก็", "한국", "ᄀ", "ᅡ", "中文", "\uFFFD", "\U000E0067", "²", "½", "_", "*", "~", "|", "\x01"};
  std::mt19937 random(20261124);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (size_t n = random() % 40; n > 0; --n) text += pieces[random() % pieces.size()];
    check_layers(read_text(text));
  }
}

TEST_CASE("any page of lines, marks and names keeps the invariants") {
  static const std::vector<std::string> pieces = {
      "Dock owners in secret talks", "The port is closed, the minister said on Monday, and nobody knows for how long it will be.",
      "VESTRAND", "London",
      "Baghdad:", "KYIV.", "March 4", "March 4, 2016", "4 May", "Monday", "(AP)", "(Reuters)", "/TASS/", "(NCA", "North Coast Agency", "–",
      "—", "-", "--", ",",
      ".", ":", ";", "|", "/", "By", "Jane Doe", "JANE DOE", "staff writer", "van der", "Photo:", "AP Photo/Jane Doe", "Source:",
      "Copyright 2016", "©",
      "(Reporting by Jane Doe)", "contributed to this report.", "Editor’s note:", "[sic]", "(the owners – ed.)",
      "(UDF, not recognised – ed.)", "(", ")", "[", "]",
      "•", "1.", "2)", "> ", "SMITH:", "Q:", "A:", "“", "”", "\"", "He said:", "(@jane)", "https://example.org/a", "10:30 a.m.", "EST",
      "Posted:", "FILE -",
      "In this", "file photo", "N.Y.", "Mich.", "Image:", "Getty Images", "Correction:", "This article has been updated", " ", " ", " ", " ",
      "\n", "\n", "\n\n",
      "\n\n", "\r\n", "\u2029", "\f", "\t", "\u00A0"};
  std::mt19937 random(1604);
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    for (size_t n = random() % 30; n > 0; --n) {
      text += pieces[random() % pieces.size()];
      if (random() % 2) text += ' ';
    }
    check_layers(read_text(text));
  }
}

TEST_CASE("open marks of one kind do not slow down those of another") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "“a ";
  for (int i = 0; i < 100'000; ++i) text += "x» ";
  Document document;
  document.text = text;
  document.tokens = split_tokens(document);
  const std::clock_t begin = std::clock();
  document.quotes = find_quotes(document);
  CHECK(std::clock() - begin < 3 * CLOCKS_PER_SEC);  // when each looked through all that were open: 13 s
  CHECK(document.quotes.size() > 100'000);
}

TEST_CASE("repaired garbage keeps the invariants") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (size_t n = random() % 60; n > 0; --n) bytes += static_cast<char>(random() % 256);
    check_layers(read_text(repair_utf8(bytes).text));
  }
}

TEST_CASE("any code point at all may stand in a text") {
  std::mt19937 random(15);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t n = random() % 30; n > 0; --n) {
      const uint32_t below = random() % 3 ? 0x3000 : 0x110000;
      const auto c = static_cast<char32_t>(random() % below);
      append_code_point(text, c >= 0xD800 && c < 0xE000 ? U'x' : c);
    }
    check_layers(read_text(text));
  }
}
