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

// New ones stand behind the others: who reads rows by number finds what was there before in its place.
constexpr std::array<std::string_view, 33> columns = {
    "document",        "member", "attribution", "type",   "quotation",  "source", "source_kind", "source_name", "source_entity",
    "source_identity", "cue",    "content",     "within", "confidence", "start",  "end",         "error",
    "chain",    "chain_entities", "medium",    "medium_kind", "addressee", "occasion", "time",        "time_value",
    "repeats",  "contradicts",    "stronger_than", "stance",  "polarity",  "modality", "hearsay",     "markers"};
constexpr size_t error_column = 16;

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

// Adds a value to those of one cell.
void join(std::string& cell, std::string_view with, std::string_view one) { (cell += cell.empty() ? std::string_view() : with) += one; }

template <class Item>
std::string ids_of(const std::vector<Id<Item>>& ids) {
  std::string cell;
  for (const Id<Item> id : ids) join(cell, "; ", id_of(id));
  return cell;
}

// What somebody in a chain is called: the name, else the first words that describe, else the first that mean him or her.
std::string called(const Document& document, Id<Entity> id) {
  const Entity& entity = document.entities[id];
  if (entity.name) return *entity.name;
  if (entity.mentions.empty()) return "somebody unnamed";
  const auto described = std::find_if(entity.mentions.begin(), entity.mentions.end(),
                                      [](const Mention& m) { return m.kind == MentionKind::nominal; });
  std::string words(document.at((described == entity.mentions.end() ? entity.mentions.begin() : described)->span));
  std::replace(words.begin(), words.end(), '\n', ' ');
  return words;
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

  void leave_out(size_t cells) {
    while (cells-- > 0) add("");
  }

  std::string take() {
    assert(cells_ == columns.size());
    return std::move(line_) + "\r\n";
  }

 private:
  std::string line_;
  size_t cells_ = 0;
};

void add_provenance(Row& row, const Document& document, uint32_t i) {
  if (!document.provenance.ran()) return row.leave_out(11);
  const Provenance& way = document.provenance[i];
  std::string chain;
  for (const Id<Entity> link : way.chain) join(chain, " → ", called(document, link));
  row.add(chain);
  row.add(ids_of(way.chain));
  row.add(way.medium ? text_of(document, way.medium->part) : "");
  row.add(way.medium ? name_of(way.medium->kind) : "");
  row.add(way.addressee ? text_of(document, way.addressee->part) : "");
  row.add(way.occasion ? text_of(document, *way.occasion) : "");
  row.add(way.time ? text_of(document, way.time->part) : "");
  row.add(way.time ? way.time->value.value_or("") : "");
  row.add(ids_of(way.repeats));
  row.add(ids_of(way.contradicts));
  row.add(ids_of(way.stronger_than));
}

void add_factuality(Row& row, const Document& document, uint32_t i) {
  if (!document.factuality.ran()) return row.leave_out(5);
  const Factuality& firmness = document.factuality[i];
  row.add(document.attributions[i].cue.empty() ? "" : name_of(firmness.stance));
  row.add(name_of(firmness.polarity));
  row.add(name_of(firmness.modality));
  row.add(firmness.hearsay ? "true" : "false");
  std::string markers;
  for (const Marker& marker : firmness.markers) join(markers, "; ", std::string(name_of(marker.kind)).append(": ").append(document.at(marker.span)));
  row.add(markers);
}

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
    add_provenance(row, document, i);
    add_factuality(row, document, i);
    out += row.take();
  }
  return out;
}

std::string to_csv(const Error& error, const std::string& source, const std::optional<std::string>& member) {
  Row row;
  row.add(source);
  row.add(member.value_or(""));
  row.leave_out(error_column - 2);
  row.add(error.sentence());
  row.leave_out(columns.size() - error_column - 1);
  return row.take();
}

}  // namespace sayso
