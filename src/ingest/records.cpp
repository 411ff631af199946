#include "ingest/records.h"

#include <algorithm>
#include <bitset>
#include <utility>

#include "archive/http.h"
#include "archive/window.h"
#include "archive/words.h"
#include "archive/zip.h"

namespace sayso {
namespace {

constexpr int max_levels = 3;  // packed inside packed
constexpr size_t head_bytes = 1 << 16;

// Reads on in a window. While it holds, what was read stays there, so that it can be read again from its beginning.
class WindowStream : public ByteStream {
 public:
  explicit WindowStream(std::shared_ptr<StreamWindow> window, bool hold = false) : window_(std::move(window)), hold_(hold) {}
  Result<size_t> read(char* to, size_t size) override {
    if (size == 0) return size_t{0};
    const std::string_view view = window_->peek(at_ + 1);
    if (view.size() <= at_) {
      if (window_->error()) return *window_->error();
      return size_t{0};
    }
    size = view.substr(at_).copy(to, size);
    at_ += size;
    if (!hold_) window_->drop(std::exchange(at_, 0));
    return size;
  }
  void let_go() {
    hold_ = false;
    window_->drop(std::exchange(at_, 0));
  }

 private:
  std::shared_ptr<StreamWindow> window_;
  size_t at_ = 0;
  bool hold_;
};

// What a StreamWindow reads, with the streams that it leans on.
struct Level {
  std::shared_ptr<StreamWindow> window;
  UnpackingStream* unpacking = nullptr;  // what window reads, if packed
};

Error beyond_limit(const std::string& what, const Limits& limits, const std::string& source) {
  return {ErrorKind::bad_input, what + " has more bytes than the limit of " + std::to_string(limits.document_bytes), source,
          "Raise it with --limit document-bytes=N."};
}

class Framed : public Records {
 public:
  Framed(Level level, std::string source, const Limits& limits) : level_(std::move(level)), source_(std::move(source)), limits_(limits) {}

 protected:
  StreamWindow& window() { return *level_.window; }
  void begin_record() {
    if (level_.unpacking) level_.unpacking->begin_record();
  }
  // Why the stream has ended, once.
  std::optional<Result<Input>> take_error(const std::string& behind) {
    if (told_ || !window().error()) return std::nullopt;
    told_ = true;
    Error error = *window().error();
    error.where += ", " + behind;
    return Result<Input>(std::move(error));
  }

  Level level_;
  std::string source_;
  Limits limits_;
  bool told_ = false;
};

class OneRecord : public Framed {
 public:
  using Framed::Framed;
  std::optional<Result<Input>> next() override {
    if (std::exchange(done_, true)) return std::nullopt;
    const std::string_view view = window().peek(limits_.document_bytes + 1);
    if (view.size() > limits_.document_bytes) return Result<Input>(beyond_limit("this", limits_, source_));
    if (window().error()) return Result<Input>(*window().error());
    return Result<Input>(Input{source_, std::nullopt, std::string(view)});
  }
  bool is_list() const override { return false; }

 private:
  bool done_ = false;
};

class OneError : public Records {
 public:
  OneError(Error error, std::unique_ptr<Records> then) : error_(std::move(error)), then_(std::move(then)) {}
  std::optional<Result<Input>> next() override {
    if (!std::exchange(done_, true)) return Result<Input>(error_);
    return then_ ? then_->next() : std::nullopt;
  }
  bool is_list() const override { return then_ != nullptr; }
  PassedOver passed_over_by_kind() const override { return then_ ? then_->passed_over_by_kind() : PassedOver{}; }

