#include "ingest/records.h"

#include <doctest/doctest.h>

#include "archive/deflated.h"
#include "archive/slow.h"
#include <zlib.h>

namespace sayso {
namespace {

using namespace std::string_literals;

struct Split {
  std::vector<Input> inputs;
  std::vector<std::string> errors;
  std::string members;  // one after the other, "!" for an Error
  PassedOver passed_over;
};
Split split(const std::string& bytes, const Limits& limits = {}) {
  const auto records = split_records(stream_bytes(bytes), "a", {limits, {}});
  Split out;
  while (auto record = records->next()) {
    out.members += out.members.empty() ? "" : ", ";
    if (record->ok()) {
      out.members += (*record)->member.value_or("-");
      out.inputs.push_back(std::move(**record));
    } else {
      out.members += "!";
      out.errors.push_back(record->error().sentence());
    }
  }
  out.passed_over = records->passed_over_by_kind();
  return out;
}

std::string warc(const std::string& id, const std::string& block, const std::string& type = "response",
                 const std::string& content_type = "application/http") {
  return "WARC/1.1\r\nWARC-Type: " + type + "\r\nWARC-Record-ID: <" + id +
         ">\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: <http://example.org/" + id + ">\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}
std::string http(const std::string& status, const std::string& type, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
}

TEST_CASE("what is no container is one record, its bytes as they are") {
  for (const std::string& bytes : {"“It rains,” she said.\n"s, "<html>"s, "{\"a\": 1}"s, "{\"a\": 1}\n"s, "{\n \"a\": [\n{}\n]}\n"s, ""s,
                                   deflate_bytes("Rain."), deflate_bytes("{\"a\": 1}"), "From Ostmark: the lock opens at 10:30.\nIt rains.\n"s,
                                   "WARC/1.0 is a format.\n"s, "\x1f\x8b\x08 damaged"s}) {
    const Split found = split(bytes);
    REQUIRE(found.inputs.size() == 1);
    CHECK(found.inputs[0].bytes == bytes);
    CHECK(!found.inputs[0].member);
    CHECK(found.errors.empty());
  }
  Limits limits;
  limits.document_bytes = 10;
  CHECK(split("01234567890", limits).errors ==
        std::vector<std::string>{"this has more bytes than the limit of 10 (a). Raise it with --limit document-bytes=N."});
}

TEST_CASE("a text that shows a WARC header is a text") {
  const std::string text = "This is how it looks:\n\nWARC/1.0\nWARC-Type: response\nContent-Length: 1234\n\nand so on.\n";
  REQUIRE(split(text).inputs.size() == 1);
  CHECK(split(text).inputs[0].bytes == text);
}

TEST_CASE("JSON Lines: a line a record, whatever stands in it") {
  const std::string lines = "\xEF\xBB\xBF{\"text\": \"a}\\\"\"}\r\n\n{\"text\": \"b\"}\n{broken\n[1]";
  for (const std::string& bytes : {lines, deflate_bytes(lines), deflate_bytes(deflate_bytes(lines))}) {
    const Split found = split(bytes);
    CHECK(found.members == "line 1, line 3, line 4, line 5");
    CHECK(found.inputs[0].bytes == "{\"text\": \"a}\\\"\"}");
    CHECK(found.inputs[2].bytes == "{broken");
    CHECK(found.inputs[3].content_type == "application/json");
  }
  CHECK(split("{\"text\": \"broken\n{\"text\": 1}\n{\"text\": 2}\n").members == "line 1, line 2, line 3");
  // A first line that is damaged costs no other: cut off at its end, or at its begin, or with a damaged one behind it.
  for (const std::string first : {"{\"text\": \"bro", "{\"text\": 1}}", "[{\"text\":", "of rain.\", \"title\": \"Rain\"}", "{\"text\": \"a\nb\"}"})
    CHECK(split(first + "\n{\"text\": 1}\n{\"text\": 2}\n").inputs.back().bytes == "{\"text\": 2}");
  CHECK(split("{\"text\": \"broken\n{\"text\": 1}\n").members == "line 1, line 2");
  CHECK(split("\x1e{\"text\": 1}\n\x1e{\"text\": 2}\n").inputs.at(1).bytes == "{\"text\": 2}");
  // One document, however its lines are broken.
  for (const std::string& one : {"[\n{\"a\": 1},\n{\"b\": 2}\n]\n"s, "{\"a\": [\n{}\n], \"b\": [\n{}\n]}"s, "{\"a\": 1,\n\"b\": {\"c\": 2}\n}\n"s,
                                 "How it looks:\n{\"a\": 1}\nand so on.\n{\"a\": 1}\n"s})
    CHECK(split(one).members == "-");
  Limits limits;
  limits.document_bytes = 20;
  const std::string huge = "{\"a\": 1}\n{\"a\": \"" + std::string(100'000, 'x') + "\"}\n{\"a\": 3}\n";
  CHECK(split(huge, limits).members == "line 1, !, line 3");
  CHECK(split(huge.substr(9) + "{}\n", limits).members == "!, line 2, line 3");
  const std::string packed = deflate_bytes(lines + std::string(200'000, ' ') + "\n{}\n");
  CHECK(split(packed.substr(0, packed.size() - 12)).errors.size() == 1);  // cut off: what came before is there
}

TEST_CASE("JSON Lines and WARC through a pipe: each record as soon as it is there") {
  const std::string page = warc("a", http("200 OK", "text/html", "<p>a"));
  for (const std::vector<std::string>& pieces : {std::vector<std::string>{"{\"text\": \"a\"}\n", "{\"text\": \"b\"}\n", "{brok", "en\n"},
                                                 {page, page, page}, {deflate_bytes(page), deflate_bytes(page)}}) {
    size_t given = 0;
    const auto records = split_records(std::make_unique<Slow>(pieces, given), "-", {});
    for (size_t n = 1; n <= 2; ++n) {
      const auto record = records->next();
      REQUIRE((record && record->ok()));
      CHECK(given == n);
      CHECK(records->is_list());
    }
  }
  // One object whose line has no end yet is waited for: it may be one document.
  size_t given = 0;
  const auto records = split_records(std::make_unique<Slow>(std::vector<std::string>{"{\"text\": ", "\"a\"}"}, given), "-", {});
  CHECK(!records->is_list());
  CHECK(!(*records->next())->member);
}

TEST_CASE("WARC: what a record lacks is said") {
  const std::string text = "<p>" + std::string(3000, 'x') + "</p>";
  const std::string packed = deflate_bytes(text), head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
  CHECK(split(warc("a", head + packed)).inputs.at(0).lack.empty());
  CHECK(split(warc("a", head + packed.substr(0, packed.size() - 9))).inputs.at(0).lack == "the gzip data ends too early");
  std::string truncated = warc("a", http("200 OK", "text/html", "<p>a"));
  truncated.insert(truncated.find("WARC-Date"), "WARC-Truncated: length\r\n");
  CHECK(split(truncated).inputs.at(0).lack == "the archive says that it was cut off");
}

TEST_CASE("mbox: a message a record") {
  const std::string box =
      "From ann@example.org Thu Jan  1 00:00:00 2026\nSubject: one\n\nHello.\n>From here on it rains.\n\nFrom here on, too, at 10:30\nno header\n\n"
                          "From bob@example.org Thu Jan  1 00:01:00 2026\nSubject: two\n\nBye.\n";
  for (const std::string& bytes : {box, deflate_bytes(box)}) {
    const Split found = split(bytes);
    CHECK(found.members == "message 1, message 2");
    CHECK(found.inputs[0].bytes == "Subject: one\n\nHello.\nFrom here on it rains.\n\nFrom here on, too, at 10:30\nno header\n\n");
    CHECK(found.inputs[1].content_type == "message/rfc822");
  }
  Limits limits;
  limits.document_bytes = 200;
  std::string long_box = box;
  long_box.insert(box.find("Hello"), std::string(100'000, 'x') + "\n");
  CHECK(split(long_box, limits).members == "!, message 2");
}

TEST_CASE("WARC: responses with text become records, the others are counted") {
  const std::string archive = warc("a", http("200 OK", "text/html; charset=iso-8859-1", "<p>a")) +
                              warc("b", http("404 Not Found", "text/html", "<p>b")) + warc("c", http("200 OK", "image/png", "\x89PNG")) +
                              warc("d", "GET / HTTP/1.1\r\n\r\n", "request") + warc("e", "Plain.", "conversion", "text/plain") +
                              warc("f", http("200 OK", "application/octet-stream", "\0\1\2\3"s)) +
                              warc("a", http("206 Partial", "application/rss+xml", "<rss/>")) + warc("g", http("200 OK", "text/css", "p{}")) +
                              warc("h", "no status", "response") + warc("i", http("200 OK", "text/html", ""));
  const Split found = split(archive);
  CHECK(found.members == "a, e, a at byte " + std::to_string(archive.rfind("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <a>")) + ", !");
  CHECK(found.inputs[0].bytes == "<p>a");
  CHECK(found.inputs[0].content_type == "text/html; charset=iso-8859-1");
  CHECK(found.inputs[0].address == "http://example.org/a");
  CHECK(found.inputs[0].fetched == "2026-01-01T00:00:00Z");
  CHECK(found.inputs[1].content_type == "text/plain");
  CHECK(found.passed_over == PassedOver{{"HTTP 4xx", 1}, {"empty", 1}, {"image", 1}, {"other types", 1}, {"request", 1}, {"scripts and styles", 1}});
  CHECK(split(deflate_bytes(deflate_bytes(archive))).members.starts_with("a, e, a"));
  CHECK(split(std::string(100, '\0') + archive).members.starts_with("!, a, e"));  // not known by its first bytes
  Limits limits;
  limits.records = 1;
  CHECK(split(archive, limits).members == "a, !");
}

// A zip file of stored members; `lie` goes into each size in the directory.
std::string zip(const std::vector<std::pair<std::string, std::string>>& members, bool deflated = false, uint32_t lie = 0) {
  const auto number = [](uint64_t value, int size) {
    std::string out;
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
  };
  std::string file, directory;
  for (const auto& [name, bytes] : members) {
    const std::string data = deflated ? deflate_bytes(bytes, -MAX_WBITS) : bytes;
    const std::string common = number(0, 2) + number(deflated ? 8 : 0, 2) + number(0, 4) +
                               number(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())), 4) +
                               number(data.size() + (deflated ? 0 : lie), 4) + number(bytes.size() + lie, 4) + number(name.size(), 2) + number(0, 2);
    directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
        number(file.size(), 4) + name;
    file += "PK\x03\x04" + number(20, 2) + common + name + data;
  }
  return file + directory + "PK\x05\x06" + number(0, 4) + number(members.size(), 2) + number(members.size(), 2) + number(directory.size(), 4) +
         number(file.size(), 4) + number(0, 2);
}

TEST_CASE("WACZ: its archives in their order; what lies is an error, and what can be found is found") {
  const std::string one = warc("a", http("200 OK", "text/html", "<p>a")), two = warc("b", http("200 OK", "text/html", "<p>b"));
  const std::vector<std::pair<std::string, std::string>> members = {{"datapackage.json", "{}"}, {"archive/1.warc.gz", deflate_bytes(one)},
                                                                    {"archive/2.warc", two}};
  for (bool deflated : {false, true}) CHECK(split(zip(members, deflated)).members == "archive/1.warc.gz: a, archive/2.warc: b");
  const Split lying = split(zip(members, true, 1));
  CHECK(lying.members == "archive/1.warc.gz: a, !, archive/2.warc: b, !");
  CHECK(lying.errors[0].find("unpacks to less than its directory says (a, archive/1.warc.gz)") != std::string::npos);
  const std::string whole = zip(members);
  const Split cut = split(whole.substr(0, whole.size() - 30));
  CHECK(cut.members == "!, !, a, !, b, !");  // the zip file, and what is no record between them
  CHECK(cut.errors[0] == "the zip file has no directory: it is cut off or damaged (a). Fetch it again.");
  const std::string other = zip({{"word/document.xml", "<w/>"}});
  REQUIRE(split(other).inputs.size() == 1);
  CHECK(split(other).inputs[0].bytes == other);
}

}  // namespace
}  // namespace sayso
