// sayso_c.h: errors become a status and a sentence, strings become memory that the caller frees.
#include <sayso/sayso_c.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "api/reader.h"
#include "base/unicode.h"
#include "document/json.h"
#include "reading/models.h"

struct sayso_model {
  sayso::Models models;
  std::string name;
};

namespace {

sayso_status status_of(sayso::ErrorKind kind) {
  switch (kind) {
    case sayso::ErrorKind::bad_input: return SAYSO_BAD_INPUT;
    case sayso::ErrorKind::not_found: return SAYSO_NOT_FOUND;
    case sayso::ErrorKind::io: return SAYSO_IO;
    case sayso::ErrorKind::corrupt: return SAYSO_CORRUPT;
    case sayso::ErrorKind::version: return SAYSO_VERSION_MISMATCH;
    case sayso::ErrorKind::unsupported: return SAYSO_UNSUPPORTED;
    case sayso::ErrorKind::internal: return SAYSO_INTERNAL;
  }
  return SAYSO_INTERNAL;
}

void set_error(sayso_error* error, sayso_status status, std::string_view sentence) {
  if (!error) return;
  error->status = status;
  size_t size = std::min(sentence.size(), sizeof error->text - 1);
  while (size > 0 && !sayso::is_boundary(sentence, size)) --size;
  std::memcpy(error->text, sentence.data(), size);
  error->text[size] = '\0';
}

// Runs `body`, which returns a pointer or an Error; nothing is thrown across this border.
template <class T, class Body>
T* at_the_border(sayso_error* error, Body body) {
  try {
    sayso::Result<T*> result = body();
    if (!result) {
      set_error(error, status_of(result.error().kind), result.error().sentence());
      return nullptr;
    }
    set_error(error, SAYSO_OK, "");
    return *result;
  } catch (const std::exception& failure) {
    set_error(error, SAYSO_INTERNAL, failure.what());
  } catch (...) {
    set_error(error, SAYSO_INTERNAL, "Something was thrown that is no exception.");
  }
  return nullptr;
}

// "a,b" as {"a", "b"}.
std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> split;
  for (;;) {
    const size_t comma = names.find(',');
    split.emplace_back(names.substr(0, comma));
    if (comma == std::string_view::npos) return split;
    names.remove_prefix(comma + 1);
  }
}

// Only the fields that the caller's struct has, by its size.
sayso_options options_from(const sayso_options* given) {
  sayso_options options = SAYSO_OPTIONS_INIT;
  if (given) std::memcpy(&options, given, std::min(given->struct_size, sizeof options));
  if (options.max_bytes == 0) options.max_bytes = sayso::Limits{}.document_bytes;
  return options;
}

}  // namespace

const char* sayso_version(void) { return SAYSO_VERSION; }

sayso_model* sayso_model_load(const char* path, const char* cues, sayso_error* error) {
  return at_the_border<sayso_model>(error, [&]() -> sayso::Result<sayso_model*> {
    sayso::ModelChoice choice;
    if (path) choice.path = path;
    if (cues) choice.cues = cues;
    sayso::Result<sayso::Models> models = sayso::load_models(choice);
    if (!models) return models.error();
    std::string name = sayso::model_name(*models).value_or("");
    return new sayso_model{std::move(*models), std::move(name)};
  });
}

const char* sayso_model_name(const sayso_model* model) { return model ? model->name.c_str() : ""; }

void sayso_model_free(sayso_model* model) { delete model; }

char* sayso_read_json(const sayso_model* model, const char* bytes, size_t size, const char* source, const sayso_options* options,
                      sayso_error* error) {
  return at_the_border<char>(error, [&]() -> sayso::Result<char*> {
    using sayso::Error, sayso::ErrorKind;
    if (!bytes && size > 0) return Error{ErrorKind::bad_input, "bytes is NULL and size is not 0", "", ""};
    if (options && options->struct_size < sizeof options->struct_size)
      return Error{ErrorKind::bad_input, "options->struct_size is not set", "", "Start from SAYSO_OPTIONS_INIT."};
    const sayso_options chosen = options_from(options);
    const sayso::Lean lean = chosen.lean == SAYSO_PRECISION ? sayso::Lean::precision
                             : chosen.lean == SAYSO_RECALL  ? sayso::Lean::recall
                                                            : sayso::Lean::balanced;
    sayso::Result<nlohmann::ordered_json> json =
        sayso::read_json(model ? model->models : sayso::Models{}, std::string_view(bytes ? bytes : "", size), source ? source : "-",
                              chosen.layers ? split_names(chosen.layers) : std::vector<std::string>{}, lean, chosen.max_bytes);
    if (!json) return json.error();
    const std::string line = sayso::to_string(*json, false);
    char* copy = static_cast<char*>(std::malloc(line.size() + 1));
    if (!copy) return Error{ErrorKind::internal, "there is not enough memory for the reading", "", ""};
    std::memcpy(copy, line.c_str(), line.size() + 1);
    return copy;
  });
}

void sayso_free(char* json) { std::free(json); }
