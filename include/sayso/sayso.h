// The promised C++ interface of sayso: load a model, give it a text, get its reading.
//
//   sayso::api::Reader reader = sayso::api::Reader::load();
//   sayso::api::Reading reading = reader.read(bytes, "harbour.txt");
//   for (const auto& a : reading.attributions()) std::cout << (a.source ? a.source->text : "nobody named") << ": " << a.content.text << '\n';
//
// What stands here and in sayso_c.h is promised: within one SOVERSION functions may come, and nothing goes or
// changes; a new member of a struct is a new SOVERSION, from the first release on. Nothing else of sayso is. The words are those
// of the format (docs/FORMAT.md), which says what each field means; fields with a fixed set of values carry the format's strings,
// so that a new value is no new interface.
//
// Threads: a Reader never changes once loaded, so one serves any number of threads at once; copying it shares the model. A Reading is
// constant too. Errors: whatever cannot be done throws Error, and nothing else is thrown. A text without attributions, or one that
// is not English, is no error: the first has an empty list, the second a warning besides.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#define SAYSO_API __attribute__((visibility("default")))

namespace sayso::api {

// The version of the library that runs, "0.1.0".
SAYSO_API std::string version();

// what() is a sentence for a person: what happened, where, what to do. kind() is one of bad_input, not_found, io, corrupt, version,
// unsupported, internal.
class SAYSO_API Error : public std::runtime_error {
 public:
  Error(std::string kind, const std::string& sentence);
  ~Error() override;
  const std::string& kind() const noexcept { return kind_; }

 private:
  std::string kind_;
};

// [begin, end) in Unicode code points of Reading::text().
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Spans in text order, and the words that stand there; the pieces of an interrupted part are joined by " … ".
struct Part {
  std::vector<Span> spans;
  std::string text;
};

struct Source : Part {
  std::string kind;      // person, organisation, country, place, group, publication, document
  std::string entity;    // id of who is meant, "e2"; empty when nobody looked for entities, and so is identity
  std::string identity;  // named, described, anonymous
};

struct Cue : Part {
  std::string stance;  // neutral, deny, doubt, confirm, admit, claim, warn, promise, demand, ask, suggest; empty without factuality
};

// Words that make a content less than plainly asserted.
struct Marker {
  std::string kind;  // negation, hedge, condition, conditional, intention, pretext, hearsay, question, scare quotes
  Span span;
  std::string text;
};

// How the source itself presents the content; never whether it is true.
struct Factuality {
  std::string polarity;  // positive, negative
  std::string modality;  // certain, probable, possible, unknown
  bool hearsay = false;  // the source only passes on what reached it
  std::vector<Marker> markers;  // in text order
};

// Through what somebody spoke.
struct Medium : Part {
  std::string kind;  // interview, statement, press conference, broadcast, social media, document, letter, call
  std::optional<std::string> entity;
};

struct Addressee : Part {
  std::optional<std::string> entity;
};

struct Time : Part {
  std::optional<std::string> value;  // ISO 8601, begin and duration: "2016-03-04/P1D"
};

// Which way an attribution came to this page.
struct Provenance {
  std::vector<std::string> chain;  // ids of entities, from who first said it to who last told it before this page; one at least
  std::optional<Medium> medium;
  std::optional<Addressee> addressee;
  std::optional<Part> occasion;
  std::optional<Time> time;
  // Ids of attributions: earlier ones of the same utterance, earlier ones that this one denies or excludes, and those that it rests on and is firmer
  // than.
  std::vector<std::string> repeats, contradicts, stronger_than;
};

struct Attribution {
  std::string id;         // "a1"; unique in the reading
  std::string type;       // assertion, belief, fact, eventuality
  std::string quotation;  // direct, indirect, mixed
  std::optional<Source> source;  // nothing: no words name one
  std::optional<Cue> cue;        // nothing: no words attribute
  Part content;
  std::optional<std::string> within;  // id of the innermost attribution in whose content this one stands
  double confidence = 0;              // 0 to 1
  std::vector<std::string> evidence;  // what decided, by name
  std::optional<Factuality> factuality;  // nothing: the layer was not asked for
  std::optional<Provenance> provenance;  // the same
};

struct Mention {
  Span span;
  std::string text;
  std::string kind;  // name, nominal, pronoun
};

struct Link {
  std::string scheme;  // wikidata, iso3166, or one of the user's own
  std::string value;
};

struct Count {
  std::size_t min = 1;
  std::optional<std::size_t> max;  // nothing: at least min
};

// Somebody or something that the document speaks of.
struct Entity {
  std::string id;    // "e1"; unique in the reading
  std::string type;  // a source's kinds, or unnamed
  std::optional<std::string> name;  // the fullest in the text, without title and article; nothing: only described, or unnamed
  std::vector<std::string> names;   // the other names in the text
  std::vector<std::string> roles;   // titles and descriptions as written
  std::vector<Mention> mentions;    // in text order; empty for an origin that no words name
  std::vector<Link> links;
  // Of an unnamed one alone.
  std::optional<std::string> of;  // what it is one of: a source's kinds, or unknown
  std::optional<Part> reason;     // why it is not named
  std::optional<Count> count;
};

// Somebody who was asked and did not answer.
struct NonResponse : Part {
  std::optional<std::string> entity;
  std::string kind;  // no comment, declined, no response
};

// What the headline makes of the words it rests on.
struct HeadlineFinding {
  std::optional<std::string> attribution;  // its own; nothing: it speaks in the writer's voice
  std::vector<std::string> rests_on;       // ids of attributions
  bool firmer_than_its_source = false;
};

// The document in numbers.
struct Summary {
  std::size_t attributions = 0;
  std::size_t named_sources = 0, anonymous_sources = 0, independent_sources = 0;
  std::vector<std::string> relays;     // ids of entities that only pass on
  std::optional<double> writer_share;  // of the body's sentences, those in no content; nothing without a body
  std::optional<HeadlineFinding> headline;
};

struct Section {
  std::string kind;  // headline, dateline, byline, …
  Span span;
};

struct Warning {
  std::string kind;
  std::string what;
  std::optional<Span> span;
};

class SAYSO_API Reading {
 public:
  // Why this document could not be read, or null. Of read_all() alone; then there is no text, and json() is the format's error record.
  const Error* error() const noexcept;
  // Which document of the input it is: "line 3", a feed item's id; empty where there is only one.
  std::string member() const;
  // What all spans point into, UTF-8.
  const std::string& text() const noexcept;
  // Empty too when the layer was not asked for.
  const std::vector<Attribution>& attributions() const noexcept;
  const std::vector<Entity>& entities() const noexcept;
  // The entity of that id, or null.
  const Entity* entity(std::string_view id) const noexcept;
  const std::vector<NonResponse>& non_responses() const noexcept;
  // Null when provenance was not asked for.
  const Summary* summary() const noexcept;
  const std::vector<Section>& sections() const noexcept;
  const std::vector<Warning>& warnings() const noexcept;
  // The whole reading in the format sayso/1: one line, or indented.
  std::string json(bool indented = false) const;

