#include "archive/http.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "archive/stream.h"
#include "archive/words.h"

namespace sayso {
namespace {

constexpr size_t max_encodings = 4;  // one inside the other; RFC 9110 sets no limit, servers use one

// The next chunk: its data, or nothing when no chunk begins at `at`. Moves `at` behind it.
struct Chunk {
  std::string_view data;
  bool cut_off = false;
  bool last = false;
};
std::optional<Chunk> read_chunk(std::string_view body, size_t& at) {
  const size_t line_end = body.find('\n', at);
  const std::string_view line = body.substr(at, std::min(line_end, at + 1000) - at);  // chunk extensions are short where there are any
  if (line_end == std::string_view::npos || line_end - at > 1000) return std::nullopt;
  uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (end == line.data()) return std::nullopt;
  const std::string_view rest = line.substr(static_cast<size_t>(end - line.data()));
  if (!rest.empty() && rest[0] != ';' && rest.find_first_not_of(" \t\r") != std::string_view::npos) return std::nullopt;
  const size_t begin = line_end + 1;
  if (error != std::errc() || size > body.size() - begin) {
    at = body.size();
    return Chunk{body.substr(begin), true, false};
  }
  at = begin + static_cast<size_t>(size);
  if (size == 0) return Chunk{{}, false, true};
  const Chunk chunk{body.substr(begin, static_cast<size_t>(size)), false, false};
  if (at < body.size() && body[at] == '\r') ++at;
  if (at < body.size() && body[at] == '\n') ++at;
  return chunk;
}

struct Dechunked {
  std::string body;
  HttpExtent extent = HttpExtent::unsaid;  // unsaid: these are no chunks
};
Dechunked read_chunks(std::string_view body, bool keep) {
  Dechunked out;
  size_t at = 0;
  for (bool first = true;; first = false) {
    const size_t begin = at;
    if (at == body.size() && !first) return out.extent = HttpExtent::cut_off, out;
    const std::optional<Chunk> chunk = read_chunk(body, at);
    if (!chunk) {
      // Not chunked at all, or damaged here: what follows may be text, and is kept.
      if (keep) out.body.append(body.substr(begin));
      out.extent = first ? HttpExtent::unsaid : HttpExtent::cut_off;
      return out;
    }
    if (keep) out.body.append(chunk->data);
    if (chunk->cut_off) return out.extent = HttpExtent::cut_off, out;
    if (!chunk->last) continue;
    // Behind the last chunk stands an empty line, or trailers and then an empty line.
    const std::string_view rest = body.substr(at);
    const bool whole = rest == "\r\n" || rest == "\n" || (rest.size() < 8192 && (rest.ends_with("\r\n\r\n") || rest.ends_with("\n\n")));
    out.extent = whole ? HttpExtent::whole : rest.size() < 2 ? HttpExtent::cut_off : HttpExtent::too_long;
    return out;
  }
}

std::vector<std::string_view> split_encodings(std::string_view value) {
  std::vector<std::string_view> names;
  while (!value.empty()) {
    const size_t comma = std::min(value.find(','), value.size());
    const std::string_view name = trim(value.substr(0, comma));
    if (!name.empty() && name != "identity") names.push_back(name);
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return names;
}

bool looks_plain(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f') || b == 0x7f;
  });
  return static_cast<size_t>(odd) * 50 <= head.size();  // text has none; one byte in eight of packed data is one
}

}  // namespace