 private:
  Error error_;
  std::unique_ptr<Records> then_;
  bool done_ = false;
};

// ---- JSON Lines

constexpr char record_separator = '\x1e';  // before each record in JSON text sequences (RFC 7464), which are JSON Lines otherwise

class Lines : public Framed {
 public:
  using Framed::Framed;
  std::optional<Result<Input>> next() override {
    for (;;) {
      begin_record();
      const std::string_view view = window().peek_lines(1, limits_.document_bytes + 2);
      size_t end = view.find('\n');
      const std::string member = "line " + std::to_string(number_ + 1);
      if (end == std::string_view::npos && window().ended() && view.size() <= limits_.document_bytes + 1) {
        if (window().error()) return take_error(member);  // half a line is no record
        if (view.empty()) return std::nullopt;
        end = view.size();
      }
      ++number_;
      if (end == std::string_view::npos || end > limits_.document_bytes + 1) {
        pass_line();
        return Result<Input>(beyond_limit(member, limits_, source_));
      }
      std::string line(view.substr(0, end));
      window().drop(std::min(end + 1, view.size()));
      if (line.ends_with('\r')) line.pop_back();
      if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (line.starts_with(record_separator)) line.erase(0, 1);
      if (trim(line).empty()) continue;
      if (line.size() > limits_.document_bytes) return Result<Input>(beyond_limit(member, limits_, source_));
      return Result<Input>(Input{source_, member, std::move(line), "application/json"});
    }
  }

 private:
  void pass_line() {
    for (;;) {
      const std::string_view view = window().peek(1);
      const size_t end = view.find('\n');
      window().drop(end == std::string_view::npos ? view.size() : end + 1);
      if (end != std::string_view::npos || view.empty()) return;
    }
  }

  uint64_t number_ = 0;
};

// Is `line` one JSON object or array by its brackets? Whether it is well-formed is for its reader to say.
bool is_whole_json(std::string_view line) {
  line = trim(line);
  if (line.empty() || (line[0] != '{' && line[0] != '[')) return false;
  size_t depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && (depth == 0 || --depth == 0)) {
      return i + 1 == line.size();
    }
  }
  return false;
}

// The first lines that are not blank, up to `count`; fewer when there are no more within `most` bytes.
std::vector<std::string_view> first_lines(StreamWindow& window, size_t count, size_t most) {
  for (size_t wanted = count;; wanted *= 2) {
    std::string_view rest = window.peek_lines(wanted, most);
    const bool all = window.ended() || rest.size() >= most;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    std::vector<std::string_view> lines;
    while (!rest.empty() && lines.size() < count) {
      if (!all && rest.find('\n') == std::string_view::npos) break;
      std::string_view line = next_line(rest);
      if (line.starts_with(record_separator)) line.remove_prefix(1);
      if (!trim(line).empty()) lines.push_back(line);
    }
    if (all || lines.size() == count) return lines;
  }
}

// With a name in it, or with nothing: “{{Infobox dam}}” of a wiki is none.
bool is_whole_object(std::string_view line) {
  line = trim(line);
  if (!line.starts_with('{') || !is_whole_json(line)) return false;
  const std::string_view inside = trim(line.substr(1));
  return inside.starts_with('"') || inside == "}";
}

// waits: the bytes may be long in coming. There a first line that is a whole object is a record without a look at what follows, so
// that it is answered.
bool is_json_lines(StreamWindow& window, bool waits, const Limits& limits) {
  const size_t most = limits.document_bytes + 2;
  std::vector<std::string_view> lines = first_lines(window, 1, most);
  if (lines.empty()) return false;
  const bool bracket = trim(lines[0]).starts_with('{') || trim(lines[0]).starts_with('[');
  const size_t begin = static_cast<size_t>(lines[0].data() - window.view().data());
  if (waits && window.view().find('\n', begin) != std::string_view::npos && is_whole_object(lines[0])) return true;
  lines = first_lines(window, 2, most);
  // A first line without end is an error, the second not.
  if (lines.size() < 2) return bracket && !window.ended() && window.view().size() > limits.document_bytes;
  if (is_whole_json(lines[0])) return true;
  // The first line is damaged. Two objects one behind the other, without a comma, stand in no JSON document; nor is its last line one.
  // (Eight lines: who damages more of the beginning has damaged the file.)
  for (size_t count = 3; count <= (bracket ? 8 : 3); ++count) {
    lines = first_lines(window, count, most);
    if (lines.size() < count) return bracket && window.ended() && is_whole_object(lines.back());
    if (is_whole_object(lines[count - 2]) && is_whole_object(lines[count - 1])) return true;
  }
  return false;
}

