#include "ingest/ingest.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "archive/stream.h"
#include "base/hash.h"
#include "charset/charset.h"
#include "charset/sniff.h"
#include "ingest/compose.h"
#include "ingest/feed.h"
#include "ingest/format.h"
#include "ingest/json_document.h"
#include "ingest/mail.h"
#include "ingest/newsml.h"
#include "ingest/nitf.h"
#include "ingest/pdf.h"
#include "ingest/xml_format.h"
#include "markup/html.h"
#include "markup/xml.h"

namespace sayso {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

Draft refused(Error error) {
  Draft draft;
  draft.error = std::move(error);
  return draft;
}

// One input on its way: unpacked, decoded, understood.
class Ingester {
 public:
  Ingester(const Input& input, const IngestOptions& options) : input_(input), options_(options) {}

  void run(const TakeOutcome& take) {
    if (!input_.lack.empty())
      warnings_.push_back({"truncated", "not all of this was there, so the text may end too early or have a gap: " + input_.lack, std::nullopt});
    std::vector<Draft> drafts = understand();
    if (drafts.empty())
      drafts.push_back(refused({ErrorKind::bad_input, "there is no document in it", input_.source, "Is it an empty feed or list?"}));
    id_ = "sha256:" + sha256_hex(input_.bytes);
    for (Draft& draft : drafts)
      if (!take(finish(std::move(draft)), drafts.size())) return;
  }

 private:
  Outcome finish(Draft draft) {
    Document document;
    document.id = id_;
    document.source = input_.source;
    document.member = input_.member;
    if (draft.member) number_repeated(*draft.member);
    if (draft.error) {
      if (draft.member) document.member = document.member ? *document.member + ", " + *draft.member : *draft.member;
      // A reader knows a byte or an element at most; which document it was, it cannot know.
      std::string place = input_.source + (document.member && *document.member != input_.source ? ", " + *document.member : "");
      std::string& where = draft.error->where;
      if (where.empty()) where = std::move(place);
      else if (!where.starts_with(input_.source)) where = place + ", " + where;
      return {document.member, std::move(*draft.error)};
    }
    // A map leads into the bytes as they were given: into a packed file, or what a mail's encoding hides, none can.
    const bool mapped = options_.raw_map && map_holds_ && input_.bytes.size() < (size_t{1} << 30);
    if (Status composed = compose(std::move(draft), document, mapped ? &decoded_.map : nullptr); !composed)
      return {document.member, composed.error()};
    if (plain_) take_plain_text(document);
    document.warnings.insert(document.warnings.begin(), warnings_.begin(), warnings_.end());
    warn_of_damage(document);
    if (document.text.size() > std::numeric_limits<uint32_t>::max()) return {document.member, too_large()};
    std::optional<std::string> member = document.member;
    return {std::move(member), std::move(document)};
  }

  // Feeds repeat ids; members are unique: “a”, “a (2)”, “a (3)”. No number is tried twice, since an id may come a million times.
  void number_repeated(std::string& member) {
    const auto [known, is_new] = members_.try_emplace(member, 1);
    if (is_new) return;
    auto& [id, number] = *known;
    do member = id + " (" + std::to_string(++number) + ")";
    while (!members_.try_emplace(member, 1).second);
  }

  Error too_large() const {
    return {ErrorKind::bad_input, "the text is larger than the limit of " + std::to_string(options_.limits.document_bytes) + " bytes", input_.source,
            "Raise the limit with --max-bytes, or split the text."};
  }

  std::vector<Draft> understand() {
    if (input_.bytes.size() > options_.limits.document_bytes) return {refused(too_large())};
    std::string_view bytes = input_.bytes;
    if (const auto packing = recognise_packing(bytes)) {
      Limits limits = options_.limits;
      limits.unpacked_bytes = std::min(limits.unpacked_bytes, limits.document_bytes);
      Result<std::string> result = unpack(bytes, *packing, limits, input_.source);
      if (!result && result.error().kind == ErrorKind::bad_input && options_.limits.document_bytes < options_.limits.unpacked_bytes &&
          input_.bytes.size() * options_.limits.ratio > options_.limits.document_bytes)
        return {refused(too_large())};
      if (!result) return {refused(result.error())};
      unpacked_ = std::move(*result);
      bytes = unpacked_;
      map_holds_ = false;
    }
    if (is_pdf(bytes)) {
      map_holds_ = false;
      return read_pdf(bytes, options_.limits, input_.source);
    }
    if (const auto format = recognise_signature(bytes))
      return {refused({ErrorKind::unsupported, std::string("this is ") + format->name + ", which sayso does not read", input_.source,
                       format->holds_text ? "Unpack it or convert it to text first." : ""})};
    return understand_text(bytes);
  }

