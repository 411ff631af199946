#include "ingest/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "base/unicode.h"
#include "charset/charset.h"
#include "ingest/content.h"

namespace sayso {
namespace {

// GMime looks at every open boundary for each line, and calls itself for each part inside another; mails have a handful.
constexpr size_t most_boundaries = 200;
constexpr int deepest_message = 8;
constexpr size_t most_parts = 10'000;
constexpr size_t most_senders = 50;  // one inside the other; threads have a handful

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

// A date ends with a number, its time zone, a month or a day of the week; a name has none of them behind its beginning.
bool ends_date(std::string_view word) {
  static constexpr std::string_view words[] = {
      "AM", "PM", "am", "pm", "Uhr", "UTC", "GMT", "CET", "CEST", "EST", "EDT", "CST", "CDT", "PST", "PDT", "On",
      "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
      "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "January", "February", "March", "June", "July",
      "September", "October", "November", "December"};  // April, May and August are names too
  if (word.ends_with(',')) word.remove_suffix(1);
  const bool number = word.find_first_of("0123456789") != std::string_view::npos && word.find('@') == std::string_view::npos;
  return number || std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// “Ann Lee <ann@post.example>”, “"Lee, Ann"”, in front of it maybe a date: the name, else the address.
std::string sender_name(std::string_view words, bool behind_date) {
  const auto trimmed = [](std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t\"'*,;:");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\"'*,;:") + 1 - begin);
  };
  std::string_view address, name = trimmed(words);
  for (const auto& [open, close] : {std::pair{'<', '>'}, std::pair{'[', ']'}, std::pair{'(', ')'}})
    if (const size_t at = name.find(open); at != std::string_view::npos) {
      std::string_view inside = name.substr(at + 1, name.find(close, at) - at - 1);
      if (inside.starts_with("mailto:")) inside.remove_prefix(7);
      if (address.empty()) address = trimmed(inside);
      name = trimmed(name.substr(0, at));
    }
  if (behind_date && !words.ends_with('"')) {
    for (size_t at = name.size(); at > 0;) {
      const size_t space = name.find_last_of(" \t", at - 1);
      const size_t begin = space == std::string_view::npos ? 0 : space + 1;
      const std::string_view word = name.substr(begin, at - begin);
      if (ends_date(word)) {
        name = trimmed(name.substr(std::min(at, name.size())));
        break;
      }
      if (space == std::string_view::npos) break;
      at = space;
    }
  }
  return collapse({repair_utf8(name.empty() ? address : name).text, {}}).text;
}

// “On Tue, 4 March 2025, Ann Lee wrote:”; how such a line ends in other languages too.
bool introduces_quotation(std::string_view line) {
  if (line.size() > 400 || line.empty() || line.back() != ':') return false;
  for (const std::string_view verb : {" wrote:", " writes:", " schrieb:", " a écrit :", " a écrit:", " escribió:", " ha scritto:", " schreef:",
                                      " skrev:"})
    if (line.ends_with(verb)) return true;
  return line.starts_with("Am ") && line.find(" schrieb ") != std::string_view::npos;
}

constexpr std::string_view date_openings[] = {"On ", "Am ", "Le ", "El ", "Il ", "Op ", "Den "};

// The name in it, else the address: what stands behind the date, or behind the verb. Empty where no program of mail wrote the line: “Here is what
// the council wrote:” names nobody who sent one.
std::string quoted_name(std::string_view line) {
  const bool opened = std::any_of(std::begin(date_openings), std::end(date_openings),
                                  [&](std::string_view opening) { return line.starts_with(opening); });
  const bool address = line.find('@') != std::string_view::npos;
  if (!address && !(opened && line.find_first_of("0123456789") != std::string_view::npos)) return {};
  line = line.substr(0, line.find_last_not_of(" :") + 1);
  const auto cut = [&](std::string_view word, bool behind) {
    const size_t at = line.rfind(word);
    if (at == std::string_view::npos) return false;
    line = behind ? line.substr(at + word.size()) : line.substr(0, at);
    return true;
  };
  bool cut_off = false;
  for (const std::string_view verb : {" wrote", " writes", " a écrit", " escribió", " ha scritto", " schreef", " skrev"})
    cut_off = cut_off || (line.ends_with(verb) && cut(verb, false));
  if (!cut_off && !cut(" schrieb ", true)) cut(" schrieb", false);
  cut(" via ", false);  // a list that passed it on
  return sender_name(line, true);
}