// ---- mbox

// "From ann@example.org Thu Jan  1 00:00:00 2026", and then a header: an article may begin with “From” as well.
bool is_postmark(std::string_view view) {
  if (!view.starts_with("From ")) return false;
  view = view.substr(0, 4096);
  const std::string_view line = next_line(view);
  const size_t colon = line.find(':');
  const auto digit = [&](size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  if (colon == std::string_view::npos || colon == 0 || !digit(colon - 1) || !digit(colon + 1) || !digit(colon + 2)) return false;
  const std::string_view next = next_line(view);
  if (next.starts_with(">From ")) return true;
  const size_t end = next.find(':');
  return end != std::string_view::npos && end > 0 &&
         std::all_of(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c > ' ' && c < 0x7f; });
}

class Mailbox : public Framed {
 public:
  using Framed::Framed;
  std::optional<Result<Input>> next() override {
    begin_record();
    const std::string member = "message " + std::to_string(number_ + 1);
    if (window().peek(1).empty()) return take_error(member);
    ++number_;
    bool too_long = false;
    std::optional<size_t> end;
    for (size_t from = 0, want = 1 << 16;; want *= 2) {
      end = find_end(from, want);
      if (end) break;
      const size_t size = window().view().size();
      if (size < want) break;
      from = size > 8192 ? size - 8192 : 0;
      if (size <= limits_.document_bytes + 4096) continue;
      too_long = true;  // nobody reads it: what was looked through can go
      window().drop(from);
      from = 0;
      want = 1 << 15;
    }
    const std::string_view bytes = window().view().substr(0, end.value_or(window().view().size()));
    if (!end && window().error()) {  // half a message
      window().drop(bytes.size());
      return take_error(member);
    }
    if (too_long || bytes.size() > limits_.document_bytes) {
      window().drop(bytes.size());
      return Result<Input>(beyond_limit(member, limits_, source_));
    }
    Input input{source_, member, unquote(bytes), "message/rfc822"};
    window().drop(bytes.size());
    return Result<Input>(std::move(input));
  }

 private:
  // Where the next message begins: at a postmark behind an empty line.
  std::optional<size_t> find_end(size_t from, size_t to) {
    std::string_view view = window().peek(to);
    for (size_t at = view.find("\nFrom ", from); at != std::string_view::npos; at = view.find("\nFrom ", at + 1)) {
      const bool blank = (at >= 1 && view[at - 1] == '\n') || (at >= 2 && view[at - 1] == '\r' && view[at - 2] == '\n');
      if (!blank) continue;
      view = window().peek(at + 4096);
      if (is_postmark(view.substr(at + 1))) return at + 1;
    }
    return std::nullopt;
  }

  // Without the postmark, and with ">From " as it was before it was put into the box.
  static std::string unquote(std::string_view bytes) {
    if (bytes.starts_with("From ")) next_line(bytes);
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
      const size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
      std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(end);
      if (line[0] == '>' && line.substr(std::min(line.find_first_not_of('>'), line.size())).starts_with("From ")) line.remove_prefix(1);
      out += line;
    }
    return out;
  }

  uint64_t number_ = 0;
};

// ---- WARC

// Has a name been seen before? Never wrong when it says no, in constant memory (a Bloom filter); when it says yes falsely, a member is
// named with its place though that was not needed: of a million records, three hundred.
class Seen {
 public:
  bool add(std::string_view name) {
    if (!bits_) bits_ = std::make_unique<Bits>();
    const uint64_t hash = std::hash<std::string_view>{}(name) * 0x9E3779B97F4A7C15u;
    bool seen = true;
    for (uint64_t i = 0; i < 8; ++i) {
      const uint64_t mixed = (hash + i * ((hash >> 33) | 1)) * 0xD6E8FEB86659FD93u;
      auto bit = (*bits_)[mixed >> (64 - bits_log)];
      seen = seen && bit;
      bit = true;
    }
    return seen;
  }

