#include "ingest/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>

#include "base/unicode.h"
#include "charset/charset.h"
#include "ingest/content.h"

namespace sayso {
namespace {

// GMime looks at every open boundary for each line, and calls itself for each part inside another; mails have a handful.
constexpr size_t most_boundaries = 200;
constexpr int deepest_message = 8;
constexpr size_t most_parts = 10'000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

std::string text_or_empty(const char* text) { return text ? repair_utf8(text).text : std::string(); }

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

size_t count_boundaries(std::string_view bytes) {
  size_t count = 0;
  static constexpr std::string_view word = "boundary";
  for (size_t at = bytes.find_first_of("bB"); at != std::string_view::npos; at = bytes.find_first_of("bB", at + 1))
    if (same_letters(bytes.substr(at, word.size()), word)) {
      size_t after = at + word.size();
      while (after < bytes.size() && (bytes[after] == ' ' || bytes[after] == '\t' || bytes[after] == '*' || bytes[after] == '0')) ++after;
      if (after < bytes.size() && bytes[after] == '=') ++count;
    }
  return count;
}

// “On Tue, 4 March 2025, Ann Lee wrote:”; how such a line ends in other languages too.
bool introduces_quotation(std::string_view line) {
  if (line.size() > 400 || line.empty() || line.back() != ':') return false;
  for (const std::string_view verb : {" wrote:", " writes:", " schrieb:", " a écrit :", " a écrit:", " escribió:", " ha scritto:", " schreef:", " skrev:"})
    if (line.ends_with(verb)) return true;
  return line.starts_with("Am ") && line.find(" schrieb ") != std::string_view::npos;
}

struct Parts {
  std::vector<GMimePart*> plain, html;
  std::vector<GMimeMessage*> messages;
  size_t attachments = 0;
};

class MailReader {
 public:
  explicit MailReader(const Limits& limits) : limits_(limits) {}

  void read(GMimeMessage* message, int depth) {
    Draft draft;
    draft.media_type = "message/rfc822";
    Metadata& metadata = draft.metadata;
    metadata.title = collapse({text_or_empty(g_mime_message_get_subject(message)), {}}).text;
    if (InternetAddressList* from = g_mime_message_get_from(message))
      for (int i = 0; i < internet_address_list_length(from) && i < 100; ++i) {
        InternetAddress* address = internet_address_list_get_address(from, i);
        std::string name = text_or_empty(internet_address_get_name(address));
        if (name.empty() && INTERNET_ADDRESS_IS_MAILBOX(address)) name = text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
        if (!name.empty()) metadata.authors.push_back(collapse({std::move(name), {}}).text);
      }
    if (GDateTime* date = g_mime_message_get_date(message)) {
      gchar* written = g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z");
      // Dates of years that have not four digits are none.
      if (written && std::string_view(written).size() == 25) metadata.published = written;
      g_free(written);
    }
    if (const char* language = g_mime_object_get_header(GMIME_OBJECT(message), "Content-Language")) {
      std::string tag = text_or_empty(language);
      tag = tag.substr(0, tag.find_first_of(", ;"));
      if (std::all_of(tag.begin(), tag.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; })) metadata.language = tag;
    }
    if (!metadata.title.empty()) add_block(draft, BlockKind::headline, {metadata.title, {}});

    Parts parts;
    collect(g_mime_message_get_mime_part(message), parts, 0);
    const size_t before = draft.article.blocks.size();
    for (GMimePart* part : parts.plain) add_plain(draft, part);
    if (draft.article.blocks.size() == before)
      for (GMimePart* part : parts.html) add_html(draft, {text_of(part), {}}, limits_);
    if (depth == deepest_message && !parts.messages.empty()) metadata.warnings.push_back("messages attached to this one were passed over: they nest too deep");
    if (parts_ > most_parts) metadata.warnings.push_back("parts beyond " + std::to_string(most_parts) + " were passed over");
    const size_t attachments = parts.attachments + parts.messages.size();
    if (attachments > 0) draft.extra.emplace_back("attachments", std::to_string(attachments));
    add_chain(draft, message);
    if (const char* id = g_mime_message_get_message_id(message); id && depth > 0) draft.member = text_or_empty(id);
    if (depth > 0 && !draft.member) draft.member = "message " + std::to_string(drafts.size());
    quotations_.clear();
    drafts.push_back(std::move(draft));
    if (depth < deepest_message)
      for (GMimeMessage* inner : parts.messages) read(inner, depth + 1);
  }

  std::vector<Draft> drafts;

