// Runs tests/cases/text/*.case: what the text room makes of English, written without C++. The format: tests/cases/text/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/case_file.h"
#include "text/language.h"
#include "text/sections.h"
#include "text/text.h"

using namespace sayso;

namespace {

// As the case files write it: line breaks as ⏎.
std::string show(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += "⏎";
    else if (c == '\r') out += "\\r";
    else out += c;
  }
  return out;
}

std::vector<std::string> show_tokens(const Document& document) {
  std::vector<std::string> lines;
  for (const Sentence& sentence : document.sentences) {
    std::string line = "tokens:";
    for (uint32_t i = sentence.first.index; i <= sentence.last.index; ++i)
      line += (document.tokens.glued[i] ? "‿" : " ") + std::string(document.at(document.tokens[i].span));
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> show_sentences(const Document& document) {
  std::vector<std::string> lines;
  for (const Sentence& sentence : document.sentences) lines.push_back("sentence: " + show(document.at(sentence.span)));
  return lines;
}

std::vector<std::string> show_quotes(const Document& document) {
  std::vector<std::string> lines;
  for (const Quote& quote : document.quotes) {
    std::string name = "quote";
    if (quote.depth) name += " depth " + std::to_string(quote.depth);
    if (quote.continues) name += " continues";
    if (!quote.opened) name += " unopened";
    if (!quote.closed) name += " unclosed";
    lines.push_back(name + ": " + show(document.at(quote.span)));
  }
  return lines.empty() ? std::vector<std::string>{"quotes: none"} : lines;
}

std::vector<std::string> show_sections(const Document& document) {
  std::vector<std::string> lines;
  for (const Section& section : document.sections) {
    std::string line = std::string(name_of(section.kind)) + ": " + show(document.at(section.span));
    if (section.place) line += " | place " + std::string(document.at(*section.place));
    if (!section.date.empty()) line += " | date " + section.date;
    if (section.agency) line += " | agency " + std::string(document.at(*section.agency));
    lines.push_back(line);
  }
  return lines.empty() ? std::vector<std::string>{"sections: none"} : lines;
}

enum class Asked { tokens, sentences, quotes, sections, language, english, unknown };

Asked asked(const std::string& line) {
  const std::string name = line.substr(0, line.find(':'));
  if (name == "tokens") return Asked::tokens;
  if (name == "sentence") return Asked::sentences;
  if (name == "quotes" || name.starts_with("quote") ) return name == "quote block" ? Asked::sections : Asked::quotes;
  if (name == "language") return Asked::language;
  if (name == "english") return Asked::english;
  if (name == "sections") return Asked::sections;
  for (int kind = 0; kind <= static_cast<int>(SectionKind::background); ++kind)
    if (name == name_of(static_cast<SectionKind>(kind))) return Asked::sections;
  return Asked::unknown;
}

std::string join(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += "  " + line + "\n";
  return out;
}

void run(const Case& c) {
  Document document;
  document.text = c.text;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
  const Status status = check_document(document);
  CHECK_MESSAGE(status.ok(), c.title << "\n" << (status.ok() ? "" : status.error().sentence()));
  const Language language = recognise_language(document.text);

  CHECK_MESSAGE(!c.expected.empty(), c.title << ": expects nothing");
  std::map<Asked, std::vector<std::string>> wanted;
  for (const std::string& line : c.expected) wanted[asked(line)].push_back(line);
  for (const auto& [layer, lines] : wanted) {
    std::vector<std::string> found;
    switch (layer) {
      case Asked::tokens: found = show_tokens(document); break;
      case Asked::sentences: found = show_sentences(document); break;
      case Asked::quotes: found = show_quotes(document); break;
      case Asked::sections: found = show_sections(document); break;
      case Asked::language: found = {"language: " + language.code}; break;
      case Asked::english: found = {std::string("english: ") + (is_english(language, document.text) ? "yes" : "no")}; break;
      case Asked::unknown: break;
    }
    CHECK_MESSAGE(found == lines, c.title << "\nexpected\n" << join(lines) << "found\n" << join(found));
  }
}

}  // namespace

TEST_CASE("what the cases in tests/cases/text say") {
  size_t count = 0;
  std::set<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(SAYSO_SOURCE_DIR "/tests/cases/text"))
    if (entry.path().extension() == ".case") paths.insert(entry.path());
  for (const auto& path : paths) {
    const std::vector<Case> cases = load_cases(path);
    CHECK_MESSAGE(!cases.empty(), path.string() << ": holds no case");
    for (const Case& c : cases) run(c);
    count += cases.size();
  }
  CHECK(count > 0);
}
