#include "cli/explain.h"

#include <doctest/doctest.h>

#include "cli/made_attributions.h"
#include "cli/screen.h"

namespace sayso {
namespace {

Entity entity(EntityType type, std::vector<Mention> mentions) {
  Entity made;
  made.type = type;
  made.mentions = std::move(mentions);
  return made;
}

// A minister who hears that the port may be shut, told to a paper; an official without a name, who says that it is, and Tor Dahl, who says
// that it is not.
Document port() {
  Document document;
  document.source = "port.txt";
  document.title = "Port is shut, minister says";
  document.text = "Port is shut, minister says\n\nMinister Ada Berg told the Holm Post that “she keeps hearing that the port may be shut”. "
                  "An official who asked not to be named said it is shut. Tor Dahl denied that the port is shut. The Port Board did not respond. "
                  "It was an odd day.";
  const auto part = [&](std::string_view words, size_t from = 0) { return Part{{find(document, words, from)}}; };
  for (std::string* made_by : {&document.tokens.made_by, &document.sentences.made_by, &document.sections.made_by, &document.attributions.made_by,
                               &document.entities.made_by, &document.source_entities.made_by, &document.factuality.made_by,
                               &document.provenance.made_by, &document.non_responses.made_by, &document.summary.made_by})
    *made_by = "test";
  const size_t official = find(document, "An official").begin, dahl = find(document, "Tor Dahl").begin;
  const size_t odd = find(document, "It was an odd").begin;
  document.tokens.items = {{find(document, "An", official)}, {find(document, ".", official)}, {find(document, "It", odd)},
                           {find(document, "an", odd)}, {find(document, ".", odd)}};
  document.tokens.glued.assign(document.tokens.size(), false);
  document.sentences.items = {{find(document, "An official who asked not to be named said it is shut."), Id<Token>{0}, Id<Token>{1}},
                              {find(document, "It was an odd day."), Id<Token>{2}, Id<Token>{4}}};
  document.sections.items = {{SectionKind::headline, find(document, "Port is shut, minister says"), {}, {}, {}}};

  document.attributions.items = {attribution(part("minister"), part("says"), part("Port is shut")),
                                 attribution(part("Minister Ada Berg"), part("told"), part("that “she keeps hearing that the port may be shut”")),
                                 attribution(std::nullopt, part("keeps hearing"), part("that the port may be shut")),
                                 attribution(part("An official who asked not to be named"), part("said", official), part("it is shut", official)),
                                 attribution(part("Tor Dahl"), part("denied"), part("that the port is shut", dahl))};
  document.attributions.items[2].within = Id<Attribution>{1};

  Entity ada = entity(EntityType::person, {{find(document, "minister"), MentionKind::nominal},
                                           {find(document, "Minister Ada Berg"), MentionKind::name}, {find(document, "she"), MentionKind::pronoun}});
  ada.name = "Ada Berg";
  Entity paper = entity(EntityType::publication, {{find(document, "Holm Post"), MentionKind::name}});
  paper.name = "Holm Post";
  Entity hidden = entity(EntityType::unnamed, {{find(document, "An official"), MentionKind::nominal}});
  hidden.of = EntityType::person;
  hidden.reason = part("who asked not to be named");
  Entity tor = entity(EntityType::person, {{find(document, "Tor Dahl"), MentionKind::name}});
  tor.name = "Tor Dahl";
  Entity board = entity(EntityType::organisation, {{find(document, "Port Board"), MentionKind::name}});
  board.name = "Port Board";
  Entity origin = entity(EntityType::unnamed, {});
  origin.of = EntityType::unknown;
  document.entities.items = {ada, paper, hidden, tor, board, origin};
  const auto source = [](uint32_t attribution, uint32_t entity, Identity identity) {
    return SourceEntity{Id<Attribution>{attribution}, Id<Entity>{entity}, identity, SourceKind::person};
  };
  document.source_entities.items = {source(0, 0, Identity::named), source(1, 0, Identity::named), source(3, 2, Identity::anonymous),
                                    source(4, 3, Identity::named)};

  document.factuality.items.resize(5);
  document.factuality.items[2] = {Polarity::positive, Modality::possible, true,
                                  {{MarkerKind::hearsay, find(document, "keeps hearing")}, {MarkerKind::hedge, find(document, "may")}},
                                  Stance::neutral};
  document.factuality.items[4] = {Polarity::negative, Modality::certain, false, {{MarkerKind::negation, find(document, "denied")}}, Stance::deny};
  document.provenance.items.resize(5);
  const auto chain = [](std::vector<uint32_t> links) {
    std::vector<Id<Entity>> ids;
    for (const uint32_t link : links) ids.push_back({link});
    return ids;
  };
  auto& ways = document.provenance.items;
  ways[0].chain = ways[1].chain = chain({0, 1});
  ways[2].chain = chain({5, 0, 1});
  ways[3].chain = chain({2});
  ways[4].chain = chain({3});
  ways[0].stronger_than = {Id<Attribution>{2}};
  ways[3].repeats = {Id<Attribution>{0}};
  ways[4].contradicts = {Id<Attribution>{0}, Id<Attribution>{1}, Id<Attribution>{2}, Id<Attribution>{3}};
  document.non_responses.items = {{part("The Port Board did not respond"), Id<Entity>{4}, NonResponseKind::no_response}};
  Summary summary;
  summary.attributions = 5;
  summary.named_sources = summary.anonymous_sources = 2;
  summary.independent_sources = 3;
  summary.relays = {Id<Entity>{1}};
  summary.writer_share = 0.4;
  summary.headline = HeadlineFinding{Id<Attribution>{0}, {Id<Attribution>{2}}, true};
  document.summary.items = {summary};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  return document;
}

std::string summed_up(const Document& document) {
  const MeantSources meant(document);
  return sum_up(document, Findings(document, meant));
}

TEST_CASE("what a reading comes to, and what is worth more than a number") {
  CHECK(explain(port(), {72, false}) ==
        "── port.txt ────────────────────────────────────────────────────────────\n"
        "  Port is shut, minister says\n"
        "  5 attributions. 3 independent sources: Ada Berg (through the Holm\n"
        "  Post), an official (not named) and Tor Dahl. One thing is only heard;\n"
        "  Ada Berg passes it on. The headline is firmer than the words it rests\n"
        "  on. The Port Board did not respond.\n"
        "\n"
        "  Who contradicts whom\n"
        "   5  Tor Dahl – denied – that the port is shut\n"
        "      against\n"
        "      1, 4  Ada Berg – says – Port is shut\n"
        "       3  somebody unnamed, through Ada Berg – keeps hearing – that the\n"
        "          port may be shut\n"
        "\n"
        "  Only heard\n"
        "   3  somebody unnamed, through Ada Berg – keeps hearing – that the port\n"
        "      may be shut (possible: may; heard: keeps hearing)\n"
        "\n"
        "  The headline is firmer than what it rests on\n"
        "   1  Ada Berg – says – Port is shut\n"
        "      rests on\n"
        "       3  somebody unnamed, through Ada Berg – keeps hearing – that the\n"
        "          port may be shut (possible: may; heard: keeps hearing)\n"
        "\n"
        "  Not named\n"
        "  an official – who asked not to be named (4)\n"
        "  no words say who it was (3)\n"
        "\n"
        "  40% of the report’s sentences are the writer’s own: no part of them is\n"
        "  attributed to anybody.\n"
        "\n");
}

TEST_CASE("who came partly or wholly through others, and what all came through") {
  Document document = port();
  auto& ways = document.provenance.items;
  ways[1].chain = {Id<Entity>{0}};
  CHECK(summed_up(document).find("Ada Berg (partly through the Holm Post), an official") != std::string::npos);
  for (Provenance& way : ways)
    if (way.chain.back() != Id<Entity>{1}) way.chain.push_back({1});
  CHECK(summed_up(document).find("3 independent sources: Ada Berg, an official (not named) and Tor Dahl. All of it came through the Holm Post. ") !=
        std::string::npos);
}

TEST_CASE("nobody is a source by not answering") {
  Document document = port();
  const auto part = [&](std::string_view words) { return Part{{find(document, words)}}; };
  document.attributions.items.push_back(attribution(part("The Port Board"), part("did not respond"), {}));
  document.source_entities.items.push_back({Id<Attribution>{5}, Id<Entity>{4}, Identity::named, SourceKind::organisation});
  document.factuality.items.emplace_back();
  document.provenance.items.emplace_back().chain = {Id<Entity>{4}};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  CHECK(summed_up(document).find("3 independent sources: ") != std::string::npos);
  document.non_responses.items[0].entity.reset();
  document.non_responses.items[0].kind = NonResponseKind::declined;
  CHECK(summed_up(document).ends_with(" The Port Board did not respond."));  // whoever it is, the text's own words tell
}

TEST_CASE("nothing attributed") {
  Document document;
  document.source = "a.txt";
  document.text = "Rain.";
  document.title = "Rain";
  document.warnings = {{"not English", "the text seems to be German", std::nullopt}};
  document.entities.made_by = document.summary.made_by = "test";
  document.summary.items.emplace_back();
  CHECK(explain(document, {45, false}) ==
        "── a.txt ────────────────────────────────────\n  Rain\n  ! the text seems to be German\n  Nothing in it is attributed to anybody.\n\n");
}

TEST_CASE("how firm something is, and by which words") {
  Document document = port();
  const auto firmness = [&](uint32_t attribution) {
    const MeantSources meant(document);
    return Findings(document, meant).firmness_of(Id<Attribution>{attribution});
  };
  CHECK(firmness(0) == "");
  CHECK(firmness(2) == "possible: may; heard: keeps hearing");
  CHECK(firmness(4) == "denies: denied");
  document.attributions.items[4].type = AttributionType::belief;
  document.factuality.items[4] = {Polarity::positive, Modality::probable, false, {}, Stance::neutral};
  CHECK(firmness(4) == "probable: denied");  // the cue says it
  document.attributions.items[4].type = AttributionType::assertion;
  CHECK(firmness(4) == "probable");
  const Marker marker{MarkerKind::negation, find(document, "not to be")};
  document.factuality.items[4] = {Polarity::negative, Modality::probable, false, {marker, marker}, Stance::neutral};
  CHECK(firmness(4) == "negative, probable: not to be");
}

TEST_CASE("a list of numbers stays readable") {
  std::vector<Id<Attribution>> many;
  for (uint32_t i = 0; i < 14; ++i) many.push_back({i});
  CHECK(numbers_of(many) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more");
  many.resize(2);
  CHECK(numbers_of(many) == "1, 2");
}

TEST_CASE("nothing in a text or a name steers the terminal, and lines keep to the width") {
  Document document = port();
  document.source = "a\x1b[2J\n.txt";
  document.title = "\u202Eevil";
  document.entities.items[0].name = "Ada\x07 Berg";
  for (const size_t width : {20, 33, 80}) {
    const std::string shown = explain(document, {width, false});
    for (const std::string_view bad : {"\x1b", "\x07", "\u202E"}) CHECK(shown.find(bad) == std::string::npos);
    for (size_t at = 0; at < shown.size();) {
      const size_t end = shown.find('\n', at);
      CHECK(columns_of(std::string_view(shown).substr(at, end - at)) <= width);
      at = end + 1;
    }
  }
}

}  // namespace
}  // namespace sayso
