#include "document/csv.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>
#include <utility>

#include "base/unicode.h"
#include "document/json.h"

namespace sayso {

namespace {

constexpr std::array<std::string_view, 17> columns = {
    "document",        "member", "attribution", "type",   "quotation",  "source", "source_kind", "source_name", "source_entity",
    "source_identity", "cue",    "content",     "within", "confidence", "start",  "end",         "error"};

// The characters that spreadsheets evaluate, as OWASP's page on CSV injection lists them.
bool begins_formula(char32_t c) {
  return c == '=' || c == '+' || c == '-' || c == '@' || c == U'＝' || c == U'＋' || c == U'－' || c == U'＠';
}

bool looks_like_formula(std::string_view cell) {
  if (!cell.empty() && (cell[0] == '\t' || cell[0] == '\r' || cell[0] == '\n')) return true;
  for (size_t at = 0; at < cell.size();) {
    const char32_t c = next_code_point(cell, at);
    if (begins_formula(c)) return true;
    // Spreadsheets trim these before they look.
    if (!is_space(c) && !is_control(c)) return false;
  }
  return false;
}

std::string shown(std::string_view text) {
  std::string out;
  if (looks_like_formula(text)) out += '\'';
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool control = (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || (c >= 0x7f && c < 0xa0);
    append_code_point(out, control ? char32_t{0xFFFD} : c);
  }
  return out;
}

class Row {
 public:
  void add(std::string_view text) {
    const std::string cell = shown(text);
    if (cells_++) line_ += ',';
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line_ += cell;
      return;
    }
    line_ += '"';
    for (char c : cell) line_.append(c == '"' ? 2 : 1, c);
    line_ += '"';
  }

  std::string take() {
    assert(cells_ == columns.size());
    return std::move(line_) + "\r\n";
  }

 private:
  std::string line_;
  size_t cells_ = 0;
};

}  // namespace

std::string csv_header() {
  Row row;
  for (std::string_view column : columns) row.add(column);
  return row.take();
}

std::string to_csv(const Document& document) {
  std::string out;
  const CodePointIndex points(document.text);
  const SourceEntities meant(document);
  for (uint32_t i = 0; i < document.attributions.size(); ++i) {
    const Attribution& a = document.attributions[i];
    Span whole{UINT32_MAX, 0};
    for (const Part* part : {&a.cue, &a.content, a.source ? &a.source->part : &a.cue}) {
      if (part->empty()) continue;
      whole.begin = std::min(whole.begin, envelope(*part).begin);
      whole.end = std::max(whole.end, envelope(*part).end);
    }
    Row row;
    row.add(document.source);
    row.add(document.member.value_or(""));
    row.add(id_of(Id<Attribution>{i}));
    row.add(name_of(a.type));
    row.add(name_of(a.quotation));
    row.add(a.source ? text_of(document, a.source->part) : "");
    const SourceEntity* source = meant.of(Id<Attribution>{i});
    row.add(source ? name_of(source->kind) : a.source ? name_of(a.source->kind) : "");
    row.add(source ? document.entities[source->entity].name.value_or("") : "");
    row.add(source ? id_of(source->entity) : "");
    row.add(source ? name_of(source->identity) : "");
    row.add(text_of(document, a.cue));
    row.add(text_of(document, a.content));
    row.add(a.within ? id_of(*a.within) : "");
    row.add(four_decimals(shown_confidence(a)));
    row.add(std::to_string(points.to_code_point(whole.begin)));
    row.add(std::to_string(points.to_code_point(whole.end)));
    row.add("");
    out += row.take();
  }
  return out;
}

std::string to_csv(const Error& error, const std::string& source, const std::optional<std::string>& member) {
  Row row;
  row.add(source);
  row.add(member.value_or(""));
  for (size_t i = 2; i + 1 < columns.size(); ++i) row.add("");
  row.add(error.sentence());
  return row.take();
}

}  // namespace sayso
