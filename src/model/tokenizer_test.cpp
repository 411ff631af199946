// WordPiece against Hugging Face's tokenizers: these cases are the answers of version 0.23.3 with the shipped vocabulary (its special
// pieces taken out: “[SEP]” in a text is a text). bench/quality/tokenizer.py holds whole corpora and every character against it.
#include "model/tokenizer.h"

#include <algorithm>
#include <random>
#include <string_view>

#include "base/unicode.h"
#include "model/golden_files.h"

using namespace sayso;
using namespace std::literals;

namespace sayso {
bool operator==(const Piece& a, const Piece& b) { return a.id == b.id && a.begin == b.begin && a.end == b.end; }
}  // namespace sayso

namespace {

struct Case {
  std::string_view text;
  std::vector<Piece> pieces;
};

// id, begin and end in bytes.
const std::vector<Case> published = {
    {"The harbour-master's boat"sv, {{1996, 0, 3}, {7440, 4, 11}, {1011, 11, 12}, {3040, 12, 18}, {1005, 18, 19}, {1055, 19, 20}, {4049, 21, 25}}},
    {"  two   spaces\t\nand lines\r\n"sv, {{2048, 2, 5}, {7258, 8, 14}, {1998, 16, 19}, {3210, 20, 25}}},
    {"unbelievably UNBELIEVABLY"sv, {{4895, 0, 2}, {8671, 2, 5}, {2666, 5, 7}, {3567, 7, 9}, {6321, 9, 12}, {4895, 13, 15}, {8671, 15, 18},
      {2666, 18, 20}, {3567, 20, 22}, {6321, 22, 25}}},
    {"Café CAFÉ naïve Ångström Ñandú"sv, {{7668, 0, 5}, {7668, 6, 11}, {15743, 12, 18}, {17076, 19, 23}, {15687, 23, 29}, {16660, 30, 34},
      {8566, 34, 37}}},
    {"e\u0301te\u0301"sv, {{3802, 0, 4}, {2063, 4, 5}}},
    {"e\u0301"sv, {{1041, 0, 1}}},
    {"ﬁne"sv, {{1984, 0, 3}, {2638, 3, 5}}},
    {"ß ẞ"sv, {{1096, 0, 2}, {1096, 3, 6}}},
    {"İstanbul ıI"sv, {{9960, 0, 9}, {1104, 10, 12}, {2072, 12, 13}}},
    {"ΣΑΣ ς"sv, {{1173, 0, 2}, {14608, 2, 4}, {29733, 4, 6}, {1172, 7, 9}}},
    {"Ελλάδα"sv, {{1159, 0, 2}, {29727, 2, 4}, {29727, 4, 6}, {14608, 6, 8}, {29722, 8, 10}, {14608, 10, 12}}},
    {"Москва"sv, {{1191, 0, 2}, {14150, 2, 4}, {29747, 4, 6}, {23925, 6, 8}, {25529, 8, 10}, {10260, 10, 12}}},
    {"東京で"sv, {{1879, 0, 3}, {1755, 3, 6}, {1665, 6, 9}}},
    {"a東b"sv, {{1037, 0, 1}, {1879, 1, 4}, {1038, 4, 5}}},
    {"한국"sv, {{1469, 0, 3}, {30006, 0, 3}, {30021, 0, 3}, {29991, 3, 6}, {30014, 3, 6}, {30020, 3, 6}}},
    {"日本語テキスト"sv, {{1864, 0, 3}, {1876, 3, 6}, {1950, 6, 9}, {1713, 9, 12}, {30227, 12, 15}, {30233, 15, 18}, {30240, 18, 21}}},
    {"ก็"sv, {{1409, 0, 3}}},
    {"हिन्दी"sv, {{1339, 0, 3}, {29877, 3, 6}, {29863, 6, 9}, {29861, 12, 15}, {29878, 15, 18}}},
    {"עִברִית"sv, {{1259, 0, 2}, {29789, 4, 6}, {29811, 6, 8}, {29796, 10, 12}, {29813, 12, 14}}},
    {"العَرَبِيّة"sv, {{1270, 0, 2}, {23673, 2, 4}, {29830, 4, 6}, {17149, 8, 10}, {29816, 12, 14}, {14498, 16, 18}, {19433, 20, 22}}},
    {"a\u200bb"sv, {{11113, 0, 5}}},
    {"\u200b"sv, {}},
    {"a\u00adb"sv, {{11113, 0, 4}}},
    {"a\000b\007c"sv, {{5925, 0, 5}}},
    {"\ufeffx"sv, {{1060, 3, 4}}},
    {"a\ufffdb"sv, {{11113, 0, 5}}},
    {"x\u2028y\u00a0z\u3000w"sv, {{1060, 0, 1}, {1061, 4, 5}, {1062, 7, 8}, {1059, 11, 12}}},
    {"\302\205a"sv, {{1037, 2, 3}}},
    {"“Yes,” she said…"sv, {{1523, 0, 3}, {2748, 3, 6}, {1010, 6, 7}, {1524, 7, 10}, {2016, 11, 14}, {2056, 15, 19}, {1529, 19, 22}}},
    {"it’s 'x' — 1,5 %"sv, {{2009, 0, 2}, {1521, 2, 5}, {1055, 5, 6}, {1005, 7, 8}, {1060, 8, 9}, {1005, 9, 10}, {1517, 11, 14}, {1015, 15, 16},
      {1010, 16, 17}, {1019, 17, 18}, {1003, 19, 20}}},
    {"$5 €5 £5 ¥5"sv, {{1002, 0, 1}, {1019, 1, 2}, {1574, 3, 6}, {2629, 6, 7}, {27813, 8, 11}, {1071, 12, 14}, {2629, 14, 15}}},
    {"²½Ⅷ①"sv, {{100, 0, 10}}},
    {"👍🏽 ok"sv, {{100, 0, 8}, {7929, 9, 11}}},
    {"[CLS] [SEP] [UNK] [MASK] ##ing"sv, {{1031, 0, 1}, {18856, 1, 3}, {2015, 3, 4}, {1033, 4, 5}, {1031, 6, 7}, {19802, 7, 10}, {1033, 10, 11},
      {1031, 12, 13}, {4895, 13, 15}, {2243, 15, 16}, {1033, 16, 17}, {1031, 18, 19}, {7308, 19, 23}, {1033, 23, 24}, {1001, 25, 26},
      {1001, 26, 27}, {13749, 27, 30}}},
    {"_a_b_"sv, {{1035, 0, 1}, {1037, 1, 2}, {1035, 2, 3}, {1038, 3, 4}, {1035, 4, 5}}},
    {"#@!"sv, {{1001, 0, 1}, {1030, 1, 2}, {999, 2, 3}}},
    {"ᾳ"sv, {{1155, 0, 3}}},
    {"ẛ̣"sv, {{100, 0, 3}}},
    {"a\U000e0067b"sv, {{11113, 0, 6}}},
    {"\ue000a"sv, {{1037, 3, 4}}},
    {"a\u0378b"sv, {{100, 0, 4}}},
    {"a🧵b"sv, {{100, 0, 6}}},
    {"q\u0300\u0301\u0302"sv, {{1053, 0, 1}}},
    {"\u0301a"sv, {{1037, 2, 3}}},
    {"豈"sv, {{100, 0, 3}}},
    {"ﷺ"sv, {{100, 0, 3}}},
    {"Ǆ ǅ ǆ"sv, {{100, 0, 2}, {100, 3, 5}, {100, 6, 8}}},
    {"ŉ"sv, {{100, 0, 2}}},
    {"ﬃ"sv, {{100, 0, 3}}},
    {"K Å"sv, {{1047, 0, 1}, {1037, 2, 4}}},
};

std::string show(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) {
    out += '{';
    out += std::to_string(piece.id) + ", " + std::to_string(piece.begin) + ", " + std::to_string(piece.end) + "} ";
  }
  return out;
}

