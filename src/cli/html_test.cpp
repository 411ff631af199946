#include "cli/html.h"

#include <chrono>
#include <map>

#include <doctest/doctest.h>

#include "cli/made_attributions.h"

namespace sayso {
namespace {

Document harbour() {
  Document document;
  document.source = "quay.txt";
  document.title = "Quay stays shut";
  document.language = "en";
  document.text = "Quay stays shut\n\n“The quay, Anna Berg thinks, is safe,” said Carl Dahl. “It,” he went on,\n“opens.”\nNobody came.\n";
  document.sections.made_by = "test";
  document.sections.items.push_back({SectionKind::headline, find(document, "Quay stays shut"), {}, {}, {}});
  document.sections.items.push_back({SectionKind::note, find(document, "Nobody came."), {}, {}, {}});
  document.tokens.made_by = document.sentences.made_by = "test";
  document.sentences.items = {{find(document, "“It,” he went on,\n“opens.”"), {}, {}}};
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
  return document;
}

// The page without what lies between `begin` and `end`.
std::string without(std::string page, std::string_view begin, std::string_view end) {
  const size_t at = page.find(begin), behind = page.find(end, at);
  REQUIRE(behind != std::string::npos);
  return page.erase(at, behind - at);
}

// Elements nest and end where they should. Void elements are those that the page has.
bool balanced(const std::string& page) {
  std::vector<std::string> open;
  for (size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const bool closes = page[at + 1] == '/';
    const size_t from = at + 1 + closes, end = page.find_first_of(" >", from);
    const std::string name = page.substr(from, end - from);
    if (name == "meta" || name == "!DOCTYPE") continue;
    if (!closes) open.push_back(name);
    else if (open.empty() || open.back() != name) return false;
    else open.pop_back();
  }
  return open.empty();
}

// The document's text as its article holds it: outside links, and unescaped as far as these tests need it.
std::string text_in(const std::string& body) {
  const size_t begin = body.find('>', body.find("<article")) + 1, end = body.find("</article>");
  std::string text;
  for (size_t at = begin; at < end;) {
    if (body.compare(at, 3, "<a ") == 0) at = body.find("</a>", at) + 4;
    else if (body[at] == '<') at = body.find('>', at) + 1;
    else text += body[at++];
  }
  for (const auto& [name, character] : std::map<std::string, std::string>{{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}})
    for (size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += 1) text.replace(at, name.size(), character);
  for (size_t at = 0; (at = text.find("&amp;", at)) != std::string::npos; at += 1) text.erase(at + 1, 4);
  return text;
}

TEST_CASE("a page holds the article with its attributions marked, and their list") {
  const Document document = harbour();
  const HtmlPart part = to_html(document, "");
  CHECK(part.title == "Quay stays shut");
  CHECK(part.body == R"(<section class="document" aria-labelledby="title">
<p class="name" dir="auto">quay.txt · 3 attributions</p>
<div class="columns">
<article lang="en"><h1 dir="auto" id="title">Quay stays shut</h1>

<p dir="auto"><a class="mark" id="t1" href="#a1" title="content of attribution 1">[1</a><u>“</u><a class="mark" id="t2" href="#a2" title="content )"
                     R"(of attribution 2">[2</a><u><u>The quay</u></u><a class="mark" href="#a2" title="content of attribution 2">2]</a><u>, </u>)"
                     R"(<a class="mark" href="#a2" title="source of attribution 2">2</a><u><b>Anna Berg</b> </u><a class="mark" href="#a2" )"
                     R"(title="cue of attribution 2">2</a><u><i>thinks</i>, </u><a class="mark" href="#a2" title="content of attribution 2">[2</a>)"
                     R"(<u><u>is safe</u></u><a class="mark" href="#a2" title="content of attribution 2">2]</a><u>,”</u><a class="mark" href="#a1" )"
                     R"(title="content of attribution 1">1]</a> <a class="mark" href="#a1" title="cue of attribution 1">1</a><i>said</i> <a )"
                     R"(class="mark" href="#a1" title="source of attribution 1">1</a><b>Carl Dahl</b>. <a class="mark" id="t3" href="#a3" )"
                     R"(title="content of attribution 3">[3</a><u>“It,”</u><a class="mark" href="#a3" title="content of attribution 3">3]</a> he )"
                     R"(<a class="mark" href="#a3" title="cue of attribution 3">3</a><i>went on</i>,
<a class="mark" href="#a3" title="content of attribution 3">[3</a><u>“opens.”</u><a class="mark" href="#a3" title="content of attribution 3">3]</a>)"
                     R"(</p>
<p dir="auto" class="close end" data-kind="note">Nobody came.</p>
</article>
<div class="lists">
<section aria-labelledby="list title">
<h2 id="list">Attributions</h2>
<ol class="list">
<li id="a1"><a class="number" href="#t1" title="attribution 1 in the text">1</a>
<p><b dir="auto">Carl Dahl</b> <i dir="auto">said</i></p>
<p dir="auto">“The quay, Anna Berg thinks, is safe,”</p>
<p class="how">direct quotation, 91% sure</p></li>
<li id="a2" class="in1"><a class="number" href="#t2" title="attribution 2 in the text">2</a>
<p><b dir="auto">Anna Berg</b> <i dir="auto">thinks</i></p>
<p dir="auto">The quay … is safe</p>
<p class="how">indirect quotation, belief, 91% sure, within <a href="#a1">1</a></p></li>
<li id="a3"><a class="number" href="#t3" title="attribution 3 in the text">3</a>
<p><span class="none">source not named</span> <i dir="auto">went on</i></p>
<p dir="auto">“It,” … “opens.”</p>
<p class="how">direct quotation, 91% sure</p></li>
</ol>
</section>
</div>
</div>
</section>
)");
  CHECK(text_in(part.body) == document.text);
  const std::string page = html_top({part}, {"0.1.0", "trial 1"}) + part.body + html_bottom({"0.1.0", "trial 1"});
  CHECK(balanced(page));
  CHECK(page.find("<title>Quay stays shut – who says what</title>") != std::string::npos);
  CHECK(page.find("Read by sayso 0.1.0 with the model trial 1.") != std::string::npos);
  CHECK(html_bottom({"0.1.0", std::nullopt}).find("Read by sayso 0.1.0 without a model.") != std::string::npos);
}

TEST_CASE("with entities: a list of the sources, and who is meant where a source's words do not say it") {
  Document document;
  document.source = "quay.txt";
  document.text = "Mayor Anna Berg said no. She said yes. They said maybe. Guards who fear for their jobs said <so>. It is said.";
  document.attributions.made_by = document.entities.made_by = document.source_entities.made_by = "test";
  const auto part = [&](std::string_view words) { return Part{{find(document, words)}}; };
  document.attributions.items = {attribution(part("Mayor Anna Berg"), {}, part("no")), attribution(part("She"), {}, part("yes")),
                                 attribution(part("They"), {}, part("maybe")), attribution(part("Guards who fear for their jobs"), {}, part("<so>")),
                                 attribution(std::nullopt, part("It is said"), {})};
  Entity anna;
  anna.name = "Anna Berg";
  anna.names = {"Berg"};
  anna.roles = {"Mayor", "of <Holm>"};
  anna.mentions = {{find(document, "Mayor Anna Berg"), MentionKind::name}, {find(document, "She"), MentionKind::pronoun}};
  Entity guards;
  guards.type = EntityType::unnamed;
  guards.of = EntityType::group;
  guards.reason = part("fear for their jobs");
  guards.mentions = {{find(document, "They"), MentionKind::pronoun}, {find(document, "Guards"), MentionKind::nominal}};
  document.entities.items = {anna, guards};
  const auto source = [](uint32_t attribution, uint32_t entity, Identity identity, SourceKind kind) {
    return SourceEntity{Id<Attribution>{attribution}, Id<Entity>{entity}, identity, kind};
  };
  document.source_entities.items = {source(0, 0, Identity::named, SourceKind::person), source(1, 0, Identity::named, SourceKind::person),
                                    source(2, 1, Identity::anonymous, SourceKind::group), source(3, 1, Identity::anonymous, SourceKind::group)};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  const std::string body = to_html(document, "2").body;
  CHECK(balanced(body));
  CHECK(text_in(body) == document.text);
  CHECK(body.find(R"(<section aria-labelledby="d2-sources d2-title">
<h3 id="d2-sources">Sources</h3>
<ol class="list sources">
<li>
<p><b dir="auto">Anna Berg</b> 2 attributions: <a href="#d2-a1">1</a> <a href="#d2-a2">2</a></p>
<p class="how" dir="auto">person, named · also Berg · Mayor; of &lt;Holm&gt;</p></li>
<li>
<p><b dir="auto">Guards</b> 2 attributions: <a href="#d2-a3">3</a> <a href="#d2-a4">4</a></p>
<p class="how" dir="auto">group, anonymous (“fear for their jobs”)</p></li>
<li>
<p><span class="none">source not named</span> 1 attribution: <a href="#d2-a5">5</a></p></li>
</ol>
</section>
<section aria-labelledby="d2-list d2-title">
)") != std::string::npos);
  CHECK(body.find("<p><b dir=\"auto\">Mayor Anna Berg</b> (no cue)</p>") != std::string::npos);
  CHECK(body.find("<p><b dir=\"auto\">She</b> → <span class=\"meant\" dir=\"auto\">Anna Berg</span> (no cue)</p>") != std::string::npos);
  CHECK(body.find("<p><b dir=\"auto\">They</b> → <span class=\"meant\" dir=\"auto\">Guards</span> (no cue)</p>") != std::string::npos);
  CHECK(body.find("<p><b dir=\"auto\">Guards who fear for their jobs</b> (no cue)</p>\n<p dir=\"auto\">&lt;so&gt;</p>\n"
                  "<p class=\"how\">direct quotation, 91% sure, source anonymous</p>") != std::string::npos);
}

TEST_CASE("with provenance and factuality a page sums up, and says of each attribution which way it came and how firm it is") {
  Document document = harbour();
  document.tokens = {};
  document.sentences = {};
  document.attributions.items[2].source = Source{Part{{find(document, "he", find(document, "he went").begin)}}, SourceKind::person};
  const auto part = [&](std::string_view words) { return Part{{find(document, words)}}; };
  Entity anna, carl;
  anna.name = "Anna Berg";
  anna.mentions = {{find(document, "Anna Berg"), MentionKind::name}};
  carl.name = "Carl Dahl";
  carl.mentions = {{find(document, "Carl Dahl"), MentionKind::name}};
  document.entities = {"test", {anna, carl}};
  document.source_entities = {"test",
                              {{Id<Attribution>{0}, Id<Entity>{1}, Identity::named, SourceKind::person},
                               {Id<Attribution>{1}, Id<Entity>{0}, Identity::named, SourceKind::person},
                               {Id<Attribution>{2}, Id<Entity>{1}, Identity::named, SourceKind::person}}};
  // Markers that overlap each other, cross the edge of a content and a paragraph's end.
  const uint32_t safe = find(document, "is safe").begin, opens = find(document, "“opens.”").begin;
  document.factuality = {"test", {{}, {Polarity::positive, Modality::probable, false, {{MarkerKind::hedge, Span{safe + 3, safe + 11}}},
                                       Stance::neutral}, {}}};
  document.factuality.items[2].markers = {{MarkerKind::negation, Span{safe, safe + 5}},
                                          {MarkerKind::hedge, Span{opens + 3, static_cast<uint32_t>(document.text.size()) - 9}}};
  document.provenance.made_by = "test";
  document.provenance.items.resize(3);
  document.provenance.items[0].chain = document.provenance.items[2].chain = {Id<Entity>{1}};
  document.provenance.items[1].chain = {Id<Entity>{0}, Id<Entity>{1}};
  Provenance& last = document.provenance.items[2];
  last.repeats = {Id<Attribution>{0}};
  last.contradicts = {Id<Attribution>{0}, Id<Attribution>{1}};
  last.medium = Medium{part("Nobody"), MediumKind::letter, std::nullopt};
  last.addressee = Addressee{part("came"), std::nullopt};
  last.time = Time{part("on,"), "2016-03-04/P1D"};
  document.non_responses = {"test", {{part("Nobody came"), Id<Entity>{0}, NonResponseKind::no_comment}}};
  Summary summary;
  summary.attributions = 3;
  summary.named_sources = 2;
  summary.independent_sources = 1;
  document.summary = {"test", {summary}};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  document.entities.items[0].name = "Anna <Berg>";
  const std::string body = to_html(document, "").body;
  CHECK(balanced(body));
  CHECK(text_in(body) == document.text);
  CHECK(body.find("<p class=\"summary\" dir=\"auto\">3 attributions. 1 independent source: Carl Dahl. Anna &lt;Berg&gt; gave no comment.</p>\n"
                  "<div class=\"columns\">") != std::string::npos);
  CHECK(body.find("<u><u><span class=\"marker\">is safe</span></u></u>") != std::string::npos);
  CHECK(body.find("<u><span class=\"marker\">,”</span></u>") != std::string::npos);
  CHECK(body.find("<span class=\"marker\">Nobody</span>") == std::string::npos);
  CHECK(body.find("<dl>\n<dt>path</dt><dd dir=\"auto\">Anna &lt;Berg&gt; → Carl Dahl</dd>\n<dt>firmness</dt><dd dir=\"auto\">probable: safe,”</dd>\n"
                  "</dl></li>") != std::string::npos);
  CHECK(body.find("<dt>letter</dt><dd dir=\"auto\">Nobody</dd>\n<dt>addressee</dt><dd dir=\"auto\">came</dd>\n"
                  "<dt>time</dt><dd dir=\"auto\">on, (2016-03-04/P1D)</dd>\n"
                  "<dt>repeats</dt><dd dir=\"auto\"><a href=\"#a1\">1</a></dd>\n"
                  "<dt>contradicts</dt><dd dir=\"auto\"><a href=\"#a1\">1</a> <a href=\"#a2\">2</a></dd>\n</dl></li>") != std::string::npos);
  CHECK(body.find("<h2 id=\"silent\">Non-responses</h2>\n<ol class=\"list sources\">\n<li>\n<p><b dir=\"auto\">Anna &lt;Berg&gt;</b> no comment</p>\n"
                  "<p dir=\"auto\">Nobody came</p></li>\n</ol>") != std::string::npos);
}

TEST_CASE("several documents have a table of contents, and ids of their own") {
  const std::vector<HtmlPart> parts = {to_html(harbour(), "1"),
                                       to_html(Error{ErrorKind::not_found, "there is no such file", "b<.txt", "Check the name."}, "b<.txt", "2")};
  CHECK(parts[0].body.find("<h2 dir=\"auto\" id=\"d1-title\">Quay stays shut</h2>") != std::string::npos);
  CHECK(parts[0].body.find("id=\"d1-t3\" href=\"#d1-a3\"") != std::string::npos);
  CHECK(parts[1].body ==
        "<section class=\"document\" id=\"d2\" aria-labelledby=\"d2-title\">\n<p class=\"name\" dir=\"auto\">could not be read</p>\n"
        "<h2 id=\"d2-title\" dir=\"auto\">b&lt;.txt</h2>\n"
        "<p class=\"warning\" dir=\"auto\"><strong>Note:</strong> there is no such file (b&lt;.txt). Check the name.</p>\n</section>\n");
  const std::string top = without(html_top(parts, {"0.1.0", std::nullopt}), "<div class=\"legend\"", "</header>");
  CHECK(top.ends_with("<header>\n<h1>Who says what in 2 documents</h1>\n<nav aria-label=\"Documents\">\n<ol>\n"
                      "<li><a href=\"#d1\" dir=\"auto\">Quay stays shut</a> – 3 attributions</li>\n"
                      "<li><a href=\"#d2\" dir=\"auto\">b&lt;.txt</a> – could not be read</li>\n</ol>\n</nav>\n</header>\n<main>\n"));
}

TEST_CASE("found nothing and has not looked are different, and a title stands above a text that does not say it") {
  Document document;
  document.source = "-";
  document.text = "Nobody came.";
  document.warnings.push_back({"charset", "odd & <b>", std::nullopt});
  CHECK(to_html(document, "").body ==
        "<section class=\"document\" aria-labelledby=\"title\">\n<p class=\"name\" dir=\"auto\">attributions not looked for</p>\n"
        "<h1 id=\"title\" dir=\"auto\">standard input</h1>\n<p class=\"warning\" dir=\"auto\"><strong>Note:</strong> odd &amp; &lt;b&gt;</p>\n"
        "<div class=\"columns\">\n<article><p dir=\"auto\">Nobody came.</p></article>\n</div>\n</section>\n");
  document.attributions.made_by = "test";
  document.title = "Rain";
  document.publisher = Publisher{"The Paper", ""};
  document.published = "2026-05-03";
  document.warnings.clear();
  CHECK(to_html(document, "3").body ==
        "<section class=\"document\" id=\"d3\" aria-labelledby=\"d3-title\">\n"
        "<p class=\"name\" dir=\"auto\">standard input · The Paper · 2026-05-03 · no attributions found</p>\n"
        "<h2 id=\"d3-title\" dir=\"auto\">Rain</h2>\n<div class=\"columns\">\n<article><p dir=\"auto\">Nobody came.</p></article>\n"
        "</div>\n</section>\n");
}

TEST_CASE("contents that overlap, touch, or share their words are cut so that elements nest") {
  Document document;
  document.source = "a.txt";
  document.text = "abcdefghij\n\nklmnopqrst\n\n\nuvwxyz \n ";
  document.attributions.made_by = "test";
  const auto span = [](uint32_t begin, uint32_t end) { return Part{{Span{begin, end}}}; };
  // Every content that begins in one place and ends in another, in and across paragraphs, and in the white space between them.
  for (uint32_t begin = 0; begin < document.text.size(); begin += 3)
    for (uint32_t end = begin + 1; end <= document.text.size(); end += 5) {
      document.attributions.items.push_back(attribution(span(begin, std::min(end, begin + 2)), span(begin, begin + 1), span(begin, end)));
    }
  REQUIRE(check_document(document).ok());
  const std::string body = to_html(document, "").body;
  CHECK(balanced(body));
  CHECK(text_in(body) == document.text);
  for (size_t i = 1; i <= document.attributions.size(); ++i) {
    CHECK(body.find(" id=\"t" + std::to_string(i) + "\" ") != std::string::npos);
    CHECK(body.find("\">[" + std::to_string(i) + "</a>") < body.find("\">" + std::to_string(i) + "]</a>"));
  }
}

TEST_CASE("nothing in a text, a name or a sentence gets out of its place") {
  Document document;
  document.source = "a\x1b[2Jb\n\"'><script>.txt";
  document.member = "\u202Eevil";
  document.title = "</title><script>alert(1)</script>";
  document.language = "en\" onload=\"x";
  document.text = "</article><script>alert('x')</script> &amp; & \"q\" \x07 \x7f \xC2\x9B \u202E\u2066 \u200F \uFEFF \u2028 \U000E0041 "
                  "\uFFFE \U0001FFFF a\rb\r\nc\td";
  document.warnings.push_back({"charset", "<img src=x>\u202E", std::nullopt});
  document.attributions.made_by = "test";
  document.attributions.items = {attribution(Part{{find(document, "<script>")}}, Part{{find(document, "\u202E")}},
                                             Part{{find(document, "</article>")}})};
  const HtmlPart part = to_html(document, "1"), error = to_html(Error{ErrorKind::io, "no <b>\x1b", "x\u202Ey", ""}, "n\x9b\"", "2");
  const std::string page = html_top({part, error}, {"0.1.0", "<m>"}) + part.body + error.body + html_bottom({"0.1.0", "<m>"});
  CHECK(balanced(page));
  CHECK(text_in(part.body) ==
        "</article><script>alert('x')</script> &amp; & \"q\" ␇ ␡ ‹U+009B› ‹U+202E›‹U+2066› ‹U+200F› ‹U+FEFF› ‹U+2028› ‹U+E0041› ‹U+FFFE› ‹U+1FFFF› "
        "a␍b\nc\td");
  for (const std::string_view bad : {"<script", "<img", "onload", "\x07", "\x1b", "\x7f", "\r", "\xC2\x9B", "\u202E", "\u2066", "\u200F", "\uFEFF",
                                     "\u2028", "\U000E0041", "\uFFFE"})
    CHECK(page.find(bad) == std::string::npos);
}

TEST_CASE("time grows with the text, whatever stands in it") {
  const auto seconds = [](size_t n, bool nested) {
    Document document;
    document.source = "deep.txt";
    document.text = std::string(4 * n, 'a');
    document.attributions.made_by = "test";
    for (uint32_t i = 0; i < n; ++i) {  // each stands in the one before it, or begins in it and ends behind it
      const Span span = nested ? Span{i, static_cast<uint32_t>(4 * n - i)} : Span{i, static_cast<uint32_t>(i + 2 * n)};
      Attribution deep = attribution(std::nullopt, {}, Part{{span}});
      if (i > 0) deep.within = Id<Attribution>{i - 1};
      document.attributions.items.push_back(deep);
    }
    const auto start = std::chrono::steady_clock::now();
    CHECK(to_html(document, "").body.size() > n);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  for (const bool nested : {true, false}) {
    seconds(1000, nested);
    // Twice the text takes about twice as long; quadratic time would take four times as long. (The machine may be busy.)
    const double one = seconds(5'000, nested);
    CHECK(seconds(10'000, nested) < 3.2 * one + 0.1);
  }
}

}  // namespace
}  // namespace sayso
