#include "document/citron.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace sayso;

namespace {

const Engine engine{"0.1.0", "trial 1"};

Span find(const Document& document, std::string_view words) {
  const size_t at = document.text.find(words);
  REQUIRE(at != std::string::npos);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

Attribution attribution(const Document& document, std::vector<std::string_view> source, std::vector<std::string_view> cue,
                        std::vector<std::string_view> content) {
  const auto part = [&](const std::vector<std::string_view>& pieces) {
    Part made;
    for (const std::string_view piece : pieces) made.spans.push_back(find(document, piece));
    return made;
  };
  Attribution made;
  if (!source.empty()) made.source = Source{part(source), SourceKind::person};
  made.cue = part(cue);
  made.content = part(content);
  made.confidence = 0.91;
  made.evidence = {"test"};
  return made;
}

}  // namespace

TEST_CASE("citron: a quote has sources, cue and contents at code points, as Citron's reader takes them") {
  Document document;
  document.source = "news/tide.txt";
  document.text = "“The tide 🌊,” Åse and, later, Per did also say, “is late.”";
  document.attributions.made_by = "test";
  document.attributions.items = {attribution(document, {"Åse", "Per"}, {"did", "say"}, {"“The tide 🌊,”", "“is late.”"})};
  REQUIRE(check_document(document).ok());
  CHECK(to_string(to_citron(document, engine), false) ==
        "{\"text\":\"“The tide 🌊,” Åse and, later, Per did also say, “is late.”\",\"quotes\":[{\"id\":\"a1\","
        "\"sources\":[{\"start\":14,\"end\":17,\"text\":\"Åse\"},{\"start\":30,\"end\":33,\"text\":\"Per\"}],\"coreferences\":[],"
        "\"cue\":{\"start\":34,\"end\":46,\"text\":\"did also say\"},"
        "\"contents\":[{\"start\":0,\"end\":13,\"text\":\"“The tide 🌊,”\"},{\"start\":48,\"end\":58,\"text\":\"“is late.”\"}],"
        "\"confidence\":\"0.9100\"}],"
        "\"source\":{\"application\":\"sayso 0.1.0\",\"model:\":\"trial 1\",\"document\":\"news/tide.txt\",\"member\":null}}");
}

TEST_CASE("citron: what is no quote in Citron is left out, and the ids of the others stay") {
  Document document;
  document.source = "-";
  document.text = "It rains, it is said. “Yes.” Per called. Åse said that Siri thinks it snows.";
  document.attributions.made_by = "test";
  Attribution nested = attribution(document, {"Siri"}, {"thinks"}, {"it snows"});
  nested.within = Id<Attribution>{3};
  document.attributions.items = {attribution(document, {}, {"it is said"}, {"It rains"}), attribution(document, {"Per"}, {}, {"“Yes.”"}),
                                 attribution(document, {"Per"}, {"called"}, {}),
                                 attribution(document, {"Åse"}, {"said that"}, {"Siri thinks it snows"}), nested};
  REQUIRE(check_document(document).ok());
  const auto json = to_citron(document, {"0.1.0", std::nullopt});
  REQUIRE(json["quotes"].size() == 1);
  CHECK(json["quotes"][0]["id"] == "a4");
  CHECK(json["source"]["model:"].is_null());
}

TEST_CASE("citron: found nothing, has not looked, and could not be read are different") {
  Document document;
  document.source = "a.txt";
  document.member = "record 7";
  document.text = "Rain.";
  CHECK(to_string(to_citron(document, {"0.1.0", std::nullopt}), false) ==
        "{\"text\":\"Rain.\",\"source\":{\"application\":\"sayso 0.1.0\",\"model:\":null,\"document\":\"a.txt\",\"member\":\"record 7\"}}");
  document.attributions.made_by = "test";
  CHECK(to_citron(document, engine)["quotes"] == nlohmann::ordered_json::array());
  CHECK(to_string(to_citron(Error{ErrorKind::not_found, "there is no such file", "b\xff.txt", "Check the name."}, engine, "b\xff.txt"), false) ==
        "{\"error\":\"there is no such file (b\uFFFD.txt). Check the name.\","
        "\"source\":{\"application\":\"sayso 0.1.0\",\"model:\":\"trial 1\",\"document\":\"b\uFFFD.txt\",\"member\":null}}");
}
