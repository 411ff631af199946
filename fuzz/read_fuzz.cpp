// Any bytes through the whole engine: read(), then every form of its output. Weights: tests/golden/model/small.safetensors, random numbers
// that find cues and contents in any text, so that what follows the model is fuzzed with what no trained model would give it.
// The options are taken from the input's size, so that a seed is a plain text; of long texts only the sections are read, so that most of the time
// goes into many inputs.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "fail.h"
#include "base/file.h"
#include "base/unicode.h"
#include "cli/html.h"
#include "cli/screen.h"
#include "cli/view.h"
#include "document/citron.h"
#include "document/csv.h"
#include "document/json.h"
#include "reading/read.h"

using namespace sayso;
using nlohmann::json;

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) fail(result.error().sentence());
  return std::move(*result);
}

// The small weights come without settings. These are put into the header; its sums are of the tensors, and stay true. The biases let few
// words begin a cue, some, and many.
std::string with_settings(const std::string& bytes) {
  size_t size = 0;
  for (size_t i = 8; i-- > 0;) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  json header = json::parse(bytes.substr(8, size));
  json description = json::parse(header["__metadata__"]["sayso"].get<std::string>());
  const auto by_lean = [](double precision, double balanced, double recall) {
    return json{{"precision", precision}, {"balanced", balanced}, {"recall", recall}};
  };
  description["settings"]["attribution"] = {
      {"cue_bias", by_lean(-3, -1.5, -0.5)}, {"least_confidence", by_lean(0.3, 0, 0)}, {"calibration", {0.5, 0.1, 0.01}}};
  header["__metadata__"]["sayso"] = description.dump();
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string out;
  for (size_t i = 0; i < 8; ++i) out += static_cast<char>(text.size() >> (8 * i));
  return out + text + bytes.substr(8 + size);
}

Models load_small_models() {
  const std::string path = SAYSO_SOURCE_DIR "/tests/golden/model/small.safetensors";
  Models models;
  const auto model = must(Model::load(with_settings(must(read_file(path, 10'000'000))), path));
  models.attribution = std::make_shared<const AttributionModel>(must(AttributionModel::from_model(model)));
  return models;
}

// Every part's text is what stands at its spans, counted in code points by this code and not by the program's.
class PointText {
 public:
  explicit PointText(const std::string& text) : text_(text) {
    for (size_t i = 0; i < text.size(); ++i)
      if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) begins_.push_back(i);
    begins_.push_back(text.size());
  }
  void hold_span(const json& span) const {
    const size_t a = span[0], b = span[1];
    if (a >= b || b >= begins_.size()) fail("a span is empty or outside the text: " + span.dump());
  }
  void hold(const json& part) const {
    std::string there;
    size_t end = 0;
    for (const json& span : part["spans"]) {
      const size_t a = span[0], b = span[1];
      if (a < end || a >= b || b >= begins_.size()) fail("spans out of order, empty or outside the text: " + part.dump());
      there += (there.empty() ? "" : " … ") + text_.substr(begins_[a], begins_[b] - begins_[a]);
      end = b;
    }
    if (there.empty() || part["text"] != there) fail("a part's text is not what stands there: " + part.dump() + " against " + there);
  }

 private:
  const std::string& text_;
  std::vector<size_t> begins_;
};

size_t count_keys(const json& object, std::initializer_list<const char*> keys) {
  return static_cast<size_t>(std::count_if(keys.begin(), keys.end(), [&](const char* key) { return object.contains(key); }));
}

void hold_json(const std::string& written, const Document& document, bool attributions) {
  const json reading = json::parse(written, nullptr, false);
  if (reading.is_discarded() || written.find('\n') != std::string::npos) fail("this is no line of JSON: " + written);
  if (count_keys(reading, {"format", "engine", "layers", "document"}) != 4 || reading.contains("attributions") != attributions)
    fail("a key is missing or too many");
  const json& shown = reading["document"];
  if (shown["text"] != document.text) fail("the text is another one");
  const PointText text(document.text);
  for (const json& section : shown["sections"]) text.hold_span(section["span"]);
  for (const json& warning : shown["warnings"])
    if (!warning["span"].is_null()) text.hold_span(warning["span"]);
  if (!attributions) return;
  size_t number = 0;
  for (const json& a : reading["attributions"]) {
    if (a["id"] != "a" + std::to_string(++number)) fail("an id is not its place");
    if (a["content"].is_null() && a["cue"].is_null()) fail("an attribution without words");
    for (const char* key : {"source", "cue", "content"})
      if (!a[key].is_null()) text.hold(a[key]);
    if (!(a["confidence"] >= 0 && a["confidence"] <= 1) || a["evidence"].empty()) fail("confidence or evidence is out of range: " + a.dump());
  }
  if (number != document.attributions.size()) fail("an attribution is missing");
}