 private:
  static constexpr int bits_log = 24;  // 2 MiB
  using Bits = std::bitset<size_t{1} << bits_log>;
  std::unique_ptr<Bits> bits_;  // made for the first name
};

bool is_text(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return true;
  bytes = bytes.substr(0, 4096);
  const auto odd = std::count_if(bytes.begin(), bytes.end(),
                                 [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; });
  return static_cast<size_t>(odd) * 50 <= bytes.size();
}

// Nothing when it may hold an article, or what it is.
std::optional<std::string> find_other_kind(std::string_view content_type, std::string_view body) {
  const std::string type = ascii_lower(trim(content_type.substr(0, content_type.find(';'))));
  const auto has = [&](std::string_view word) { return type.find(word) != std::string::npos; };
  const size_t slash = type.find('/');
  if (slash == std::string::npos || has("octet-stream") || has("unknown"))
    return is_text(body) ? std::nullopt : std::optional<std::string>("other types");
  const std::string top = type.substr(0, slash);
  if (has("javascript") || has("ecmascript") || has("css")) return "scripts and styles";
  if (top == "text") return has("dns") || has("event-stream") || has("cache-manifest") ? std::optional<std::string>("other types") : std::nullopt;
  if (top == "image" || top == "video" || top == "audio" || top == "font") return top;
  for (const char* word : {"html", "xml", "json", "pdf", "rss", "atom", "rfc822", "newsml", "nitf"})
    if (has(word)) return std::nullopt;
  return top == "application" ? top : "other types";
}

class WarcRecords : public Records {
 public:
  WarcRecords(std::unique_ptr<ByteStream> stream, std::string source, std::string within, const Limits& limits)
      : source_(std::move(source)), within_(std::move(within)), limits_(limits),
        reader_(std::move(stream), limits, source_ + (within_.empty() ? "" : ", " + within_)) {}

  std::optional<Result<Input>> next() override {
    while (std::optional<Result<WarcRecord>> record = reader_.next()) {
      if (!record->ok()) return Result<Input>(record->error());
      if (std::optional<Result<Input>> input = take(**record)) return input;
    }
    return std::nullopt;
  }

  PassedOver passed_over_by_kind() const override {
    PassedOver all = own_;
    for (const auto& [kind, count] : reader_.passed_over()) all[kind] += count;
    return all;
  }

 private:
  std::optional<Result<Input>> take(WarcRecord& record) {
    const std::string where = source_ + (within_.empty() ? "" : ", " + within_) + ", " + record.place;
    std::string member = !record.id.empty() ? record.id : !record.target.empty() ? record.target : record.place;
    if (seen_.add(member)) member += " " + record.place;
    if (!within_.empty()) member = within_ + ": " + member;
    Input input{source_, std::move(member), {}, record.content_type, record.target, record.date};
    if (!record.truncated.empty()) input.lack = "the archive says that it was cut off";

    const bool http = record.block.starts_with("HTTP/") || ascii_lower(record.content_type).starts_with("application/http");
    if (http) {
      if (ascii_lower(record.content_type).find("msgtype=request") != std::string::npos) return pass("request");
      const std::optional<HttpHead> head = read_http_head(record.block, limits_);
      if (!head) {
        const bool has_status = record.block.starts_with("HTTP/");
        return Result<Input>(Error{ErrorKind::corrupt,
                                   has_status ? "the head of this HTTP response has no end" : "this HTTP response has no status line", where, ""});
      }
      if (head->status < 200 || head->status > 299)
        return pass("HTTP " +
                    (head->status >= 100 && head->status <= 599 ? std::to_string(head->status / 100) + "xx" : std::string("without status")));
      // By the head alone first: a picture is not unpacked to be passed over.
      if (!head->content_type.empty())
        if (const auto kind = find_other_kind(head->content_type, "")) return pass(*kind);
      Result<HttpBody> body = read_http_body(*head, record.block, limits_, where);
      if (!body.ok()) return Result<Input>(body.error());
      input.bytes = std::move(body->bytes);
      if (!body->lack.empty()) input.lack = std::move(body->lack);
      input.content_type = head->content_type;
    } else {
      if (record.block.size() > limits_.document_bytes) return Result<Input>(beyond_limit("this record", limits_, where));
      input.bytes = std::move(record.block);
    }
    if (const auto kind = find_other_kind(input.content_type, input.bytes)) return pass(*kind);
    if (input.bytes.empty()) return pass("empty");
    return Result<Input>(std::move(input));
  }

