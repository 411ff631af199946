#include "ingest/ingest.h"

#include <algorithm>
#include <limits>

#include "base/hash.h"
#include "base/unicode.h"
#include "ingest/format.h"
#include "ingest/gunzip.h"

namespace sayso {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

Error refuse(const ForeignFormat& format, const std::string& source) {
  const std::string what = std::string("this is ") + format.name + ", and sayso reads only plain text so far";
  if (format.holds_text)
    return Error{ErrorKind::unsupported, what, source, "Other formats come with a later version; until then convert it to text first."};
  return Error{ErrorKind::unsupported, what, source, ""};
}

std::string times(size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// UTF-8 text, how many ill-formed pieces of the input became U+FFFD in it, and where the first of them stands.
struct Decoded {
  std::string text;
  size_t replaced = 0;
  size_t first = 0;

  void replace() {
    if (replaced++ == 0) first = text.size();
    text += replacement;
  }
};

// Without its byte-order mark. Ill-formed: a surrogate without its other half, half a unit at the end.
Decoded decode_utf16(std::string_view bytes, bool big_endian) {
  Decoded decoded;
  decoded.text.reserve(bytes.size());
  const auto unit = [&](size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    const char32_t c = unit(at);
    if (c < 0xD800 || c >= 0xE000) {
      append_code_point(decoded.text, c);
    } else if (c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      append_code_point(decoded.text, 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00));
      at += 2;
    } else {
      decoded.replace();
    }
  }
  if (at < bytes.size()) decoded.replace();
  return decoded;
}

Decoded decode_utf8(std::string_view bytes) {
  Repaired repaired = repair_utf8(bytes);
  Decoded decoded{std::move(repaired.text), repaired.replaced, 0};
  if (decoded.replaced == 0) return decoded;
  const std::string& text = decoded.text;
  decoded.first = static_cast<size_t>(std::mismatch(bytes.begin(), bytes.end(), text.begin(), text.end()).second - text.begin());
  // The ill-formed bytes may begin as U+FFFD does: the difference then stands inside it.
  while (decoded.first == text.size() || !is_boundary(text, decoded.first)) --decoded.first;
  return decoded;
}

// Has every byte above ASCII been replaced? Then the text was never UTF-8.
bool is_eight_bit(std::string_view bytes, size_t replaced) {
  return replaced == static_cast<size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7F; }));
}

}  // namespace

Result<Document> ingest(const Input& input, size_t max_bytes) {
  const auto too_large = [&](size_t limit) {
    return Error{ErrorKind::bad_input, "the text is larger than the limit of " + std::to_string(limit) + " bytes", input.source,
                 "Raise the limit with --max-bytes, or split the text."};
  };
  if (input.bytes.size() > max_bytes) return too_large(max_bytes);

  Document document;
  document.id = "sha256:" + sha256_hex(input.bytes);
  document.source = input.source;
  document.member = input.member;
  document.media_type = "text/plain";

  std::string unpacked;
  std::string_view bytes = input.bytes;
  if (is_gzip(bytes)) {
    Result<std::string> result = gunzip(bytes, max_bytes, input.source);
    if (!result) return result.error();
    unpacked = std::move(*result);
    bytes = unpacked;
  }
  if (const auto format = recognise_signature(bytes)) return refuse(*format, input.source);

  const bool utf16_be = bytes.starts_with("\xFE\xFF");
  const bool utf16 = utf16_be || bytes.starts_with("\xFF\xFE");
  if (utf16) bytes.remove_prefix(2);
  else if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Decoded decoded = utf16 ? decode_utf16(bytes, utf16_be) : decode_utf8(bytes);

  const std::string_view seen = utf16 ? std::string_view(decoded.text) : bytes;
  if (is_binary(seen)) {
    const bool half_nul = static_cast<size_t>(std::count(seen.begin(), seen.end(), '\0')) > seen.size() / 4;
    return Error{ErrorKind::bad_input, "this is not text: it is full of control characters", input.source,
                 half_nul ? "If it is UTF-16 without a byte-order mark, convert it first: iconv -f UTF-16LE -t UTF-8."
                          : "Name a text file, plain or packed with gzip."};
  }

  const auto span_at = [](size_t begin) { return Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + replacement.size())}; };
  if (decoded.replaced > 0) {
    std::string what = times(decoded.replaced, "ill-formed sequence was", "ill-formed sequences were") + " replaced by U+FFFD";
    if (!utf16 && is_eight_bit(bytes, decoded.replaced))
      what += "; the text looks like Windows-1252 or another 8-bit encoding: convert it with iconv -f WINDOWS-1252 -t UTF-8";
    const auto nuls_before = std::count(decoded.text.begin(), decoded.text.begin() + static_cast<std::ptrdiff_t>(decoded.first), '\0');
    document.warnings.push_back({"charset", std::move(what), span_at(decoded.first + static_cast<size_t>(nuls_before) * (replacement.size() - 1))});
  }
  if (const size_t first = decoded.text.find('\0'); first != std::string::npos) {
    size_t nuls = 0;
    for (const char c : decoded.text) {
      if (c != '\0') {
        document.text += c;
      } else {
        document.text += replacement;
        ++nuls;
      }
    }
    document.warnings.push_back({"nul", times(nuls, "NUL character was", "NUL characters were") + " replaced by U+FFFD", span_at(first)});
  } else {
    document.text = std::move(decoded.text);
  }
  if (document.text.size() > std::numeric_limits<uint32_t>::max()) return too_large(std::numeric_limits<uint32_t>::max());

  if (const auto format = recognise_markup(document.text)) return refuse(*format, input.source);
  if (std::all_of(document.text.begin(), document.text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
    document.warnings.push_back({"empty", "there is no text", std::nullopt});
  return document;
}

}  // namespace sayso
