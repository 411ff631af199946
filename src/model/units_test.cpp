// Units, their features and the windows they are packed into. bench/quality/tokenizer.py holds all of it against the script that the
// first weights were trained with.
#include "model/units.h"

#include <algorithm>
#include <random>

#include "base/unicode.h"
#include "model/golden_files.h"

using namespace sayso;

namespace {

// Every letter and digit is a piece of its own, so that a unit has as many pieces as characters.
const WordPiece& letters() {
  static const WordPiece tokenizer = [] {
    std::string vocabulary = "[UNK]\n[CLS]\n[SEP]";
    for (char c = 'a'; c <= 'z'; ++c) vocabulary += std::string("\n") + c + "\n##" + c;
    for (char c : std::string(".!?,;:\"'-()")) vocabulary += std::string("\n") + c;
    for (const char* mark : {"“", "”", "‘", "’", "東", "##東"}) vocabulary += std::string("\n") + mark;
    auto made = WordPiece::from_vocabulary(vocabulary);
    REQUIRE(made.ok());
    return std::move(made).value();
  }();
  return tokenizer;
}

UnitText split(const std::string& text) { return split_units(text, 0, static_cast<uint32_t>(text.size()), letters()); }

// “word:shape” of each unit.
std::string shapes_of(const std::string& text) {
  std::string out;
  for (const Unit& unit : split(text).units) {
    if (!out.empty()) out += ' ';
    out += text.substr(unit.begin, unit.end - unit.begin);
    out += ':';
    out += std::to_string(unit.shape);
  }
  return out;
}

std::string digits_of(const std::string& text, uint8_t Unit::*feature) {
  std::string out;
  for (const Unit& unit : split(text).units) out += static_cast<char>('0' + unit.*feature);
  return out;
}

// The text of each window, “|” between them and “/” for a line end.
std::string windows_of(const std::string& text, uint32_t most, uint32_t first) {
  std::string out;
  const UnitText units = split(text);
  for (const Window& window : pack_windows(units, most, first)) {
    const Unit &a = units.units[window.begin], &b = units.units[window.end - 1];
    if (!out.empty()) out += '|';
    out += text.substr(a.begin, b.end - a.begin);
  }
  std::replace(out.begin(), out.end(), '\n', '/');
  return out;
}

}  // namespace

TEST_CASE("a unit is a run of letters, digits and underscores, or one other visible character") {
  CHECK(shapes_of("") == "");
  CHECK(shapes_of(" \n\t\u00a0\u3000\u2028") == "");
  CHECK(shapes_of("snake_case x2 3rd 1,5%") == "snake_case:2 x2:2 3rd:11 1:1 ,:10 5:1 %:12");
  CHECK(shapes_of("don't co-op") == "don:2 ':8 t:2 co:2 -:12 op:2");
  CHECK(shapes_of("e\u0301a") == "e:2 \u0301:12 a:2");  // a combining mark is no letter: \w in Python's re
  CHECK(shapes_of("👍🏽") == "👍:12 🏽:12");
  CHECK(shapes_of("a\u200bb") == "a:2 \u200b:12 b:2");
  CHECK(shapes_of("東京") == "東京:6");
}

TEST_CASE("shapes") {
  CHECK(shapes_of("12 ² ٣") == "12:1 ²:1 ٣:1");
  CHECK(shapes_of("lower élan ß x1 _ab") == "lower:2 élan:2 ß:2 x1:2 _ab:2");
  CHECK(shapes_of("NATO ÉTÉ G7 U2 AB_C") == "NATO:3 ÉTÉ:3 G7:3 U2:3 AB_C:3");
  CHECK(shapes_of("I É") == "I:4 É:4");
  CHECK(shapes_of("Said Élan It2") == "Said:5 Élan:5 It2:5");
  CHECK(shapes_of("iPhone McKay eBay USAid _ __ 東 ǅ Aǅ ABǅ ǅa") == "iPhone:6 McKay:6 eBay:6 USAid:6 _:6 __:6 東:6 ǅ:6 Aǅ:6 ABǅ:6 ǅa:6");
  CHECK(shapes_of("\" “ ”") == "\":7 “:7 ”:7");
  CHECK(shapes_of("' ‘ ’") == "':8 ‘:8 ’:8");
  CHECK(shapes_of(". ! ?") == ".:9 !:9 ?:9");
  CHECK(shapes_of(", ; :") == ",:10 ;:10 ::10");
  CHECK(shapes_of("5th ½ Ⅷ ①a") == "5th:11 ½:11 Ⅷ:11 ①a:11");
  CHECK(shapes_of("( - … „ « $ €") == "(:12 -:12 …:12 „:12 «:12 $:12 €:12");
}

TEST_CASE("quotation state: 2 opens, 1 inside, 3 closes, 0 outside; a line ends it") {
  const auto quotes_of = [](const std::string& text) { return digits_of(text, &Unit::quote); };
  CHECK(quotes_of("a “b c” d") == "021130");
  CHECK(quotes_of("a \"b c\" d \"e\"") == "021130213");
  CHECK(quotes_of("“a “b” c” d") == "21213000");    // the inner mark opens again, the first closing one closes; a lone one is outside
  CHECK(quotes_of("“a\" b \"c”") == "2130213");      // mixed marks pair too
  CHECK(quotes_of("a” b") == "000");
  CHECK(quotes_of("“a\nb” c") == "21000");
  CHECK(quotes_of("“a\n“b”") == "21213");
  CHECK(quotes_of("‘a’ 'b' „c“ d «e»") == "0000000021111");  // single and foreign marks are none, and “ opens wherever it stands
}

