#include "ingest/draft.h"

namespace sayso {

std::vector<std::string>* FieldNames::find(std::string_view thing) {
  const std::pair<std::string_view, std::vector<std::string>*> things[] = {
      {"text", &text},         {"html", &html},       {"title", &title},         {"authors", &authors},   {"published", &published},
      {"modified", &modified}, {"address", &address}, {"publisher", &publisher}, {"language", &language}, {"id", &id}};
  for (const auto& [name, names] : things)
    if (name == thing) return names;
  return nullptr;
}

}  // namespace sayso
