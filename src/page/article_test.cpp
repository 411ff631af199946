#include "page/article.h"

#include <doctest/doctest.h>

#include "markup/html.h"
#include "page/article_pieces.h"

namespace sayso {
namespace {

Tree parse(const std::string& page) {
  Result<Tree> tree = parse_html(page, Limits{});
  REQUIRE(tree.ok());
  return std::move(*tree);
}

std::string print(const Article& article) {
  static const char* names[] = {"headline", "paragraph", "heading", "list", "quote", "caption", "embed", "byline", "credit", "table", "preformatted"};
  std::string out;
  for (const ArticleBlock& block : article.blocks) out += std::string(names[static_cast<int>(block.kind)]) + ": " + block.text + "\n";
  return out;
}

std::string rendered(const std::string& page) { return print(render_blocks(parse(page))); }

void check_raw(const Article& article, const std::string& page) {
  for (const ArticleBlock& block : article.blocks)
    for (const RawRun& run : block.raw) {
      REQUIRE(run.begin + run.size <= block.text.size());
      CHECK(page.substr(run.raw, run.size) == block.text.substr(run.begin, run.size));
    }
}

TEST_CASE("white space is collapsed as a browser does, across inline elements; nothing else is changed") {
  CHECK(rendered("<p> The\n\t <b> lock </b><i>,</i> she\xC2\xA0said,<br> is  ﬁxed. </p>") == "paragraph: The lock , she\xC2\xA0said,\nis ﬁxed.\n");
  CHECK(rendered("<p>re<wbr>port<span>er</span>s</p>") == "paragraph: reporters\n");
  CHECK(rendered("<div>one<br><br>two<br> <br>three</div>") == "paragraph: one\nparagraph: two\nparagraph: three\n");
  CHECK(rendered("<pre>a\n  b</pre>") == "preformatted: a\n  b\n");
  CHECK(rendered("<p>&nbsp;</p><p> </p>") == "");
}

TEST_CASE("blocks are typed") {
  CHECK(rendered("<h2>Why</h2><ul><li>one<li>two</ul><blockquote><p>“It holds.”</p></blockquote>"
                 "<figure><img><figcaption>The lock</figcaption></figure>") ==
        "heading: Why\nlist: one\ntwo\nquote: “It holds.”\ncaption: The lock\n");
  CHECK(rendered("<table><tr><td>Ost<td>3<tr><td>West<td>4</table>") == "table: Ost\t3\nWest\t4\n");
  CHECK(rendered("<blockquote class=twitter-tweet><p>It holds.</p>— Åse (@ase)</blockquote>") == "embed: It holds.\nembed: — Åse (@ase)\n");
}

TEST_CASE("scripts, controls and drawings are no text") {
  CHECK(rendered("<p>a<script>no</script><style>no</style><svg><text>no</text></svg><button>no</button><template><p>no</template>b</p>") ==
        "paragraph: ab\n");
}

TEST_CASE("what is opened and never closed hides nothing behind it") {
  for (const std::string name : {"embed", "iframe", "object", "noembed", "noframes", "noscript", "template", "textarea", "title", "video", "audio",
                                 "svg", "math", "canvas", "button", "select", "map", "datalist"}) {
    CAPTURE(name);
    const std::string said = "<p>“It holds,” she said.</p>", rain = "<p>It rains.</p>";
    CHECK(rendered("<body>" + rain + "<" + name + " src=x>" + said) == "paragraph: It rains.\nparagraph: “It holds,” she said.\n");
    CHECK(rendered("<body><div><" + name + " src=x>" + said + "</div>" + rain) == "paragraph: “It holds,” she said.\nparagraph: It rains.\n");
  }
  CHECK(rendered("<head><title>Rain</title><main><p>“It holds,” she said.</p></main>") == "paragraph: “It holds,” she said.\n");
}

TEST_CASE("every run is a copy of the page's bytes") {
  const std::string page = "<p>“It\n holds,” <a href=x>she&nbsp;said</a> &amp; &ldquo;so&rdquo;<br>she   did\n<ul><li>é<li>ü";
  const Article article = render_blocks(parse(page));
  check_raw(article, page);
  REQUIRE(article.blocks.size() == 2);
  size_t copied = 0;
  for (const RawRun& run : article.blocks[0].raw) copied += run.size;
  CHECK(article.blocks[0].text == "“It holds,” she\xC2\xA0said & “so”\nshe did");
  CHECK(copied == article.blocks[0].text.size() - 12);  // two spaces made of several, what four references stand for, the line's end
}

TEST_CASE("a reference as long as what it stands for is no copy") {
  const std::string page = "<p>&#0&nvle;x";
  const Article article = render_blocks(parse(page));
  check_raw(article, page);
  REQUIRE(article.blocks.size() == 1);
  CHECK(article.blocks[0].text == "\xEF\xBF\xBD≤⃒x");
  CHECK(article.blocks[0].raw.size() == 1);
}

const std::string furniture =
    "<header class=site-header><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a><li><a "
    "href=/c>Contact</a></ul></nav></header>";
const std::string foot =
    "<aside class=related><h3>Read more</h3><ul><li><a href=/1>The ferry is late again</a><li><a href=/2>Ten bridges to see</a></ul></aside>"
    "<footer class=footer><p>© 2026 The Ostmark Post. All rights reserved.</p><a href=/imprint>Imprint</a></footer>";

std::string paragraph(const std::string& name, int n) {
  return "<p>“The lock held through the night,” said " + name + ", who has kept gate number " + std::to_string(n) +
         " for nine years, and nobody at the harbour, she added, had asked for anything else since the water rose in March.</p>";
}

TEST_CASE("the article of a page, whole and in order, without what is around it") {
  std::string body;
  for (int i = 0; i < 8; ++i) body += paragraph("Åse Lund", i);
  const std::string page = "<html><head><title>Ostmark opens its lock | The Ostmark Post</title></head><body>" + furniture +
                           "<main><article class=article><h1>Ostmark opens its lock</h1><div class=article-body>" + body + "</div></article></main>" +
                           foot + "</body></html>";
  const Article article = find_article(parse(page), "Ostmark opens its lock");
  check_raw(article, page);
  REQUIRE(article.blocks.size() >= 9);
  CHECK(article.blocks[0].kind == BlockKind::headline);
  CHECK(article.blocks[0].text == "Ostmark opens its lock");
  const std::string text = print(article);
  for (int i = 0; i < 8; ++i) CHECK(text.find("gate number " + std::to_string(i)) != std::string::npos);
  CHECK(text.find("All rights reserved") == std::string::npos);
  CHECK(text.find("Contact") == std::string::npos);
  CHECK(text.find("ferry") == std::string::npos);
}

TEST_CASE("pieces beyond those whose numbers are kept are judged like the others") {
  std::string body;
  for (int i = 0; i < 33'000; ++i) body += i % 1000 == 999 ? paragraph("Åse Lund", i) : "<p>" + std::to_string(i);
  const std::string text = print(find_article(parse("<body><div class=article-body>" + body + "</div></body>"), ""));
  CHECK(text.find("gate number 999 ") != std::string::npos);
  CHECK(text.find("gate number 32999 ") != std::string::npos);
}

TEST_CASE("a page of little text gives what there is; one without gives nothing") {
  CHECK(print(find_article(parse("<p>It rains.</p>"), "")) == "paragraph: It rains.\n");
  CHECK(find_article(parse("<body><img src=x></body>"), "").blocks.empty());
  CHECK(find_article(Tree{}, "").blocks.empty());
}

}  // namespace
}  // namespace sayso
