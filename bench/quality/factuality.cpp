// sayso_factuality: what the head for factuality says of each unit of plain texts, for bench/quality/factuality.py.
//
// usage: sayso_factuality WEIGHTS < texts.jsonl > units.jsonl
// Reads lines with "id" and "text"; writes a line for each, positions in code points: {"id", "units": [[begin, end, logit of being
// a predicate, value], …]}.
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/unicode.h"
#include "model/model.h"

using namespace sayso;

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: sayso_factuality WEIGHTS < texts.jsonl > units.jsonl\n";
    return 2;
  }
  auto bytes = read_file(argv[1], size_t{1} << 30);
  if (!bytes) { std::cerr << bytes.error().sentence() << "\n"; return 1; }
  const auto loaded = Model::load(std::move(bytes).value(), argv[1]);
  if (!loaded) { std::cerr << loaded.error().sentence() << "\n"; return 1; }
  const Model& model = **loaded;
  const FactualityHead* head = model.factuality_head("factuality");
  if (!head) { std::cerr << "these weights have no head for factuality\n"; return 1; }
  for (std::string line; std::getline(std::cin, line);) {
    const auto in = nlohmann::json::parse(line, nullptr, false);
    if (!in.is_object() || !in.contains("text") || !in["text"].is_string()) { std::cerr << "a line is no JSON object with a text\n"; return 1; }
    const std::string text = in["text"];
    const CodePointIndex index(text);
    const UnitText units = model.split(text, 0, static_cast<uint32_t>(text.size()));
    nlohmann::ordered_json out{{"id", in.value("id", "")}, {"units", nlohmann::json::array()}};
    for (const Window& window : model.pack(units)) {
      std::vector<std::vector<Matrix>> mixed;
      model.encode({{&units, window}}, {&head->mix()}, &mixed);
      const Matrix said = head->apply(mixed.front().front());
      for (uint32_t u = window.begin; u < window.end; ++u) {
        const float* of = said.row(u - window.begin);
        out["units"].push_back({index.to_code_point(units.units[u].begin), index.to_code_point(units.units[u].end), of[FactualityHead::predicate],
                                of[FactualityHead::value]});
      }
    }
    std::cout << out.dump() << "\n";
  }
  return 0;
}