TEST_CASE("gap: 1 begins a line, 2 touches the unit before, 0 has white space before; lines are numbered") {
  const auto gaps_of = [](const std::string& text) { return digits_of(text, &Unit::gap); };
  CHECK(gaps_of("It's so, he said.") == "12202002");
  CHECK(gaps_of("  a\nb c") == "110");
  CHECK(gaps_of("a\r\nb") == "11");
  CHECK(gaps_of("a\rb") == "10");  // a lone carriage return is white space here; ingest makes line ends of it
  const auto lines_of = [](const std::string& text) {
    std::string out;
    for (const Unit& unit : split(text).units) out += std::to_string(unit.paragraph);
    return out;
  };
  CHECK(lines_of("a b\nc\n\n\nd") == "0012");  // empty lines do not count
  CHECK(lines_of("\n\n a\n \n b") == "01");
}

TEST_CASE("pieces: one after the other, at least one a unit and at most 64") {
  const std::string text = "abc \u200b東" + std::string(80, 'q') + " x";
  const UnitText units = split(text);
  REQUIRE(units.units.size() == 4);
  CHECK(units.units[0].pieces == 3);
  CHECK(units.units[1].pieces == 1);  // dropped by the normaliser: [UNK] stands for it
  CHECK(units.pieces[units.units[1].first_piece] == letters().unknown());
  CHECK(units.units[2].pieces == 64);
  CHECK(units.units[3].pieces == 1);
  uint32_t next = 0;
  for (const Unit& unit : units.units) {
    CHECK(unit.first_piece == next);
    next += unit.pieces;
  }
  CHECK(units.pieces.size() == next);
}

TEST_CASE("a part of a text is split with positions in the whole, as if it stood alone") {
  const std::string text = "“Ab\ncd” é x", part = text.substr(4, 9);
  const UnitText whole = split_units(text, 4, 13, letters()), alone = split(part);
  REQUIRE(whole.units.size() == alone.units.size());
  CHECK(whole.pieces == alone.pieces);
  for (size_t i = 0; i < alone.units.size(); ++i) {
    CHECK(whole.units[i].begin == alone.units[i].begin + 4);
    CHECK(whole.units[i].end == alone.units[i].end + 4);
    CHECK(whole.units[i].shape == alone.units[i].shape);
    CHECK(whole.units[i].quote == alone.units[i].quote);
    CHECK(whole.units[i].gap == alone.units[i].gap);
    CHECK(whole.units[i].paragraph == alone.units[i].paragraph);
  }
}

TEST_CASE("whole lines are packed while they fit") {
  CHECK(windows_of("", 10, 10) == "");
  CHECK(windows_of("ab cd\nef\ngh", 8, 8) == "ab cd/ef/gh");
  CHECK(windows_of("ab cd\nef\ngh", 7, 7) == "ab cd/ef|gh");
  CHECK(windows_of("ab cd\nef\ngh", 4, 4) == "ab cd|ef/gh");
  CHECK(windows_of("ab cd\nef\ngh", 8, 4) == "ab cd|ef/gh");  // the first window is bounded by its own
  CHECK(windows_of("ab\ncd\nef\ngh", 6, 2) == "ab|cd/ef/gh");
}

TEST_CASE("a line that does not fit is cut behind the last sentence end that does, and behind its closing mark") {
  CHECK(windows_of("ab. cd. ef gh.", 8, 8) == "ab. cd.|ef gh.");
  CHECK(windows_of("ab! cd? ef gh", 7, 7) == "ab! cd?|ef gh");
  CHECK(windows_of("“ab.” cd ef gh", 9, 9) == "“ab.”|cd ef gh");
  CHECK(windows_of("“ab.” cd ef gh ij", 8, 8) == "“ab.”|cd ef gh ij");
  CHECK(windows_of("abc defg hij", 7, 7) == "abc defg|hij");  // no sentence end: at the unit that does not fit
  // The rest of a cut line goes on with the lines behind it.
  CHECK(windows_of("abc. defg.\nhi", 7, 7) == "abc.|defg./hi");
}

TEST_CASE("a closing mark that just does not fit stands at the head of the next window, and is no place to cut") {
  // Seven pieces up to the full stop; the mark is the eighth. Behind the mark there was a cut once, which left it alone in a window.
  CHECK(windows_of("“abcde.” fgh ijkl mn", 7, 7) == "“abcde.|” fgh|ijkl mn");
}

TEST_CASE("windows cover all units in order and exceed their bound by less than a unit's pieces, whatever the text") {
  static const std::vector<std::string> parts = {"a", "bcd", "efghijkl", ".", "!", "”", "“", "\"", " ", " ", " ", "\n", "\n\n", ", ", "東東東東",
                                                 "\u200b", std::string(70, 'x'), std::string(101, 'y')};
  std::mt19937 random(20261124);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t k = random() % 120; k > 0; --k) text += parts[random() % parts.size()];
    const UnitText units = split(text);
    const auto most = static_cast<uint32_t>(1 + random() % 200), first = static_cast<uint32_t>(1 + random() % most);
    uint32_t next = 0, wrong = 0;
    for (const Window& window : pack_windows(units, most, first)) {
      wrong += window.begin != next || window.end <= window.begin;
      const Unit &a = units.units[window.begin], &b = units.units[window.end - 1];
      wrong += b.first_piece + b.pieces - a.first_piece >= most + max_unit_pieces;
      next = window.end;
    }
    wrong += next != units.units.size();
    CHECK_MESSAGE(wrong == 0, text);
  }
}
