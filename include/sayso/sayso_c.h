/* The promised C interface of sayso, for bindings: load a model, give it bytes, get a reading in JSON (format sayso/1).
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
  const char *layers; /* names with commas between, "sections,attributions,entities"; NULL: all that the model can bring */
  sayso_lean lean;
  size_t max_bytes; /* a longer document is SAYSO_BAD_INPUT; 0: 20,000,000 */
} sayso_options;

#define SAYSO_OPTIONS_INIT { sizeof(sayso_options), NULL, SAYSO_BALANCED, 0 }

/* Reads one document: the `size` bytes as they lie in the file, plain or gzip; `source` is the name it goes by in the reading (NULL:
 * "-"); `options` may be NULL. `model` may be NULL: then only layers that need none are read. Returns one line of JSON, to be freed
 * with sayso_free; NULL on error. */
SAYSO_C_API char *sayso_read_json(const sayso_model *model, const char *bytes, size_t size, const char *source,
                                  const sayso_options *options, sayso_error *error);

/* Frees what sayso_read_json returned; NULL is let pass. */
SAYSO_C_API void sayso_free(char *json);

#ifdef __cplusplus
}
#endif

#endif
