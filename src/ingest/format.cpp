#include "ingest/format.h"

#include <string>

namespace sayso {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  ForeignFormat format;
};

// From the formats' own specifications, as collected in file(1)'s magic.
constexpr Signature signatures[] = {
    {"%PDF-"sv, {"a PDF document", true}},
    {"PK\x03\x04"sv, {"a zip archive (or a document packed as one, such as .docx, .odt or .epub)", true}},
    {"PK\x05\x06"sv, {"an empty zip archive", true}},
    {"WARC/1."sv, {"a WARC web archive", true}},
    {"{\\rtf"sv, {"a rich text (RTF) document", true}},
    {"%!PS"sv, {"a PostScript document", true}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, {"an old Microsoft Office document", true}},
    {"\x1F\x8B"sv, {"a gzip file inside a gzip file", true}},
    {"\xFD""7zXZ\0"sv, {"an xz file", true}},
    {"\x28\xB5\x2F\xFD"sv, {"a Zstandard file", true}},
    {"7z\xBC\xAF\x27\x1C"sv, {"a 7-Zip archive", true}},
    {"Rar!\x1A\x07"sv, {"a RAR archive", true}},
    {"PAR1"sv, {"a Parquet table", true}},
    {"SQLite format 3\0"sv, {"an SQLite database", true}},
    {"\xFF\xFE\0\0"sv, {"text in UTF-32", true}},
    {"\0\0\xFE\xFF"sv, {"text in UTF-32", true}},
    {"\x89PNG\r\n"sv, {"a picture (PNG)", false}},
    {"\xFF\xD8\xFF"sv, {"a picture (JPEG)", false}},
    {"GIF87a"sv, {"a picture (GIF)", false}},
    {"GIF89a"sv, {"a picture (GIF)", false}},
    {"II*\0"sv, {"a picture (TIFF)", false}},
    {"MM\0*"sv, {"a picture (TIFF)", false}},
    {"ID3\x03"sv, {"a sound file (MP3)", false}},
    {"ID3\x04"sv, {"a sound file (MP3)", false}},
    {"OggS\0"sv, {"a sound or video file (Ogg)", false}},
    {"\x7F""ELF"sv, {"a program (ELF)", false}},
};

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<ForeignFormat> recognise_signature(std::string_view bytes) {
  for (const Signature& signature : signatures)
    if (bytes.starts_with(signature.bytes)) return signature.format;
  // bzip2's own three letters could begin a text; a digit and the magic of its first block follow.
  if (bytes.starts_with("BZh") && (bytes.substr(4, 3) == "1AY" || bytes.substr(4, 3) == "\x17rE")) return ForeignFormat{"a bzip2 file", true};
  return std::nullopt;
}

std::optional<ForeignFormat> recognise_markup(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.size() < 2) return std::nullopt;
  if (text.front() == '{' || text.front() == '[') {
    size_t next = 1;
    while (next < text.size() && is_blank(text[next])) ++next;
    if (next < text.size() && text[next] == (text.front() == '{' ? '"' : '{')) return ForeignFormat{"JSON", true};
    return std::nullopt;
  }
  if (text.front() != '<' || !(is_letter(text[1]) || text[1] == '!' || text[1] == '?')) return std::nullopt;
  std::string opening(text.substr(0, 1024));  // as far as the WHATWG's sniffing standard looks, about
  for (char& c : opening)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const std::string_view page : {"<!doctype html", "<html", "<head>", "<body>", "<body "})
    if (opening.find(page) != std::string::npos) return ForeignFormat{"an HTML page", true};
  if (opening.starts_with("<?xml")) return ForeignFormat{"an XML document", true};
  if (text.back() != '>') return std::nullopt;
  for (const std::string_view element : {"<p>", "<p ", "<div", "<article", "<h1", "<span", "<section", "<main"})
    if (opening.starts_with(element)) return ForeignFormat{"an HTML page", true};
  return ForeignFormat{"an XML document", true};
}

bool is_binary(std::string_view bytes) {
  size_t strange = 0;
  for (const char c : bytes) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    // Backspace and escape stand in recorded terminal text, 0x1A ends old text files.
    if (control && !is_blank(c) && c != '\b' && c != 0x1b && c != 0x1a) ++strange;
  }
  return strange >= 8 && strange > bytes.size() / 20;
}

bool holds_no_article(std::string_view head) {
  if (const auto format = recognise_signature(head)) return !format->holds_text;
  const bool utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  return !utf16 && is_binary(head);
}

}  // namespace sayso