WordPiece with_vocabulary(const std::string& pieces) {
  auto tokenizer = WordPiece::from_vocabulary("[UNK]\n[CLS]\n[SEP]\n" + pieces);
  REQUIRE(tokenizer.ok());
  return std::move(tokenizer).value();
}

std::vector<uint32_t> ids_of(const std::vector<Piece>& pieces) {
  std::vector<uint32_t> out;
  for (const Piece& piece : pieces) out.push_back(piece.id);
  return out;
}

std::string refusal(const std::string& vocabulary) {
  const auto tokenizer = WordPiece::from_vocabulary(vocabulary);
  return tokenizer.ok() ? "" : tokenizer.error().sentence();
}

std::string repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("pieces and their bytes are those of the published tokenizer") {
  const WordPiece& tokenizer = shipped_model().tokenizer();
  CHECK(tokenizer.size() == 30522);
  CHECK(tokenizer.unknown() == 100);
  CHECK(tokenizer.begin_mark() == 101);
  CHECK(tokenizer.end_mark() == 102);
  for (const Case& c : published) {
    const std::vector<Piece> found = tokenizer.split(c.text);
    CHECK_MESSAGE(found == c.pieces, std::string(c.text) << ": " << show(found) << "instead of " << show(c.pieces));
  }
}

TEST_CASE("no text has no pieces") {
  for (std::string_view text : {""sv, " "sv, "\t\r\n"sv, "\0\x01\x7f"sv, "\u200b\u00ad\ufeff"sv, "\ufffd"sv, "\u0301\u0302"sv,
                                "\u2028\u2029\u0085"sv})
    CHECK(shipped_model().tokenizer().split(text).empty());
}

