#include "page/metadata.h"

#include <doctest/doctest.h>

#include "markup/html.h"
#include "page/metadata_names.h"

namespace sayso {
namespace {

using Names = std::vector<std::string>;

Metadata read(const std::string& page, const std::string& address = "") {
  const Result<Tree> tree = parse_html(page, Limits{});
  REQUIRE(tree.ok());
  return read_metadata(*tree, address);
}

TEST_CASE("a page that says all of it") {
  const Metadata metadata = read(R"(<!doctype html><html lang="en-gb"><head><title>Lock opens - Ostmark Post</title>
    <meta property="og:site_name" content="Ostmark Post"><meta property="og:title" content="Lock opens &amp;amp; closes"><link rel="canonical" )"
                                 R"(href="/2024/lock">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lock opens &amp; closes", "author": {"name": "By Åse Lund"},
        "datePublished": "2024-03-05T08:00:00+01:00",
    "dateModified": "2024-03-06T09:00:00+01:00"}</script></head><body><h1>Lock opens &amp; closes</h1>
    <p>Åse Lund</p><p>Text.</p></body></html>)", "https://www.ostmark.example/x?y=1");
  CHECK(metadata.title == "Lock opens & closes");
  CHECK(metadata.authors == Names{"Åse Lund"});
  CHECK(metadata.published == "2024-03-05T08:00:00+01:00");
  CHECK(metadata.modified == "2024-03-06T09:00:00+01:00");
  CHECK(metadata.language == "en-GB");
  CHECK(metadata.canonical == "https://www.ostmark.example/2024/lock");
  CHECK(metadata.publisher == "Ostmark Post");
  CHECK(metadata.domain == "ostmark.example");
}

TEST_CASE("nothing, and a page that says nothing") {
  CHECK(read_metadata(Tree{}, "").title == "");
  const Metadata metadata = read("<p>Text.</p>");
  CHECK(metadata.title == "");
  CHECK(metadata.authors.empty());
  CHECK(metadata.published == "");
  CHECK(metadata.canonical == "");
  CHECK(metadata.domain == "");
}

TEST_CASE("titles: the heading that the page's title names, without the site") {
  CHECK(read("<title>Lock opens | Ostmark Post</title><h1>Ostmark Post</h1><h2>Lock opens</h2>",
      "https://ostmarkpost.example/").title == "Lock opens");
  CHECK(read("<title>Ostmark Post: Lock opens again</title><p>Text.</p>", "https://ostmarkpost.example/").title == "Lock opens again");
  CHECK(read("<title>Lock opens - a report | Ostmark Post</title>").title == "Lock opens - a report");
  CHECK(read("<title>Lock opens for ships</title><h1><span class='kicker'>Harbour</span> Lock opens for ships</h1>").title == "Lock opens for ships");
  CHECK(read("<title>Lock opens for ships</title><h1><style>.a{}</style>Lock opens for ships</h1>").title == "Lock opens for ships");
  CHECK(read("<h1>Lock opens</h1>").title == "Lock opens");
}

TEST_CASE("authors from every place") {
  CHECK(read("<meta name=author content='Åse Lund, Kai West'><p>Åse Lund, Kai West").authors == Names{"Åse Lund", "Kai West"});
  CHECK(read("<meta name=author content='https://a.example/lund'>").authors == Names{});
  CHECK(read("<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Åse Lund'><p>ÅSE <b>LUND</b>").authors ==
        Names{"Åse Lund"});
  CHECK(read("<h1>Lock opens</h1><span itemprop=author itemscope><span itemprop=name>Åse Lund</span></span>").authors == Names{"Åse Lund"});
  CHECK(read("<h1>Lock opens</h1><a rel=author href=/l>Åse Lund</a>").authors == Names{"Åse Lund"});
  CHECK(read("<h1>Lock opens</h1><div class=article-byline>Von Åse Lund und Kai West</div>").authors == Names{"Åse Lund", "Kai West"});
  CHECK(read("<h1>Lock opens</h1><p>By Åse Lund</p><p>Text.</p>").authors == Names{"Åse Lund"});
  CHECK(read("<h1>Lock opens</h1><p>By and by the lock opens.</p>").authors == Names{});
  CHECK(read("<h1>Lock opens</h1><div class=comments><span class=comment-author>Kai West</span></div>").authors == Names{});
  CHECK(read("<meta property='og:site_name' content='Ostmark Post'><meta name=author content='Ostmark Post'>").authors == Names{});
}