  std::optional<Result<Input>> pass(const std::string& kind) {
    ++own_[kind];
    return std::nullopt;
  }

  std::string source_, within_;
  Limits limits_;
  WarcReader reader_;
  Seen seen_;
  PassedOver own_;
};

// ---- WACZ

bool is_archive_name(std::string_view name) { return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".warc.zst"); }

class WaczRecords : public Records {
 public:
  WaczRecords(std::unique_ptr<Zip> zip, std::string source, const Limits& limits)
      : zip_(std::move(zip)), source_(std::move(source)), limits_(limits) {}

  std::optional<Result<Input>> next() override {
    for (;;) {
      if (records_) {
        if (auto record = records_->next()) return record;
        add_passed_over(before_);
        records_.reset();
      }
      while (at_ < zip_->members().size() && !is_archive_name(zip_->members()[at_].name)) ++at_;
      if (at_ == zip_->members().size()) return std::nullopt;
      const ZipMember& member = zip_->members()[at_++];
      Result<std::unique_ptr<ByteStream>> stream = zip_->read(member, limits_);
      if (!stream.ok()) return Result<Input>(stream.error());
      records_ = std::make_unique<WarcRecords>(std::move(*stream), source_, member.name, limits_);
    }
  }
  PassedOver passed_over_by_kind() const override {
    PassedOver all = before_;
    add_passed_over(all);
    return all;
  }

 private:
  void add_passed_over(PassedOver& to) const {
    if (!records_) return;
    for (const auto& [kind, count] : records_->passed_over_by_kind()) to[kind] += count;
  }

  std::unique_ptr<Zip> zip_;
  std::string source_;
  Limits limits_;
  size_t at_ = 0;
  std::unique_ptr<WarcRecords> records_;
  PassedOver before_;  // of the archives already read
};

// ---- Which is it?

std::unique_ptr<Records> split_zip(std::shared_ptr<StreamWindow> window, const std::string& source, const SplitOptions& options) {
  const Limits& limits = options.limits;
  std::shared_ptr<ByteStream> file;
  if (window->stream().size()) {
    file = window->release_stream();
  } else {  // its directory stands at its end
    std::string_view all = window->peek(limits.unpacked_bytes + 1);
    if (window->error()) return std::make_unique<OneError>(*window->error(), nullptr);
    if (all.size() > limits.unpacked_bytes)
      return std::make_unique<OneError>(Error{ErrorKind::bad_input, "this zip file comes through a pipe and has more bytes than the limit of " +
                                              std::to_string(limits.unpacked_bytes), source, "Give it as a file."}, nullptr);
    file = stream_own_bytes(std::string(all));
  }
  Result<std::unique_ptr<Zip>> zip = Zip::open(file, source);
  if (zip.ok() && std::any_of((*zip)->members().begin(), (*zip)->members().end(), [](const ZipMember& m) { return is_archive_name(m.name); }))
    return std::make_unique<WaczRecords>(std::move(*zip), source, limits);

  struct Shared : ByteStream {
    explicit Shared(std::shared_ptr<ByteStream> s) : inner(std::move(s)) {}
    Result<size_t> read(char* to, size_t size) override { return inner->read(to, size); }
    std::shared_ptr<ByteStream> inner;
  };
  if (Status status = file->seek(0); !status.ok()) return std::make_unique<OneError>(status.error(), nullptr);
  window = std::make_shared<StreamWindow>(std::make_unique<Shared>(file));
  if (zip.ok()) return std::make_unique<OneRecord>(Level{window}, source, limits);
  // Without a directory that can be trusted, its archives may still be found as if they were damaged ones.
  std::unique_ptr<Records> found;
  if (holds_records(window->peek(limits.document_bytes), limits))
    found = std::make_unique<WarcRecords>(std::make_unique<WindowStream>(window), source, "", limits);
  return std::make_unique<OneError>(zip.error(), std::move(found));
}