// RFC 4180: as many cells in each row as in the header, and a row an attribution.
void hold_csv(const std::string& written, size_t rows) {
  const std::string header = csv_header();
  const size_t wanted = 1 + static_cast<size_t>(std::count(header.begin(), header.end(), ','));
  size_t cells = 1, found = 0;
  bool quoted = false;
  for (size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '"') quoted = !quoted;
    else if (!quoted && written[i] == ',') ++cells;
    else if (!quoted && written[i] == '\n') {
      if (i == 0 || written[i - 1] != '\r' || cells != wanted) fail("a row of CSV has another number of cells, or no CR LF");
      cells = 1;
      ++found;
    } else if (static_cast<unsigned char>(written[i]) < 0x20 && written[i] != '\t' && written[i] != '\r' && written[i] != '\n') {
      fail("a control character stands in CSV");
    }
  }
  if (quoted || found != rows || !is_utf8(written)) fail("CSV has another number of rows than there are attributions");
}

// Nothing steers the terminal but colours of our own, and lines keep to the width.
void hold_view(const std::string& shown, bool colour, size_t width) {
  if (!is_utf8(shown) || !shown.ends_with("\n\n")) fail("a view that is not UTF-8 or does not end");
  std::string line;
  for (size_t at = 0; at < shown.size();) {
    const char32_t c = next_code_point(shown, at);
    if (c == '\n') {
      if (columns_of(line) > width) fail("a line is too wide: " + line);
      line.clear();
    } else if (c == 0x1B && colour) {
      if (shown[at] != '[') fail("an escape that is no colour");
      while (at < shown.size() && shown[at] != 'm')
        if (const char d = shown[at++]; d != '[' && d != ';' && !(d >= '0' && d <= '9')) fail("an escape that is no colour");
      ++at;
    } else if (is_steering(c)) {
      fail("a character steers the terminal");
    } else {
      append_code_point(line, c);
    }
  }
}

// -> its JSON
std::string hold_outcome(const Outcome& outcome, const Input& input, const Engine& engine, const ReadOptions& options, size_t size) {
  const Result<Document>& document = outcome.document;
  if (!document) {
    if (document.error().kind == ErrorKind::internal || document.error().what.empty() || document.error().where.empty())
      fail(document.error().sentence());
    const json record = json::parse(to_string(to_json(document.error(), engine, std::nullopt, input.source, outcome.member), false));
    if (record["error"]["what"].get<std::string>().empty()) fail("an error without a sentence");
    hold_csv(csv_header() + to_csv(document.error(), input.source, outcome.member), 2);
    hold_view(view(document.error(), input.source, {80, size % 2 == 0}), size % 2 == 0, 80);
    return record.dump();
  }
  if (const Status status = check_document(*document); !status.ok()) fail(status.error().sentence());
  const std::string written = to_string(to_json(*document, engine), false);
  hold_json(written, *document, needs_model(options.layers));
  hold_csv(csv_header() + to_csv(*document), document->attributions.size() + 1);
  const size_t width = 20 + size % 90;
  hold_view(view(*document, {width, size % 2 == 0}), size % 2 == 0, width);
  to_html(*document, size % 3 == 0 ? "" : "1");
  if (to_string(to_citron(*document, engine), false).empty()) fail("nothing in Citron's form");
  return written;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Models bare = load_small_models();
  static const Models with_list = [] {
    Models models = bare;
    models.user_cues = std::make_shared<const CueList>(must(parse_cue_list("cue: he\ncue: went on\ncue: ,\nstop: the\n", "cues")));
    return models;
  }();
  const Models& models = size % 5 == 0 ? with_list : bare;
  ReadOptions options;
  options.lean = static_cast<Lean>(size % 3);
  if (size % 11 == 0 || size > 600) options.layers = {LayerName::sections};
  options.ingest.limits.document_bytes = 1 << 20;
  options.ingest.raw_map = size % 13 == 0;
  const Input input{"a\x1b.txt", std::nullopt, std::string(reinterpret_cast<const char*>(data), size)};
  const Engine engine{"0", "small"};

  const std::vector<Outcome> outcomes = read(input, models, options);
  if (outcomes.empty()) fail("neither a document nor an error");
  std::string written;
  for (const Outcome& outcome : outcomes) written += hold_outcome(outcome, input, engine, options, size);
  if (size % 7 != 0) return 0;
  std::string again;
  for (const Outcome& outcome : read(input, models, options)) again += hold_outcome(outcome, input, engine, options, size);
  if (again != written) fail("read twice, and not the same");
  return 0;
}
