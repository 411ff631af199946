// The one structure that every room reads and writes: a text that never changes, and layers of spans into it.
//
// Invariants, all tested by check_document(), which runs after each stage in debug builds, in goldens and in fuzzers:
//  1. text is valid UTF-8 and final after ingest.
//  2. A Span is [begin, end) in bytes of text, not empty, on code-point boundaries.
//  3. A layer refers only to layers above it, by typed Id; nothing points back; who needs the reverse builds a local index.
//     (within refers to an attribution of the same layer, and never in a circle.)
//  4. A layer is written once, by one stage, in text order. "Has not run" and "found nothing" are different answers.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sayso {

// [begin, end) in bytes of Document::text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

// Position of a T in its layer. A token's Id cannot be looked up among sentences.
template <class T>
struct Id {
  uint32_t index = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
};

// What one stage found, in text order. made_by names the stage; empty until it has run.
template <class T>
struct Layer {
  std::string made_by;
  std::vector<T> items;

  bool ran() const { return !made_by.empty(); }
  size_t size() const { return items.size(); }
  const T& operator[](Id<T> id) const { return items[id.index]; }
  const T& operator[](size_t index) const { return items[index]; }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
};

// ---- always ----------------------------------------------------------------------------------------------------------

struct Publisher {
  std::string name;
  std::string domain;
};

// Through whom the text came, or the words in `span`, by the input's own fields: an agency's history of an item, the senders that a mail quotes.
struct Hop {
  std::string name;      // empty: the input gives a code only
  std::string code;      // "nprov:AFP"; may be empty
  bool person = false;
  bool origin = false;   // who had it before any agency wrote it down
  Span span;
};

// Something a reader of the output should know. kind: "charset", "nul", "mojibake", "truncated", "not English", …
struct Warning {
  std::string kind;
  std::string what;
  std::optional<Span> span;
};

// ---- text ------------------------------------------------------------------------------------------------------------

// A syntactic word in the sense of Universal Dependencies: "don’t" is two of them ("do", "n’t"), glued.
struct Token {
  Span span;
  friend bool operator==(const Token&, const Token&) = default;
};

// The largest layer of all. Its flags stand beside it: inside, each would take as much room as a number.
struct Tokens : Layer<Token> {
  std::vector<bool> glued;  // of each: the word before belongs to the same surface token (UD's multiword token): "n’t", "’s", "not" of "cannot"
};

struct Sentence {
  Span span;
  Id<Token> first;
  Id<Token> last;  // the last one of it, not the one behind
};

// One run of quoted words in one paragraph, marks included. A quotation that goes on in the next paragraph is re-opened there
// and makes another Quote, with `continues`.
struct Quote {
  Span span;
  bool opened = true;      // begins with a mark (false: a closing mark whose opening one is missing)
  bool closed = true;      // ends with a mark (false: unbalanced, or re-opened in the next paragraph)
  bool continues = false;  // goes on from the Quote before it
  uint8_t depth = 0;       // 0: outermost; 1: inside another, …
};

// ---- sections --------------------------------------------------------------------------------------------------------

enum class SectionKind { headline, dateline, byline, credit, heading, list, quote_block, caption, embed, note, background };

struct Section {
  SectionKind kind = SectionKind::headline;
  Span span;
  // Of a dateline, as written: place "VESTRAND"; date in ISO 8601, "--03-04" without a year. Empty: not said.
  std::optional<Span> place;
  std::string date;
  // The agency's name in a dateline, byline or credit.
  std::optional<Span> agency;
};

// text[begin, begin + size) is what stands at `raw` in the input's bytes: a copy of them, or, where an encoding or an entity was
// decoded, what they mean.
struct RawPiece {
  uint32_t begin = 0;
  uint32_t size = 0;
  uint64_t raw = 0;
  uint64_t raw_size = 0;
};

// ---- attributions ----------------------------------------------------------------------------------------------------

// Spans in text order, apart from each other; several when the part is interrupted.
struct Part {
  std::vector<Span> spans;
  bool empty() const { return spans.empty(); }
  friend bool operator==(const Part&, const Part&) = default;
};

enum class AttributionType { assertion, belief, fact, eventuality };
enum class Quotation { direct, indirect, mixed };
enum class SourceKind { person, organisation, country, place, group, publication, document };

struct Source {
  Part part;
  SourceKind kind = SourceKind::person;
};