  std::vector<Draft> understand_text(std::string_view bytes) {
    // UTF-16 hides the brackets by which formats are known.
    const Sniffed look = sniff_text(bytes.substr(0, 4096), input_.content_type);
    const bool wide = look.encoding == Encoding::utf_16be || look.encoding == Encoding::utf_16le;
    const TextFormat format = recognise_text(wide ? decode(bytes, look.encoding).text : std::string_view(bytes), input_.content_type);
    if (format == TextFormat::mail) {
      map_holds_ = false;  // its parts have encodings of their own
      if (!wide) return read_mail(bytes, options_.limits);
      decoded_ = decode(bytes, look.encoding);
      return read_mail(decoded_.text, options_.limits);
    }
    const Sniffed sniffed = format == TextFormat::html  ? sniff_html(bytes, input_.content_type)
                            : format == TextFormat::xml ? sniff_xml(bytes, input_.content_type)
                                                        : sniff_text(bytes, input_.content_type);
    decoded_ = decode(bytes, sniffed.encoding, options_.raw_map);
    if (is_binary(decoded_.text))
      return {refused({ErrorKind::bad_input, "this is not text: it is full of control characters", input_.source,
                       "Name a text, a page or an archive of them."})};
    note_encoding(sniffed, format);
    switch (format) {
      case TextFormat::html: return {understand_page()};
      case TextFormat::xml: return understand_xml();
      case TextFormat::json: return read_json_documents(decoded_.text, options_);
      case TextFormat::plain:
      case TextFormat::mail: break;
    }
    plain_ = true;
    Draft draft;
    draft.media_type = "text/plain";
    return {std::move(draft)};
  }

  Draft understand_page() {
    Result<Tree> tree = parse_html(decoded_.text, options_.limits);
    if (!tree) return refused(tree.error());
    note_guards(*tree);
    Draft draft;
    draft.media_type = "text/html";
    draft.metadata = read_metadata(*tree, input_.address);
    draft.article = find_article(*tree, draft.metadata.title);
    return draft;
  }

  std::vector<Draft> understand_xml() {
    Result<Tree> tree = parse_xml(decoded_.text, options_.limits);
    if (!tree) return {refused(tree.error())};
    const size_t before = warnings_.size();
    note_guards(*tree);
    switch (recognise_xml(*tree)) {
      case XmlFormat::feed: return read_feed(*tree, options_);
      case XmlFormat::newsml: return read_newsml(*tree, options_);
      case XmlFormat::nitf: return {read_nitf(*tree)};
      case XmlFormat::xhtml: warnings_.resize(before); return {understand_page()};
      case XmlFormat::unknown: break;
    }
    Draft draft;
    draft.media_type = "application/xml";
    draft.article = render_blocks(*tree);
    return {std::move(draft)};
  }

  void note_guards(const Tree& tree) {
    for (const std::string& warning : tree.warnings) warnings_.push_back({"markup", warning, std::nullopt});
  }

  void note_encoding(const Sniffed& sniffed, TextFormat format) {
    const std::string name(name_of(sniffed.encoding));
    std::string what;
    if (decoded_.replaced > 0)
      what = times(decoded_.replaced, "ill-formed sequence was", "ill-formed sequences were") + " replaced by U+FFFD (read as " + name + ")";
    else if (sniffed.encoding != Encoding::utf_8 && (sniffed.evidence == Evidence::detected || sniffed.evidence == Evidence::assumed))
      what = "nothing says which encoding this is in; it was read as " + name;
    if (what.empty()) return;
    // Where it stands is known in a plain text only; a page's article is another text.
    const bool placed = format == TextFormat::plain && decoded_.replaced > 0;
    warnings_.push_back({"charset", std::move(what),
                         placed ? std::optional(Span{static_cast<uint32_t>(decoded_.first_replaced),
                                                     static_cast<uint32_t>(decoded_.first_replaced + replacement.size())})
                                : std::nullopt});
  }

  // The decoded input is the text, byte for byte.
  void take_plain_text(Document& document) {
    if (document.raw_map.ran()) {
      // A piece for each run in which text and bytes keep step.
      const auto& runs = decoded_.map.runs();
      for (size_t r = 0; r < runs.size(); ++r) {
        const uint32_t begin = runs[r].out, end = r + 1 < runs.size() ? runs[r + 1].out : static_cast<uint32_t>(decoded_.text.size());
        if (begin < end)
          document.raw_map.items.push_back({begin, end - begin, decoded_.map.to_input(begin),
                                            decoded_.map.to_input(end) - decoded_.map.to_input(begin)});
      }
    }
    document.text = std::move(decoded_.text);
    document.markup = {};
  }

  const Input& input_;
  const IngestOptions& options_;
  std::string unpacked_;
  Decoded decoded_;
  bool plain_ = false, map_holds_ = true;
  std::vector<Warning> warnings_;  // about the whole input
  std::string id_;
  std::unordered_map<std::string, size_t> members_;  // of the documents so far, each with the last number behind it
};

}  // namespace

void ingest(const Input& input, const IngestOptions& options, const TakeOutcome& take) { Ingester(input, options).run(take); }

std::vector<Outcome> ingest(const Input& input, const IngestOptions& options) {
  std::vector<Outcome> outcomes;
  ingest(input, options, [&](Outcome outcome, size_t) { return outcomes.push_back(std::move(outcome)), true; });
  return outcomes;
}

}  // namespace sayso
