/* The promised C interface of sayso, for bindings: load a model, give it bytes, get a reading in JSON (format sayso/1), or as structs (sayso_read).
 *
 *   sayso_error error;
 *   sayso_model *model = sayso_model_load(NULL, NULL, &error);
 *   char *json = model ? sayso_read_json(model, bytes, size, "harbour.txt", NULL, &error) : NULL;
 *   puts(json ? json : error.text);
 *   sayso_free(json);
 *   sayso_model_free(model);
 *
 * Within one SOVERSION this interface only grows. Strings are UTF-8. Nothing is thrown, nothing is printed, no global state is kept.
 *
 * Threads: a loaded model never changes; any number of threads may read with it at once. Free it when none does any more. Two threads
 * must not write to one sayso_error. */
#ifndef SAYSO_C_H
#define SAYSO_C_H

#include <stddef.h>
#include <stdint.h>

#define SAYSO_C_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, "0.1.0". Never freed. */
SAYSO_C_API const char *sayso_version(void);

typedef enum sayso_status {
  SAYSO_OK = 0,
  SAYSO_BAD_INPUT = 1,
  SAYSO_NOT_FOUND = 2,
  SAYSO_IO = 3,
  SAYSO_CORRUPT = 4,
  SAYSO_VERSION_MISMATCH = 5,
  SAYSO_UNSUPPORTED = 6,
  SAYSO_INTERNAL = 7
} sayso_status;

/* The caller's; every function that takes one sets it (SAYSO_OK and "" on success), and takes NULL too. text is a sentence: what
 * happened, where, what to do; a longer one is cut at a character. */
typedef struct sayso_error {
  sayso_status status;
  char text[1020];
} sayso_error;

typedef struct sayso_model sayso_model;

/* The model that came with sayso (path NULL), or the one at `path`; `cues` is a file of cue and stop words of your own, or NULL.
 * NULL on error. Takes a moment; load once. */
SAYSO_C_API sayso_model *sayso_model_load(const char *path, const char *cues, sayso_error *error);

/* Name and version of the model. Lives as long as the model does. */
SAYSO_C_API const char *sayso_model_name(const sayso_model *model);

/* NULL is let pass. */
SAYSO_C_API void sayso_model_free(sayso_model *model);

typedef enum sayso_lean { SAYSO_BALANCED = 0, SAYSO_PRECISION = 1, SAYSO_RECALL = 2 } sayso_lean;

/* struct_size says which version of this struct the caller was built with: start from SAYSO_OPTIONS_INIT. */
typedef struct sayso_options {
  size_t struct_size;
  const char *layers; /* names with commas between, "sections,attributions,entities,factuality,provenance"; NULL: all that the model can bring */
  sayso_lean lean;
  size_t max_bytes; /* a longer document is SAYSO_BAD_INPUT; 0: 20,000,000 */
} sayso_options;

#define SAYSO_OPTIONS_INIT { sizeof(sayso_options), NULL, SAYSO_BALANCED, 0 }

/* Reads one document, of a feed or an agency's package the first (archives, JSON Lines and mailboxes: sayso_read_all_json): the `size`
 * bytes as they lie in the file, plain or gzip; `source` is the name it goes by in the reading (NULL: "-"); `options` may be NULL.
 * `model` may be NULL: then only layers that need none are read. Returns one line of JSON, to be freed with sayso_free; NULL on error. */
SAYSO_C_API char *sayso_read_json(const sayso_model *model, const char *bytes, size_t size, const char *source,
                                  const sayso_options *options, sayso_error *error);

/* The same for all documents of the input: of a feed, an agency's package, JSON Lines, a mailbox or an archive (WARC, WACZ) each, in their
 * order. Returns a line of JSON for each, a line feed behind it; of one that cannot be read the format's error record, in its place. max_bytes
 * holds for each. NULL only where nothing could be tried: no memory, wrong options. */
SAYSO_C_API char *sayso_read_all_json(const sayso_model *model, const char *bytes, size_t size, const char *source,
                                      const sayso_options *options, sayso_error *error);

/* Frees what these returned; NULL is let pass. */
SAYSO_C_API void sayso_free(char *json);

/* A reading as structs: what the JSON says of attributions and entities, by the same names (docs/FORMAT.md). All that these point to
 * belongs to the reading and lives as long; strings that the JSON has as null, or whose layer was not asked for, are NULL.
 * sayso_attribution and sayso_entity may get more members, behind the others: take them by their address as they are given, and copy
 * none; the others never change. A reading never changes; any number of threads may look at it. */
typedef struct sayso_reading sayso_reading;

/* [begin, end) in Unicode code points of the text. */
typedef struct sayso_span {
  size_t begin;
  size_t end;
} sayso_span;

/* Spans in text order and the words that stand there, pieces joined by " … "; where the part is null text is NULL and span_count 0. */
typedef struct sayso_part {
  const char *text;
  const sayso_span *spans;
  size_t span_count;
} sayso_part;

/* Ids, or none (count 0). */
typedef struct sayso_ids {
  const char *const *ids;
  size_t count;
} sayso_ids;

/* Words that make a content less than plainly asserted. */
typedef struct sayso_marker {
  const char *kind;
  const char *text;
  sayso_span span;
} sayso_marker;

typedef struct sayso_attribution {
  const char *id;
  const char *type;
  const char *quotation;
  sayso_part source;
  const char *source_kind;
  const char *source_entity;
  const char *source_identity;
  sayso_part cue;
  sayso_part content;
  const char *within;
  double confidence;
  /* With the layer factuality. */
  const char *stance;
  const char *polarity;
  const char *modality;
  int hearsay; /* 1: the source only passes on what reached it */
  const sayso_marker *markers;
  size_t marker_count;
  /* With the layer provenance. */
  sayso_ids chain; /* of entities, from who first said it to who last told it before this page */
  sayso_part medium;
  const char *medium_kind;
  const char *medium_entity;
  sayso_part addressee;
  const char *addressee_entity;
  sayso_part occasion;
  sayso_part time;
  const char *time_value;
  sayso_ids repeats; /* these three: of attributions */
  sayso_ids contradicts;
  sayso_ids stronger_than;
} sayso_attribution;

/* Somebody or something that the document speaks of. */
typedef struct sayso_entity {
  const char *id;
  const char *type;
  const char *name;
} sayso_entity;

/* Reads one document as sayso_read_json does. To be freed with sayso_reading_free; NULL on error. */
SAYSO_C_API sayso_reading *sayso_read(const sayso_model *model, const char *bytes, size_t size, const char *source,
                                      const sayso_options *options, sayso_error *error);

/* What all spans point into; `size`, unless it is NULL, gets its bytes, since a text may hold a zero. */
SAYSO_C_API const char *sayso_reading_text(const sayso_reading *reading, size_t *size);

/* How many there are, and each of them: NULL behind the last. */
SAYSO_C_API size_t sayso_reading_attribution_count(const sayso_reading *reading);
SAYSO_C_API const sayso_attribution *sayso_reading_attribution(const sayso_reading *reading, size_t index);
SAYSO_C_API size_t sayso_reading_entity_count(const sayso_reading *reading);
SAYSO_C_API const sayso_entity *sayso_reading_entity(const sayso_reading *reading, size_t index);

/* The entity of that id, or NULL. */
SAYSO_C_API const sayso_entity *sayso_reading_entity_of(const sayso_reading *reading, const char *id);

/* NULL is let pass. */
SAYSO_C_API void sayso_reading_free(sayso_reading *reading);

#ifdef __cplusplus
}
#endif

#endif