struct Attribution {
  AttributionType type = AttributionType::assertion;
  Quotation quotation = Quotation::indirect;
  std::optional<Source> source;  // nothing: no words name one
  Part cue;                      // empty: no words attribute (a quotation whose speaker stands in the sentence before)
  Part content;
  std::optional<Id<Attribution>> within;  // the innermost attribution in whose content this one stands
  double confidence = 0;                  // 0…1: how often readings like this one are wholly right
  std::vector<std::string> evidence;      // what decided: heads and rules, by name ("model cue", "rule headline colon")
};

// ---- entities --------------------------------------------------------------------------------------------------------

// `unnamed` is somebody whom the text does not name and whose words it passes on (“an official who asked not to be named”); `unknown`
// stands in `of` alone.
enum class EntityType { person, organisation, country, place, group, publication, document, unnamed, unknown };
enum class MentionKind { name, nominal, pronoun };
// Of a source: the document gives a name, it only describes who speaks, or it keeps who speaks back.
enum class Identity { named, described, anonymous };

// Words that stand for an entity: “Helga Brandt”, “the minister”, “she”.
struct Mention {
  Span span;
  MentionKind kind = MentionKind::name;
  friend bool operator==(const Mention&, const Mention&) = default;
};

// The entity elsewhere: scheme "wikidata", "iso3166", or one of the user's own, and its identifier there.
struct Link {
  std::string scheme;
  std::string value;
  friend bool operator==(const Link&, const Link&) = default;
};

// How many they are; no `max`: at least `min`.
struct Count {
  uint32_t min = 1;
  std::optional<uint32_t> max;
  friend bool operator==(const Count&, const Count&) = default;
};

// Somebody or something that the document speaks of. Order of the layer: by first mention; behind them, without mentions, whom only a Hop names, in
// the hops' order, and an unnamed origin for each attribution whose source no words name (“it is reported that”), in the attributions' order.
struct Entity {
  EntityType type = EntityType::person;
  std::optional<std::string> name;   // the fullest in the text, without title and article; nothing: only described, or unnamed
  std::vector<std::string> names;    // the other names in the text, acronyms too, each once, in text order
  std::vector<std::string> roles;    // titles and descriptions as written, each once, in text order
  std::vector<Mention> mentions;     // in text order, each span once; may be empty for an origin that no words name
  std::vector<Link> links;           // each scheme once, ascending by scheme
  // Of an unnamed one.
  std::optional<EntityType> of;      // what of: person, group, organisation, … or unknown
  std::optional<Part> reason;        // why it is not named, in the text's words
  std::optional<Count> count;
};

// Who is meant by the source of one attribution. A layer of these has one for each attribution with a source, in the attributions' order.
struct SourceEntity {
  Id<Attribution> attribution;
  Id<Entity> entity;
  Identity identity = Identity::described;
  SourceKind kind = SourceKind::person;  // the entity's; it stands in place of what the source's own words tell (“she”, “the agency”)
};

// ---- factuality ------------------------------------------------------------------------------------------------------

// How the source itself presents the content (FactBank: Saurí and Pustejovsky 2009). In order: each is lower than the one before.
enum class Modality { certain, probable, possible, unknown };
enum class Polarity { positive, negative };
enum class MarkerKind { negation, hedge, condition, conditional, intention, pretext, hearsay, question, scare_quotes };
// What the cue tells of how its speaker stands to the content.
enum class Stance { neutral, deny, doubt, confirm, admit, claim, warn, promise, demand, ask, suggest };

// Words that make a content less than plainly asserted.
struct Marker {
  MarkerKind kind = MarkerKind::hedge;
  Span span;
  friend auto operator<=>(const Marker&, const Marker&) = default;
};

// Of one attribution.
struct Factuality {
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::certain;
  bool hearsay = false;         // the source itself only passes on what reached it
  std::vector<Marker> markers;  // in text order
  Stance stance = Stance::neutral;
};

// ---- provenance ------------------------------------------------------------------------------------------------------

enum class MediumKind { interview, statement, press_conference, broadcast, social_media, document, letter, call };
enum class NonResponseKind { no_comment, declined, no_response };

// Through what somebody spoke: “in an interview with the daily …”.
struct Medium {
  Part part;
  MediumKind kind = MediumKind::interview;
  std::optional<Id<Entity>> entity;
};

// To whom.
struct Addressee {
  Part part;
  std::optional<Id<Entity>> entity;
};

// When; `value` is an ISO 8601 interval, begin and duration (“2016-03-04/P1D”), where the document's date is known.
struct Time {
  Part part;
  std::optional<std::string> value;
};

// Which way one attribution came to this page. The three lists ascend.
struct Provenance {
  std::vector<Id<Entity>> chain;  // from who first said it to who last told it before this page; each once
  std::optional<Medium> medium;
  std::optional<Addressee> addressee;
  std::optional<Part> occasion;
  std::optional<Time> time;
  std::vector<Id<Attribution>> repeats;        // earlier in the text, of the same utterance
  std::vector<Id<Attribution>> contradicts;    // earlier in the text, what this one denies or excludes
  std::vector<Id<Attribution>> stronger_than;  // the words that this one rests on and is firmer than
};