TEST_CASE("the longest piece that fits is taken, from the left, and one letter that fits nowhere makes the whole word unknown") {
  const WordPiece tokenizer = with_vocabulary("a\nab\nabc\n##a\n##b\n##bc\n##c\nx\n##cd");
  CHECK(ids_of(tokenizer.split("abc")) == std::vector<uint32_t>{5});
  CHECK(ids_of(tokenizer.split("abcbc")) == std::vector<uint32_t>{5, 8});
  CHECK(ids_of(tokenizer.split("aabc")) == std::vector<uint32_t>{3, 6, 8});
  CHECK(ids_of(tokenizer.split("abcd")) == std::vector<uint32_t>{0});  // greedy: “abc” and no “##d”, though “ab ##cd” would fit
  CHECK(ids_of(tokenizer.split("abz x")) == std::vector<uint32_t>{0, 10});
  CHECK(ids_of(tokenizer.split("b")) == std::vector<uint32_t>{0});  // only inside words
  CHECK(show(tokenizer.split("zab")) == "{0, 0, 3} ");
}

TEST_CASE("a word of 100 characters is split, one of 101 is unknown; characters are counted after normalising") {
  const WordPiece tokenizer = with_vocabulary("a\n##a\né\ne\n##e\n\u1112\n##\u1112\n##\u1161\n##\u11ab");
  CHECK(tokenizer.split(std::string(100, 'a')).size() == 100);
  CHECK(show(tokenizer.split(std::string(101, 'a'))) == "{0, 0, 101} ");
  CHECK(show(tokenizer.split(std::string(101, 'a') + " a")) == "{0, 0, 101} {3, 102, 103} ");
  CHECK(tokenizer.split(repeat("é", 100)).size() == 100);         // 200 bytes
  CHECK(tokenizer.split(repeat("e\u0301", 100)).size() == 100);   // 200 characters before, 100 after
  CHECK(tokenizer.split(repeat("a\u200b", 100)).size() == 100);
  CHECK(tokenizer.split(repeat("한", 33)).size() == 99);          // three letters each
  CHECK(show(tokenizer.split(repeat("한", 34))) == "{0, 0, 102} ");
  CHECK(tokenizer.split(repeat("a.", 200)).size() == 400);        // punctuation begins a new word
}

TEST_CASE("a piece's bytes begin and end at characters, in order, whatever the text; broken UTF-8 too stays in bounds") {
  static const std::vector<std::string> parts = {"a", "B", "é", "e\u0301", "\u0301", "ß", "İ", "東", "한", "\u200b", "\u00ad", ".", "“", "’s", " ",
                                                 "\n", "\u3000", "👍🏽", "\U000E0067", "\ufffd", "1", "_", "##", "[UNK]", "unbelievable",
                                                 "\u1e9b\u0323", "\xC3", "\x80", "\xF0\x9F", "\xFF"};
  std::mt19937 random(20261124);
  const WordPiece& tokenizer = shipped_model().tokenizer();
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t k = random() % 20; k > 0; --k) text += parts[random() % parts.size()];
    const std::vector<Piece> pieces = tokenizer.split(text);
    size_t wrong = 0;
    uint32_t begin = 0, end = 0;
    for (const Piece& piece : pieces) {
      wrong += piece.id >= tokenizer.size() || piece.begin >= piece.end || piece.end > text.size();
      wrong += piece.begin < begin || piece.end < end;                     // one character may give several pieces
      wrong += piece.begin < end && !(piece.begin == begin && piece.end >= end);
      wrong += is_utf8(text) && (!is_boundary(text, piece.begin) || !is_boundary(text, piece.end));
      begin = piece.begin;
      end = piece.end;
    }
    CHECK_MESSAGE(wrong == 0, text << ": " << show(pieces));
    // White space parts texts: the pieces of two are those of each.
    if (!is_utf8(text)) continue;
    std::vector<uint32_t> twice = ids_of(pieces);
    twice.insert(twice.end(), twice.begin(), twice.begin() + static_cast<std::ptrdiff_t>(pieces.size()));
    CHECK(ids_of(tokenizer.split(text + " " + text)) == twice);
  }
}

TEST_CASE("a vocabulary that is none") {
  const auto damaged = [](const std::string& what) { return "the vocabulary is damaged: " + what + ". Fetch the weight file again."; };
  CHECK(refusal("") == damaged("[UNK], [CLS] or [SEP] is missing"));
  CHECK(refusal("[UNK]\n[CLS]\n") == damaged("[UNK], [CLS] or [SEP] is missing"));
  CHECK(refusal("[UNK]\n[CLS]\n[SEP]\n\na") == damaged("a piece is empty or longer than 400 bytes"));
  CHECK(refusal("[UNK]\n[CLS]\n[SEP]\n" + std::string(401, 'a')) == damaged("a piece is empty or longer than 400 bytes"));
  CHECK(refusal("[UNK]\n[CLS]\n[SEP]\n##a\n##a") == damaged("a piece stands in it twice"));
  CHECK(refusal("[UNK]\n[CLS]\n[SEP]\n" + std::string(400, 'a')) == "");
  CHECK(refusal("[SEP]\n[CLS]\n[UNK]") == "");
  CHECK(refusal("[SEP]\n[CLS]\n[UNK]\na\n##a\n##\n") == "");
}
