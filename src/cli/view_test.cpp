#include "cli/view.h"

#include <chrono>

#include <doctest/doctest.h>

#include "cli/made_attributions.h"
#include "cli/screen.h"

namespace sayso {
namespace {

Document harbour() {
  Document document;
  document.source = "quay.txt";
  document.text = "Quay stays shut\n\n“The quay, Anna Berg thinks, is safe,” said Carl Dahl. “It,” he went on, “opens.”\nNobody came.\n";
  document.sections.made_by = "test";
  document.sections.items.push_back({SectionKind::headline, find(document, "Quay stays shut"), {}, {}, {}});
  document.attributions.made_by = "test";
  Attribution outer = attribution(Part{{find(document, "Carl Dahl")}}, Part{{find(document, "said")}},
                                  Part{{find(document, "“The quay, Anna Berg thinks, is safe,”")}});
  Attribution inner = attribution(Part{{find(document, "Anna Berg")}}, Part{{find(document, "thinks")}},
                                  Part{{find(document, "The quay"), find(document, "is safe")}});
  inner.within = Id<Attribution>{0};
  inner.type = AttributionType::belief;
  inner.quotation = Quotation::indirect;
  Attribution split = attribution(std::nullopt, Part{{find(document, "went on")}}, Part{{find(document, "“It,”"), find(document, "“opens.”")}});
  document.attributions.items = {outer, inner, split};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  return document;
}

TEST_CASE("an article shows its attributions by marks, numbers and a list, without colour") {
  CHECK(view(harbour(), {64, false}) ==
        "── quay.txt ───────────────────────────────────── 3 attributions\n"
        "\n"
        "  Quay stays shut — headline\n"
        "\n"
        "  [¹“[²The quay²], {²Anna Berg} <²thinks>, [²is safe²],”¹]\n"
        "  <¹said> {¹Carl Dahl}. [³“It,”³] he <³went on>, [³“opens.”³]\n"
        "  │  1  Carl Dahl – said – “The quay, Anna Berg thinks, is\n"
        "  │     safe,” (direct, 91%)\n"
        "  │     2  Anna Berg – thinks – The quay … is safe (indirect,\n"
        "  │        belief, 91%, within 1)\n"
        "  │  3  (nobody named) – went on – “It,” … “opens.” (direct,\n"
        "  │     91%)\n"
        "\n"
        "  Nobody came.\n"
        "\n");
}

TEST_CASE("colour only repeats what the marks say") {
  const std::string coloured = view(harbour(), {64, true});
  CHECK(coloured.find("\x1b[0;1;4;32mAnna\x1b") == std::string::npos);  // the blank between the words of a name has its colour too
  CHECK(coloured.find("\x1b[0;1;4;32mAnna Berg\x1b[0") != std::string::npos);
  std::string bare;
  for (size_t at = 0; at < coloured.size();) {
    if (coloured[at] == '\x1b') at = coloured.find('m', at) + 1;
    else bare += coloured[at++];
  }
  CHECK(bare == view(harbour(), {64, false}));
  CHECK(view_legend({80, false}) ==
        "{¹source} <¹cue> [¹what is attributed¹] – a number joins what belongs together;\n"
        "under each paragraph: who – how – what, which way it came, how firm it is\n\n");
}

TEST_CASE("with entities the list says who is meant, and who is kept back") {
  Document document = harbour();
  document.attributions.items[2].source = Source{Part{{find(document, "he went")}}, SourceKind::person};
  document.attributions.items[2].source->part.spans[0].end -= 5;
  Entity anna;
  anna.type = EntityType::unnamed;
  anna.of = EntityType::person;
  anna.mentions = {{find(document, "Anna Berg"), MentionKind::nominal}};
  Entity carl;
  carl.name = "Carl Dahl";
  carl.mentions = {{find(document, "Carl Dahl"), MentionKind::name}, {document.attributions.items[2].source->part.spans[0], MentionKind::pronoun}};
  document.entities = {"test", {anna, carl}};
  document.source_entities = {"test",
                              {{Id<Attribution>{0}, Id<Entity>{1}, Identity::named, SourceKind::person},
                               {Id<Attribution>{1}, Id<Entity>{0}, Identity::anonymous, SourceKind::person},
                               {Id<Attribution>{2}, Id<Entity>{1}, Identity::named, SourceKind::person}}};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  const std::string shown = view(document, {140, false});
  CHECK(shown.find("  │  1  Carl Dahl – said – ") != std::string::npos);
  CHECK(shown.find("  │     2  Anna Berg – thinks – The quay … is safe (indirect, belief, 91%, source anonymous, within 1)\n") != std::string::npos);
  CHECK(shown.find("  │  3  he → Carl Dahl – went on – “It,” … “opens.” (direct, 91%)\n") != std::string::npos);
}

TEST_CASE("below an attribution stands what more there is to know, and below the article its summary") {
  Document document = harbour();
  document.attributions.items[2].source = Source{Part{{find(document, "he", find(document, "he went").begin)}}, SourceKind::person};
  Entity anna, carl;
  anna.name = "Anna Berg";
  anna.mentions = {{find(document, "Anna Berg"), MentionKind::name}};
  carl.name = "Carl Dahl";
  carl.mentions = {{find(document, "Carl Dahl"), MentionKind::name}, {document.attributions.items[2].source->part.spans[0], MentionKind::pronoun}};
  document.entities = {"test", {anna, carl}};
  document.source_entities = {"test",
                              {{Id<Attribution>{0}, Id<Entity>{1}, Identity::named, SourceKind::person},
                               {Id<Attribution>{1}, Id<Entity>{0}, Identity::named, SourceKind::person},
                               {Id<Attribution>{2}, Id<Entity>{1}, Identity::named, SourceKind::person}}};
  document.factuality = {"test", {{}, {Polarity::positive, Modality::probable, false, {}, Stance::neutral}, {}}};
  document.provenance = {"test", {{{Id<Entity>{1}}, {}, {}, {}, {}, {}, {}, {}}, {{Id<Entity>{0}, Id<Entity>{1}}, {}, {}, {}, {}, {}, {}, {}},
                                  {{Id<Entity>{1}}, {}, {}, {}, {}, {}, {}, {}}}};
  document.provenance.items[2].repeats = {Id<Attribution>{0}};
  document.provenance.items[2].contradicts = {Id<Attribution>{0}, Id<Attribution>{1}};
  document.non_responses.made_by = "test";
  Summary summary;
  summary.attributions = 3;
  summary.named_sources = 2;
  summary.independent_sources = 1;
  summary.writer_share = 0.25;
  summary.headline = HeadlineFinding{std::nullopt, {Id<Attribution>{1}}, true};
  document.summary = {"test", {summary}};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  const std::string shown = view(document, {100, false});
  CHECK(shown.find("  │  1  Carl Dahl – said – “The quay, Anna Berg thinks, is safe,” (direct, 91%)\n"
                   "  │     2  Anna Berg – thinks – The quay … is safe (indirect, belief, 91%, within 1)\n"
                   "  │        Anna Berg → Carl Dahl · probable: thinks\n"
                   "  │  3  he → Carl Dahl – went on – “It,” … “opens.” (direct, 91%)\n"
                   "  │     repeats 1 · contradicts 1, 2\n") != std::string::npos);
  CHECK(view(document, {120, false})
            .ends_with("\n\n  3 attributions · 1 independent source · 2 named, 0 anonymous · 25% of the sentences the writer’s own\n"
                       "  ! The headline is firmer than what it rests on: 2\n\n"));
  document.provenance.items[0].chain = document.provenance.items[2].chain = {Id<Entity>{0}, Id<Entity>{1}};
  // No path where all have the same.
  CHECK(view(document, {140, false}).find("2 named, 0 anonymous · all through Carl Dahl · 25%") != std::string::npos);
  CHECK(view(document, {140, false}).find(" → Carl Dahl ·") == std::string::npos);
}

TEST_CASE("found nothing and has not looked are different") {
  Document document;
  document.source = "-";
  document.text = "Nobody came.";
  CHECK(view(document, {40, false}) == "── standard input ──────────────────────\n\n  Nobody came.\n\n");
  document.attributions.made_by = "test";
  CHECK(view(document, {40, false}) == "── standard input ────── no attributions\n\n  Nobody came.\n\n");
}

TEST_CASE("nothing in a text, a name or a sentence steers the terminal") {
  Document document;
  document.source = "a\x1b[2Jb\n.txt";
  document.text = "red \x1b[31m bell \x07 back\b del \x7f c1 \xC2\x9B over \u202E\u2066 mark \u200F bom \uFEFF line\u2028end tag \U000E0041.\rX\ttab";
  document.warnings.push_back({"charset", "odd \x1b[0m", std::nullopt});
  document.attributions.made_by = "test";
  document.attributions.items = {attribution(Part{{find(document, "\x1b[31m")}}, {}, Part{{find(document, "bell \x07")}})};
  for (const bool colour : {false, true}) {
    const std::string shown = view(document, {200, colour}) + view(Error{ErrorKind::io, "no \x1b[1m", "x\u202Ey", ""}, "n\x9b\r", {80, colour});
    for (size_t at = 0; (at = shown.find('\x1b', at)) != std::string::npos; ++at) {
      CHECK(colour);
      const std::string_view rest(shown.data() + at, shown.size() - at);
      CHECK(rest.starts_with("\x1b[0"));
      CHECK(rest[rest.find_first_not_of("\x1b[0123456789;")] == 'm');
    }
    for (const std::string_view bad : {"\x07", "\b", "\x7f", "\r", "\xC2\x9B", "\u202E", "\u2066", "\u200F", "\uFEFF", "\u2028", "\U000E0041", "\t"})
      CHECK(shown.find(bad) == std::string::npos);
    CHECK(shown.find("‹U+202E›‹U+2066›") != std::string::npos);
  }
  CHECK(neutralise("a\x1b[2J\n\xFF") == "a␛[2J \uFFFD");
}

TEST_CASE("lines keep to the width, wide characters counted as two and marks as none") {
  Document document;
  document.source = "wide.txt";
  document.text = "ポートは閉鎖されたままだと大臣は述べた。 e\u0301e\u0301e\u0301 👍👍👍 ordinary words " + std::string(300, 'x') + " end";
  for (const size_t width : {20, 31, 80}) {
    const std::string shown = view(document, {width, false});
    for (size_t at = 0; at < shown.size();) {
      const size_t end = shown.find('\n', at);
      CHECK(columns_of(std::string_view(shown).substr(at, end - at)) <= width);
      at = end + 1;
    }
  }
  CHECK(columns_of("e\u0301👍ポa\u200D") == 6);
  CHECK(shorten("one two three", 13) == "one two three");
  CHECK(shorten("one two three", 12) == "one two thr…");
  CHECK(shorten("ポート", 5) == "ポー…");
}

TEST_CASE("a line break inside a sentence is the typist's") {
  Document document;
  document.source = "a.txt";
  document.text = "The harbour\r\nis shut.\nIt opens.";
  document.tokens.made_by = document.sentences.made_by = "test";
  document.sentences.items = {{find(document, "The harbour\r\nis shut."), {}, {}}, {find(document, "It opens."), {}, {}}};
  CHECK(view(document, {40, false}).ends_with("\n  The harbour is shut.\n  It opens.\n\n"));
}

TEST_CASE("time grows with the text, whatever stands in it") {
  const auto seconds = [](size_t n) {
    Document document;
    document.source = "deep.txt";
    document.text = std::string(4 * n, 'a');
    document.attributions.made_by = "test";
    for (uint32_t i = 0; i < n; ++i) {  // each stands in the one before it
      Attribution deep = attribution(std::nullopt, {}, Part{{Span{i, static_cast<uint32_t>(4 * n - i)}}});
      if (i > 0) deep.within = Id<Attribution>{i - 1};
      document.attributions.items.push_back(deep);
    }
    const auto start = std::chrono::steady_clock::now();
    CHECK(view(document, {80, true}).size() > n);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(1000);
  // Twice the text takes about twice as long; quadratic time would take four times as long. (The machine may be busy.)
  const double one = seconds(20'000);
  CHECK(seconds(40'000) < 3.2 * one + 0.1);
}

}  // namespace
}  // namespace sayso