// Somebody who was asked and did not answer.
struct NonResponse {
  Part part;
  std::optional<Id<Entity>> entity;
  NonResponseKind kind = NonResponseKind::no_response;
};

// What the headline makes of the words it rests on.
struct HeadlineFinding {
  std::optional<Id<Attribution>> attribution;  // nothing: the headline speaks in the writer's own voice
  std::vector<Id<Attribution>> rests_on;       // ascending, one at least
  bool firmer_than_its_source = false;
};

// The document in numbers. A layer of these has one.
struct Summary {
  uint32_t attributions = 0;
  uint32_t named_sources = 0, anonymous_sources = 0, independent_sources = 0;  // FORMAT says which entities each counts
  std::vector<Id<Entity>> relays;  // stand in a chain behind its first link and never first; ascending
  std::optional<double> writer_share;  // of the body's sentences, those in no content, 0…1; nothing without a body
  std::optional<HeadlineFinding> headline;
};

// ---- the document ----------------------------------------------------------------------------------------------------

struct Document {
  std::string id;      // "sha256:…" of the input's bytes
  std::string source;  // file name or address as given; "-" for standard input
  std::optional<std::string> member;
  std::optional<std::string> media_type;
  std::optional<std::string> title;
  std::optional<Publisher> publisher;
  std::vector<std::string> authors;
  std::optional<std::string> published;  // ISO 8601
  std::optional<std::string> modified;
  std::optional<std::string> language;   // BCP 47
  std::optional<std::string> canonical;
  std::string text;
  std::vector<Warning> warnings;
  std::vector<std::pair<std::string, std::string>> extra;  // fields of the input that sayso does not know: name, JSON value
  std::vector<Hop> hops;                 // from who had it first to who passed it on last

  Layer<Section> markup;    // what the input's own mark-up says of parts of the text; has run where there was mark-up
  Layer<RawPiece> raw_map;    // on request; ascending, apart from each other

  Tokens tokens;
  Layer<Sentence> sentences;
  Layer<Quote> quotes;
  Layer<Section> sections;
  Layer<Attribution> attributions;
  Layer<Entity> entities;
  Layer<SourceEntity> source_entities;  // written together with entities
  std::vector<std::optional<Id<Entity>>> hop_entities;  // of each hop, written together with entities: nothing where only a code is known
  Layer<Factuality> factuality;         // one for each attribution
  Layer<Provenance> provenance;         // one for each attribution
  Layer<NonResponse> non_responses;  // these and the summary are written together with provenance
  Layer<Summary> summary;

  std::string_view at(Span span) const { return std::string_view(text).substr(span.begin, span.size()); }
};

// Who is meant by each attribution's source, to be asked by attribution. Refers to the document.
class SourceEntities {
 public:
  explicit SourceEntities(const Document& document);
  // Null for an attribution without a source, and for every one when the layer has not run.
  const SourceEntity* of(Id<Attribution> attribution) const { return by_attribution_[attribution.index]; }

 private:
  std::vector<const SourceEntity*> by_attribution_;
};

// Of each section, which entity its agency's words are: the one with the shortest mention among them, the first of equals; nothing
// where there is none.
std::vector<std::optional<Id<Entity>>> find_agencies(const Document& document);

// Of each attribution, is its cue in one of these (“did not respond to | a request for comment”)? Nobody is a source by not answering.
std::vector<bool> find_refusals(const Layer<Attribution>& attributions, const Layer<NonResponse>& non_responses);

// The words of `part`, pieces joined by " … ".
std::string text_of(const Document& document, const Part& part);

// From the first span's begin to the last one's end. Requires a part that is not empty.
Span envelope(const Part& part);

// The first broken invariant, as an internal Error that says which and where.
Status check_document(const Document& document);

// The names that JSON, CSV and the command line use: "quote block", "direct", …
const char* name_of(SectionKind kind);
const char* name_of(AttributionType type);
const char* name_of(Quotation quotation);
const char* name_of(SourceKind kind);
const char* name_of(EntityType type);
const char* name_of(MentionKind kind);
const char* name_of(Identity identity);
const char* name_of(Modality modality);
const char* name_of(Polarity polarity);
const char* name_of(MarkerKind kind);
const char* name_of(Stance stance);
const char* name_of(MediumKind kind);
const char* name_of(NonResponseKind kind);

}  // namespace sayso