 private:
  void collect(GMimeObject* object, Parts& parts, int depth) {
    if (!object || ++parts_ > most_parts || depth > static_cast<int>(most_boundaries)) return;
    if (GMIME_IS_MULTIPART(object)) {
      GMimeMultipart* multipart = GMIME_MULTIPART(object);
      for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) collect(g_mime_multipart_get_part(multipart, i), parts, depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      if (GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))) parts.messages.push_back(message);
    } else if (GMIME_IS_PART(object)) {
      GMimeContentType* type = g_mime_object_get_content_type(object);
      GMimePart* part = GMIME_PART(object);
      const char* disposition = g_mime_object_get_disposition(object);
      const bool attached = disposition && same_letters(disposition, "attachment");
      if (!attached && (!type || g_mime_content_type_is_type(type, "text", "plain"))) parts.plain.push_back(part);
      else if (!attached && g_mime_content_type_is_type(type, "text", "html")) parts.html.push_back(part);
      else ++parts.attachments;
    }
  }

  // The part's bytes, out of their transfer encoding, decoded by its charset.
  std::string text_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (!content) return {};
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    const std::string_view view(reinterpret_cast<const char*>(bytes->data), bytes->len);
    const char* label = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    std::optional<Encoding> encoding = label ? find_encoding(label) : std::nullopt;
    if (!encoding || *encoding == Encoding::replacement) encoding = is_utf8(view) ? Encoding::utf_8 : Encoding::windows_1252;
    return decode(view, *encoding).text;
  }

  void add_plain(Draft& draft, GMimePart* part) {
    const std::string text = text_of(part);
    const char* format = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "format");
    const char* deleted = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "delsp");
    const bool flowed = format && same_letters(format, "flowed"), without_space = deleted && same_letters(deleted, "yes");
    int depth = 0;
    bool goes_on = false;  // the line before ended softly
    std::string block;
    const auto finish = [&] {
      Content content;
      content.append(block);
      add_text(draft, content, depth > 0 ? BlockKind::quote_block : BlockKind::paragraph);
      block.clear();
      goes_on = false;
    };
    for (size_t at = 0; at < text.size();) {
      size_t end = std::min(text.find('\n', at), text.size());
      const size_t next = std::min(end + 1, text.size());
      if (end > at && text[end - 1] == '\r') --end;
      std::string_view line = std::string_view(text).substr(at, end - at);
      at = next;
      int quoted = 0;
      while (!line.empty() && line.front() == '>') {
        ++quoted;
        line.remove_prefix(1);
        if (line.size() > 1 && line[0] == ' ' && line[1] == '>') line.remove_prefix(1);
      }
      if (!line.empty() && line.front() == ' ' && (quoted > 0 || flowed)) line.remove_prefix(1);
      if (quoted != depth) {
        finish();
        depth = quoted;
      }
      if (introduces_quotation(line)) quotations_.push_back({depth, std::string(line)});
      const bool soft = flowed && !line.empty() && line.back() == ' ' && line != "-- ";
      if (soft && without_space) line.remove_suffix(1);
      if (!block.empty() && !goes_on) block += '\n';
      if (block.empty() && line.empty()) continue;
      block += line;
      goes_on = soft;
    }
    finish();
  }

  void add_chain(Draft& draft, GMimeMessage* message) {
    std::vector<std::pair<std::string, std::string>> fields;
    bool answers = !quotations_.empty();
    if (const char* id = g_mime_message_get_message_id(message)) fields.emplace_back("message_id", as_json(text_or_empty(id)));
    for (const auto& [header, name] : {std::pair{"In-Reply-To", "in_reply_to"}, std::pair{"References", "references"}}) {
      const char* value = g_mime_object_get_header(GMIME_OBJECT(message), header);
      if (!value) continue;
      // Between “<” and “>”; what else stands there is nobody's id.
      std::vector<std::string> ids;
      const std::string list = text_or_empty(value);
      for (size_t at = list.find('<'); at != std::string::npos && ids.size() < 1000;) {
        const size_t end = list.find('>', at);
        if (end == std::string::npos) break;
        ids.push_back(as_json(list.substr(at + 1, end - at - 1)));
        at = list.find('<', end);
      }
      if (ids.empty()) continue;
      answers = true;
      fields.emplace_back(name, as_json_array(ids));
    }
    std::vector<std::string> quotations;
    for (const auto& [depth, line] : quotations_)
      if (quotations.size() < 1000) quotations.push_back(as_json_object({{"depth", std::to_string(depth)}, {"line", as_json(line)}}));
    if (!quotations.empty()) fields.emplace_back("quotations", as_json_array(quotations));
    if (answers) draft.extra.emplace_back("reply_chain", as_json_object(fields));
  }

  const Limits& limits_;
  size_t parts_ = 0;
  std::vector<std::pair<int, std::string>> quotations_;
};

}  // namespace

std::vector<Draft> read_mail(std::string_view bytes, const Limits& limits) {
  const auto refused = [](Error error) {
    std::vector<Draft> drafts(1);
    drafts[0].media_type = "message/rfc822";
    drafts[0].error = std::move(error);
    return drafts;
  };
  if (count_boundaries(bytes) > most_boundaries)
    return refused({ErrorKind::bad_input, "the mail has more than " + std::to_string(most_boundaries) + " boundaries between its parts", "", "It is made to do harm, or no mail."});
  const size_t head = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
  if (std::min(head, bytes.size()) > limits.header_bytes)
    return refused({ErrorKind::bad_input, "the mail's headers are larger than " + std::to_string(limits.header_bytes) + " bytes", "", "Raise the limit with --limit header-bytes=N."});
  start_gmime();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return refused({ErrorKind::corrupt, "this is no mail: its headers cannot be read", "", "Check that the file is what its name says."});
  MailReader reader(limits);
  reader.read(message.get(), 0);
  return std::move(reader.drafts);
}

}  // namespace sayso