std::optional<HttpHead> read_http_head(std::string_view block, const Limits& limits) {
  if (!block.starts_with("HTTP/") && !block.starts_with("http/")) return std::nullopt;
  HttpHead head;
  const std::optional<size_t> bytes = find_head_end(block, limits.header_bytes);
  if (!bytes) return std::nullopt;
  head.bytes = *bytes;
  std::string_view rest = block.substr(0, head.bytes);
  const std::string_view status_line = next_line(rest);
  const size_t space = status_line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view status = trim(status_line.substr(space));
  if (std::from_chars(status.data(), status.data() + std::min<size_t>(3, status.size()), head.status).ec != std::errc()) return std::nullopt;
  for_each_field(rest, [&](std::string_view name, const std::string& value) {
    if (same_name(name, "content-type") && head.content_type.empty()) head.content_type = value;
    if (same_name(name, "content-encoding")) head.content_encoding += (head.content_encoding.empty() ? "" : ",") + ascii_lower(value);
    if (same_name(name, "transfer-encoding") && ascii_lower(value).find("chunked") != std::string::npos) head.chunked = true;
    if (same_name(name, "content-length") && !head.content_length) {
      uint64_t length = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
      if (error == std::errc() && end == value.data() + value.size()) head.content_length = length;
    }
  });
  return head;
}

HttpExtent check_http_extent(std::string_view block, const Limits& limits) {
  const std::optional<HttpHead> head = read_http_head(block, limits);
  if (!head) return block.starts_with("HTTP/") ? HttpExtent::cut_off : HttpExtent::unsaid;
  const std::string_view body = block.substr(head->bytes);
  if (head->chunked) {
    const HttpExtent extent = read_chunks(body, false).extent;
    if (extent != HttpExtent::unsaid) return extent;
  }
  if (!head->content_length) return HttpExtent::unsaid;
  return body.size() == *head->content_length ? HttpExtent::whole : body.size() < *head->content_length ? HttpExtent::cut_off : HttpExtent::too_long;
}

Result<HttpBody> read_http_body(const HttpHead& head, std::string_view block, const Limits& limits, const std::string& where) {
  std::string body(block.substr(std::min(head.bytes, block.size())));
  std::string lack;
  if (head.chunked) {
    Dechunked out = read_chunks(body, true);
    if (out.extent == HttpExtent::cut_off) lack = "its chunks break off";
    if (out.extent != HttpExtent::unsaid) body = std::move(out.body);
  } else if (head.content_length && body.size() < *head.content_length) {
    lack = "it has " + std::to_string(body.size()) + " of the " + std::to_string(*head.content_length) + " bytes that its header says";
  }
  const std::vector<std::string_view> encodings = split_encodings(head.content_encoding);
  if (encodings.size() > max_encodings)
    return Error{ErrorKind::bad_input, "the response has " + std::to_string(encodings.size()) + " content encodings one inside the other", where, ""};
  for (auto name = encodings.rbegin(); name != encodings.rend(); ++name) {
    if (body.empty()) break;
    Packing packing;
    if (*name == "gzip" || *name == "x-gzip") packing = Packing::gzip;
    else if (*name == "deflate") packing = Packing::zlib;
    else if (*name == "br") packing = Packing::brotli;
    else if (*name == "zstd") packing = Packing::zstd;
    else if (looks_plain(body)) continue;  // "utf-8" and the like, which say nothing
    else return Error{ErrorKind::unsupported, "the response is packed with a content encoding that sayso does not know", where, ""};
    std::string partly;
    Result<std::string> plain = unpack(body, packing, limits, where, &partly);
    if (!plain.ok() && packing == Packing::zlib && partly.empty() && plain.error().kind == ErrorKind::corrupt)
      plain = unpack(body, Packing::deflate, limits, where, &partly);  // many servers send raw deflate by that name
    if (plain.ok()) {
      body = std::move(*plain);
    } else if (plain.error().kind != ErrorKind::corrupt) {
      return plain.error();
    } else if (looks_plain(body)) {
      continue;  // not packed at all
    } else if (!partly.empty() && looks_plain(partly)) {
      body = std::move(partly);
      if (lack.empty()) lack = plain.error().what;
    } else {
      return plain.error();
    }
  }
  if (body.size() > limits.document_bytes)
    return Error{ErrorKind::bad_input, "the body of this response has " + std::to_string(body.size()) + " bytes, the limit is " +
                 std::to_string(limits.document_bytes), where, "Raise it with --limit document-bytes=N."};
  return HttpBody{std::move(body), std::move(lack)};
}

}  // namespace sayso