 private:
  friend class Reader;
  struct State;
  explicit Reading(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

// Which attributions to keep: the balanced choice has the best F1; precision keeps fewer and surer ones, recall more.
enum class Lean { precision, balanced, recall };

struct Options {
  std::vector<std::string> layers;  // "sections", "attributions", "entities", "factuality", "provenance"; empty: all that the Reader can bring
  Lean lean = Lean::balanced;
  std::size_t max_bytes = 20'000'000;  // a longer document is an Error, kind bad_input
};

class SAYSO_API Reader {
 public:
  // Loads the model that came with sayso, or the one at `model`; `cues` is a file of cue and stop words of your own. Errors: not_found,
  // io, corrupt, version. Takes a moment; load once and keep it.
  static Reader load(const std::string& model = {}, const std::string& cues = {});
  // Loads nothing, and brings the layers that need no model.
  static Reader without_model();

  // Reads one document: `bytes` as they lie in the file, text, page or another format; of a feed or an agency's package the first.
  // Archives, JSON Lines and mailboxes are for read_all(). `source` is the name that it goes by in the reading.
  Reading read(std::string_view bytes, const std::string& source = "-", const Options& options = {}) const;

  // Reads all documents: of a feed, an agency's package, JSON Lines, a mailbox or an archive (WARC, WACZ) each, in their order; of everything else
  // the one there is. One that cannot be read stands in its place, with error(); never none. max_bytes holds for each.
  std::vector<Reading> read_all(std::string_view bytes, const std::string& source = "-", const Options& options = {}) const;

  // Name and version of the model; empty without one.
  std::string model() const;

 private:
  struct State;
  explicit Reader(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace sayso::api