TEST_CASE("a stated author who is shown a little otherwise stays the author") {
  const std::string stated =
      R"(<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lock opens", "author": {"name": "Zoé M. Ost"}}</script>)";
  const std::string text = "<h1>Lock opens</h1><p>Zoé Ost</p><p>The lock was opened at nine.</p>";
  CHECK(read(stated + text + "<aside class=related><span itemprop=author itemscope><span itemprop=name>Kai West</span></span></aside>").authors ==
        Names{"Zoé M. Ost"});
  CHECK(read(stated + text + "<p>By Lena Ruhr, harbour office</p>").authors == Names{"Zoé M. Ost"});
  CHECK(read(stated + "<h1>Lock opens</h1><p>Zoé M. O\xC2\xADst</p>").authors == Names{"Zoé M. Ost"});
  CHECK(read(stated + "<h1>Lock opens</h1><aside><span itemprop=author>Kai West</span></aside>").authors == Names{});
  CHECK(read("<meta name=author content='王小明'><p>记者王小明报道</p>").authors == Names{"王小明"});
  CHECK(read("<h1>Lock opens</h1><div class=byline>Lena Ost, Par Lindqvist, Door Jansen</div>").authors ==
        Names{"Lena Ost", "Par Lindqvist", "Door Jansen"});
  CHECK(read("<div itemprop=review itemscope><h1 itemprop=name>Lock, a film</h1><span itemprop=author>Kai West</span></div>").authors ==
        Names{"Kai West"});
}

TEST_CASE("a page with thousands of stated names costs no more than one") {
  std::string page = "<h1>Lock opens</h1><p>";
  for (int i = 0; i < 200'000; ++i) page += "ab ";
  for (int i = 0; i < 900; ++i) {
    page += "<meta name=author content='";
    for (int k = 0; k < 12; ++k) page += "Ab Xa" + std::to_string(i) + char('a' + k) + std::string(k == 11 ? "'>" : ", ");
  }
  CHECK(read(page).authors.empty());
}

TEST_CASE("who is named where no reader sees it, and nowhere else, is no author") {
  const std::string unseen = "<meta name=author content='Kai West'>", heading = "<h1>Lock opens</h1>", text = "<p>The lock was opened at nine.</p>";
  CHECK(read(unseen + heading + text).authors == Names{});
  CHECK(read(unseen + heading + text + "<script>var author = 'Kai West'</script>").authors == Names{});
  CHECK(read(unseen + heading + text + "<p>Kai Westphal").authors == Names{});
  CHECK(read(unseen + heading + "<div class=byline>Åse Lund</div>" + text).authors == Names{"Åse Lund"});
  const std::string linked =
      R"(<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lock opens", "author": {"name": "kai.west"}}</script>)";
  CHECK(read(linked + heading + text).authors == Names{});
  CHECK(read(linked + heading + "<span>Kai West</span>" + text).authors == Names{"kai.west"});
  // A template's meta element is a firm's, or a short name's, even where the page shows that.
  CHECK(read("<meta name=author content='Ostmark Web GmbH'>" + heading + text + "<p>Ostmark Web GmbH</p>").authors == Names{});
  CHECK(read("<meta name=author content='kwest'>" + heading + text + "<p>kwest</p>").authors == Names{});
  // A site's own name only behind the headline.
  const std::string of_site = R"(<title>Lock opens - Ostmark Post</title><script type="application/ld+json">
      {"@type": "NewsArticle", "author": {"name": "Ostmark Post"}, "publisher": {"name": "Ostmark Post"}}</script>)";
  CHECK(read(of_site + "<p>Ostmark Post</p>" + heading + text).authors == Names{});
  CHECK(read(of_site + heading + "<span>by Ostmark Post</span>" + text).authors == Names{"Ostmark Post"});
  // Whose review or comment stands below has not written the page.
  CHECK(read(heading + text + "<div itemprop=review><span itemprop=author>Kai West</span></div>").authors == Names{});
}