// Nothing when it is one record.
std::unique_ptr<Records> split_level(const Level& level, bool waits, int depth, const std::string& source, const SplitOptions& options) {
  const Limits& limits = options.limits;
  const std::shared_ptr<StreamWindow>& window = level.window;
  const auto read_warc = [&] { return std::make_unique<WarcRecords>(std::make_unique<WindowStream>(window), source, "", limits); };
  if (const std::optional<Packing> packing = recognise_packing(window->peek(4)); packing && depth < max_levels) {
    auto held = std::make_unique<WindowStream>(window, true);
    WindowStream* hold = held.get();
    auto unpacking = stream_unpacked(std::move(held), *packing, limits, source);
    Level inner;
    inner.unpacking = unpacking.get();
    inner.window = std::make_shared<StreamWindow>(std::move(unpacking));
    // An archive's reader unpacks by itself: it finds the next member where one is damaged.
    if (!recognise_packing(inner.window->peek(4)) && begins_archive(inner.window->peek_lines(1, head_bytes))) return read_warc();
    if (auto records = split_level(inner, waits, depth + 1, source, options)) return hold->let_go(), std::move(records);
    if (depth == 0 && holds_records(window->peek(limits.document_bytes), limits)) return read_warc();
    return nullptr;
  }
  if (begins_archive(window->peek_lines(1, head_bytes))) return read_warc();
  if (is_json_lines(*window, waits, limits)) return std::make_unique<Lines>(level, source, limits);
  if (is_postmark(window->peek(head_bytes))) return std::make_unique<Mailbox>(level, source, limits);
  // An archive whose beginning is damaged.
  if (holds_records(window->peek(depth == 0 ? limits.document_bytes : head_bytes), limits)) return read_warc();
  return nullptr;
}

class Limited : public Records {
 public:
  Limited(std::unique_ptr<Records> inner, std::string source, size_t most) : inner_(std::move(inner)), source_(std::move(source)), most_(most) {}
  std::optional<Result<Input>> next() override {
    if (over_) return std::nullopt;
    std::optional<Result<Input>> record = inner_->next();
    if (!record) return std::nullopt;
    if (count_++ < most_) return record;
    over_ = true;
    return Result<Input>(Error{ErrorKind::bad_input, "this holds more than the limit of " + std::to_string(most_) + " records", source_,
                               "Raise it with --limit records=N."});
  }
  PassedOver passed_over_by_kind() const override { return inner_->passed_over_by_kind(); }
  bool is_list() const override { return inner_->is_list(); }

 private:
  std::unique_ptr<Records> inner_;
  std::string source_;
  size_t most_, count_ = 0;
  bool over_ = false;
};

}  // namespace

std::unique_ptr<Records> split_records(std::unique_ptr<ByteStream> stream, const std::string& source, const SplitOptions& options) {
  const bool waits = stream->waits();
  const Level level{std::make_shared<StreamWindow>(std::move(stream)), nullptr};
  std::unique_ptr<Records> records;
  if (is_zip(level.window->peek(4))) records = split_zip(level.window, source, options);
  else records = split_level(level, waits, 0, source, options);
  if (!records) records = std::make_unique<OneRecord>(level, source, options.limits);
  return std::make_unique<Limited>(std::move(records), source, options.limits.records);
}

}  // namespace sayso