// “… Ann Lee <ann@post.example>” and “wrote:” in two lines, or one line that introduces a quotation, as one; empty when they do not.
std::string introduction(const std::string& before, std::string_view line) {
  if (introduces_quotation(line) && !line.starts_with('<')) return std::string(line);
  if (line.empty() || line.back() != ':' || line.size() > 100 || before.size() > 300) return {};
  for (const std::string_view opening : date_openings)
    if (std::string joined = before + " " + std::string(line); before.starts_with(opening) && introduces_quotation(joined)) return joined;
  return introduces_quotation(line) ? std::string(line) : std::string();
}

// The sender of a mail that is forwarded here as text: “From:” and, in the lines behind it, two other fields at least.
std::optional<std::string> read_forwarded_head(std::string_view line, std::string_view rest) {
  const auto field = [](std::string_view text) { return text.substr(std::min(text.find_first_not_of(" \t>*"), text.size())); };
  line = field(line);
  if (!line.starts_with("From:")) return std::nullopt;
  int others = 0;
  for (int n = 0; n < 6 && !rest.empty(); ++n) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view next = field(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (next.find_first_not_of(" \t\r") == std::string_view::npos) break;
    for (const std::string_view name : {"Date:", "Sent:", "To:", "Cc:", "Subject:"}) others += next.starts_with(name);
  }
  if (others < 2) return std::nullopt;
  return sender_name(line.substr(5), false);
}

// Whose words the lines of a quotation or of a mail forwarded as text are.
struct Sender {
  std::string name;
  int depth;       // of the line that says so
  bool forwarded;  // without marks: the lines of the same depth are his
  std::optional<size_t> begin;  // the first block; nothing before one has come

  // Does a line of this depth behind so many blocks stand outside? The first one inside is taken for the begin.
  bool ends_at(int line_depth, size_t blocks) {
    const bool inside = forwarded ? line_depth >= depth : line_depth > depth;
    if (inside && !begin) begin = blocks;
    return !inside;
  }
};

struct Parts {
  std::vector<std::pair<GMimePart*, bool>> texts;  // in their order; is it HTML?
  std::vector<GMimeMessage*> messages;
  size_t attachments = 0;
};

bool is_word_with_letters(std::string_view word) {
  return word.find("://") == std::string_view::npos && word.find('@') == std::string_view::npos && !word.starts_with("www.") &&
         std::any_of(word.begin(), word.end(), [](unsigned char c) { return c >= 0x80 || std::isalpha(c); });
}