TEST_CASE("bylines without what is no name") {
  CHECK(read_byline("Von Lena Ost und Kai West, Chefredakteur | 3 min", true) == Names{"Lena Ost", "Kai West"});
  CHECK(read_byline("Written by Lena Ost on May 5, 2024", true) == Names{"Lena Ost"});
  CHECK(read_byline("Ein Gastbeitrag von Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("Par Lena Ost et Kai West", false) == Names{"Lena Ost", "Kai West"});
  CHECK(read_byline("Por Lena Ost y Kai West", false) == Names{"Lena Ost", "Kai West"});
  CHECK(read_byline("Text: Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("Posted on 5 May 2024 by marc", true) == Names{"marc"});
  CHECK(read_byline("View all posts by Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("Lena Ost, Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("Ursula von der Aue", true) == Names{"Ursula von der Aue"});
  CHECK(read_byline("Lena Ost (lena@a.example)", true) == Names{"Lena Ost"});
  CHECK(read_byline("admin", true) == Names{});
  CHECK(read_byline("Lena Ost, by Kai West", true) == Names{"Lena Ost", "Kai West"});
  CHECK(read_byline("Lena Ost/dpa-tmn", true) == Names{"Lena Ost"});
  CHECK(read_byline("Beitragvon lost »", true) == Names{"lost"});
  CHECK(read_byline("Letzte Aktualisierung, Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("Autor/in: Lena Ost", true) == Names{"Lena Ost"});
  CHECK(read_byline("By Ostmark Post February 29, 2024", true) == Names{"Ostmark Post"});
  CHECK(read_byline("All photographs of the lock were made by Lena Ost", false) == Names{});
  CHECK(read_byline("Quelle: Hafenamt Ostmark", false) == Names{});
  CHECK(read_byline("By the way, this is a sentence.", false) == Names{});
  CHECK(read_byline(std::string(5000, 'a'), true) == Names{});
}

TEST_CASE("agencies by their usual names") {
  CHECK(find_agency("(Reuters)") == "Reuters");
  CHECK(find_agency("dpa/lno") == "dpa");
  CHECK(find_agency("Quelle: AFP") == "AFP");
  CHECK(find_agency("The Associated Press") == "AP");
  CHECK(find_agency("Lena Ost") == "");
  CHECK(find_agency("AP Lena Ost") == "");
  const Metadata metadata = read("<h1>Lock opens</h1><div class=byline>By Lena Ost, Reuters</div>");
  CHECK(metadata.authors == Names{"Lena Ost"});
  CHECK(metadata.agency == "Reuters");
  CHECK(read("<h1>Lock opens</h1><p>Text of the report.</p><p>(dpa)</p>").agency == "dpa");
}

TEST_CASE("dates from every place, the more trusted first") {
  CHECK(read("<meta property='article:published_time' content='2024-03-05T08:00:00+01:00'><time datetime=2020-01-01>x</time>").published ==
        "2024-03-05T08:00:00+01:00");
  CHECK(read("<h1>Lock opens</h1><time datetime='2024-03-05'>Tuesday</time>").published == "2024-03-05");
  CHECK(read("<h1>Lock opens</h1><span class=date>5. März 2024</span>").published == "2024-03-05");
  CHECK(read("<h1>Lock opens</h1><p>5 mars 2024</p><p>Text.</p>").published == "2024-03-05");
  CHECK(read("<h1>Lock opens</h1><p>Text.</p>", "https://a.example/2024/03/05/lock").published == "2024-03-05");
  const Metadata metadata = read("<h1>Lock opens</h1><p>Updated: 6 March 2024</p>");
  CHECK(metadata.published == "");
  CHECK(metadata.modified == "2024-03-06");
}

TEST_CASE("a time in UTC gives way to the day that the page shows") {
  const std::string head = "<meta property='article:published_time' content='2024-03-05T02:25:00Z'><h1>Lock opens</h1>";
  CHECK(read(head + "<p>March 4, 2024</p>").published == "2024-03-04");
  CHECK(read(head + "<p>March 5, 2024</p>").published == "2024-03-05T02:25:00Z");
  CHECK(read(head + "<p>March 1, 2024</p>").published == "2024-03-05T02:25:00Z");
}

TEST_CASE("addresses are made absolute, or left out") {
  CHECK(read("<link rel=canonical href='../a'>", "https://x.example/b/c/d?e#f").canonical == "https://x.example/b/a");
  CHECK(read("<link rel=canonical href='//y.example/a'>", "https://x.example/").canonical == "https://y.example/a");
  CHECK(read("<link rel=canonical href='javascript:x'>", "https://x.example/").canonical == "");
  CHECK(read("<link rel=canonical href='a'>").canonical == "");
  CHECK(read("<meta property='og:url' content='https://x.example/a'>").domain == "x.example");
}

TEST_CASE("languages in their usual spelling") {
  CHECK(read("<html lang=PT_br><p>x").language == "pt-BR");
  CHECK(read("<html lang=zh-hant-TW><p>x").language == "zh-Hant-TW");
  CHECK(read("<html lang='not a language'><p>x").language == "");
  CHECK(read("<html><meta property='og:locale' content='de_AT'><p>x").language == "de-AT");
}

}  // namespace
}  // namespace sayso
