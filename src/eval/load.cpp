#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/unicode.h"
#include "eval/score.h"

namespace sayso {

namespace {

using nlohmann::json;

// All of PolNeAR is 6 MB; what is far larger was meant for something else.
constexpr size_t largest_file = size_t{1} << 30;

// The member `key` of `object`, null when it is missing.
const json& member(const json& object, const char* key) {
  static const json null;
  if (!object.is_object()) return null;
  const auto found = object.find(key);
  return found == object.end() ? null : *found;
}

// [[s,e],…], or null or missing for none.
bool read_spans(const json& spans, std::vector<PointSpan>& out) {
  if (spans.is_null()) return true;
  if (!spans.is_array()) return false;
  for (const json& span : spans) {
    if (!span.is_array() || span.size() != 2 || !span[0].is_number_unsigned() || !span[1].is_number_unsigned()) return false;
    out.emplace_back(span[0].get<size_t>(), span[1].get<size_t>());
  }
  return true;
}

// Why `record` is no marked document, or nothing when `out` holds it.
const char* read_record(const json& record, bool top, MarkedDocument& out) {
  const bool reading = record.is_object() && record.contains("format");
  const json& text = reading ? member(member(record, "document"), "text") : member(record, "text");
  const json& name = reading ? member(member(record, "document"), "source") : member(record, "id");
  const json& attributions = member(record, "attributions");
  if (!name.is_string()) return reading ? "document.source is no string" : "there is no \"id\" that is a string";
  if (!text.is_string() && !text.is_null()) return "the text is no string";
  if (!attributions.is_array()) return "there is no list of \"attributions\"";
  out.id = name.get<std::string>();
  if (reading) out.id = std::filesystem::path(out.id).stem().string();
  if (text.is_string()) out.text = text.get<std::string>();
  for (const json& attribution : attributions) {
    if (!attribution.is_object()) return "an attribution is no object";
    if (top && !member(attribution, "within").is_null()) continue;
    MarkedAttribution marked;
    for (size_t role = 0; role < role_names.size(); ++role) {
      const json& part = member(attribution, role_names[role]);
      if (!read_spans(reading ? member(part, "spans") : part, marked.roles[role])) return "a part has no spans like [[0,5],[9,12]]";
    }
    out.attributions.push_back(std::move(marked));
  }
  return nullptr;
}

}  // namespace

std::vector<MarkedAttribution> mark(const Document& document, bool top) {
  const CodePointIndex points(document.text);
  std::vector<MarkedAttribution> out;
  for (const Attribution& attribution : document.attributions) {
    if (top && attribution.within) continue;
    MarkedAttribution marked;
    const auto add = [&](const Part& part, size_t role) {
      for (const Span& span : part.spans)
        marked.roles[role].emplace_back(points.to_code_point(span.begin), points.to_code_point(span.end));
    };
    add(attribution.cue, 0);
    if (attribution.source) add(attribution.source->part, 1);
    add(attribution.content, 2);
    out.push_back(std::move(marked));
  }
  return out;
}

Result<MarkedSet> load_marked(const std::string& path, bool top) {
  Result<std::string> bytes = read_file(path, largest_file);
  if (!bytes) return bytes.error();
  MarkedSet out;
  std::unordered_set<std::string> ids;
  size_t number = 0;
  for (std::string_view rest = *bytes; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto bad = [&](const std::string& why) {
      return Error{ErrorKind::bad_input, "This line holds no document: " + why, path + ", line " + std::to_string(number),
                   "What is wanted is JSON Lines: one object with id, text and attributions a line, or sayso/1 readings."};
    };
    const json record = json::parse(line, nullptr, false);
    if (record.is_discarded()) return bad("it is not JSON");
    if (!member(record, "error").is_null()) {
      const json& what = member(member(record, "error"), "what");
      const json& name = member(member(record, "document"), "source");
      out.unread.push_back((name.is_string() ? name.get<std::string>() : path) + " was not read: " +
                           (what.is_string() ? what.get<std::string>() : "its record does not say why"));
      continue;
    }
    MarkedDocument document;
    if (const char* why = read_record(record, top, document)) return bad(why);
    if (!ids.insert(document.id).second) return bad("the id " + document.id + " stands on an earlier line too");
    out.documents.push_back(std::move(document));
  }
  if (out.documents.empty() && out.unread.empty())
    return Error{ErrorKind::bad_input, "There is no document in this file", path, ""};
  return out;
}

}  // namespace sayso