// Addresses are none: a stub is full of them.
size_t count_words(const Draft& draft) {
  size_t count = 0;
  for (const ArticleBlock& block : draft.article.blocks)
    for (std::string_view rest = block.text; !rest.empty();) {
      const size_t end = std::min(rest.find_first_of(" \t\n"), rest.size());
      count += is_word_with_letters(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  return count;
}

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
        if (name.empty() && INTERNET_ADDRESS_IS_MAILBOX(address))
          name = text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
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
    for (const auto& [part, html] : parts.texts)
      if (!html) add_plain(draft, part);
      else if (alternatives_.contains(part)) add_html_part(draft, part);
    if (draft.article.blocks.size() == before)  // HTML beside plain text, and not in its place, is read where that is empty
      for (const auto& [part, html] : parts.texts)
        if (html && !alternatives_.contains(part)) add_html_part(draft, part);
    if (depth == deepest_message && !parts.messages.empty())
      metadata.warnings.push_back("messages attached to this one were passed over: they nest too deep");
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
      const size_t before = parts.texts.size();
      for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) collect(g_mime_multipart_get_part(multipart, i), parts, depth + 1);
      if (g_mime_content_type_is_type(g_mime_object_get_content_type(object), "multipart", "alternative")) keep_richer(parts.texts, before);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      if (GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))) parts.messages.push_back(message);
    } else if (GMIME_IS_PART(object)) {
      GMimeContentType* type = g_mime_object_get_content_type(object);
      GMimePart* part = GMIME_PART(object);
      const char* disposition = g_mime_object_get_disposition(object);
      const bool attached = disposition && same_letters(disposition, "attachment");
      if (!attached && (!type || g_mime_content_type_is_type(type, "text", "plain"))) parts.texts.emplace_back(part, false);
      else if (!attached && g_mime_content_type_is_type(type, "text", "html")) parts.texts.emplace_back(part, true);
      else ++parts.attachments;
    }
  }

  // Of the alternatives from `first` on: the plain text, unless it is empty or a stub (“view this mail in your browser”) and HTML says more. A whole
  // plain text has about as many words as its HTML; half as many again are more than what a footer or a hidden preview adds to a short one.
  void keep_richer(std::vector<std::pair<GMimePart*, bool>>& texts, size_t first) {
    const auto begin = texts.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::none_of(begin, texts.end(), [](const auto& text) { return text.second; })) return;
    size_t words[2] = {0, 0};
    for (auto text = begin; text != texts.end(); ++text) words[text->second] += words_of(text->first, text->second);
    const bool html = words[0] == 0 || 2 * words[1] > 3 * words[0];
    texts.erase(std::remove_if(begin, texts.end(), [&](const auto& text) { return text.second != html; }), texts.end());
    for (size_t i = first; i < texts.size(); ++i)
      if (html) alternatives_.insert(texts[i].first);
  }

  // Alternatives stand in alternatives: each part is looked at once.
  size_t words_of(GMimePart* part, bool html) {
    const auto [known, is_new] = words_.try_emplace(part, 0);
    if (is_new) {
      Draft draft;
      if (html) add_html(draft, {text_of(part), {}}, limits_);
      else add_text(draft, {text_of(part), {}});
      known->second = count_words(draft);
    }
    return known->second;
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

  // A line that introduces a quotation holds for the quotation behind it.
  void add_html_part(Draft& draft, GMimePart* part) {
    const size_t first = draft.article.blocks.size();
    add_html(draft, {text_of(part), {}}, limits_);
    const std::vector<ArticleBlock>& blocks = draft.article.blocks;
    for (size_t b = first; b + 1 < blocks.size(); ++b) {
      if (!introduces_quotation(blocks[b].text) || blocks[b].kind == BlockKind::quote_block || blocks[b + 1].kind != BlockKind::quote_block) continue;
      quotations_.push_back({0, blocks[b].text});
      size_t end = b + 1;
      while (end < blocks.size() && blocks[end].kind == BlockKind::quote_block) ++end;
      add_hop(draft, quoted_name(blocks[b].text), b + 1, end);
    }
  }

  static void add_hop(Draft& draft, std::string name, size_t begin, size_t end) {
    if (!name.empty() && begin < end) draft.hops.push_back({std::move(name), "", true, false, begin, end});
  }

  void add_plain(Draft& draft, GMimePart* part) {
    const std::string text = text_of(part);
    const char* format = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "format");
    const char* deleted = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "delsp");
    const bool flowed = format && same_letters(format, "flowed"), without_space = deleted && same_letters(deleted, "yes");
    int depth = 0;
    bool goes_on = false;  // the line before ended softly
    std::string block;
    std::string before;         // the line before, if not blank
    std::vector<Sender> open;   // whose words the lines are, the innermost last
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
        before.clear();
      }
      const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
      while (!blank && !open.empty() && open.back().ends_at(depth, draft.article.blocks.size())) close(draft, open);
      if (const std::string introduced = introduction(before, line); !introduced.empty()) {
        quotations_.push_back({depth, introduces_quotation(line) ? std::string(line) : introduced});
        if (open.size() < most_senders) open.push_back({quoted_name(introduced), depth, false, std::nullopt});
      } else if (const std::optional<std::string> sender = read_forwarded_head(line, std::string_view(text).substr(at));
                 sender && open.size() < most_senders) {
        finish();
        open.push_back({*sender, depth, true, draft.article.blocks.size()});
      }
      before = blank ? std::string() : std::string(line);
      const bool soft = flowed && !line.empty() && line.back() == ' ' && line != "-- ";
      if (soft && without_space) line.remove_suffix(1);
      if (!block.empty() && !goes_on) block += '\n';
      if (block.empty() && line.empty()) continue;
      block += line;
      goes_on = soft;
    }
    finish();
    while (!open.empty()) close(draft, open);
  }

  static void close(Draft& draft, std::vector<Sender>& open) {
    const Sender& sender = open.back();
    add_hop(draft, sender.name, sender.begin.value_or(draft.article.blocks.size()), draft.article.blocks.size());
    open.pop_back();
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
  std::map<GMimePart*, size_t> words_;
  std::set<GMimePart*> alternatives_;  // HTML that says more than the plain text beside it
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
    return refused({ErrorKind::bad_input, "the mail has more than " + std::to_string(most_boundaries) + " boundaries between its parts", "",
                    "It is made to do harm, or no mail."});
  const size_t head = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
  if (std::min(head, bytes.size()) > limits.header_bytes)
    return refused({ErrorKind::bad_input, "the mail's headers are larger than " + std::to_string(limits.header_bytes) + " bytes", "",
                    "Raise the limit with --limit header-bytes=N."});
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
