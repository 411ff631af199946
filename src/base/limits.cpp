#include "base/limits.h"

#include <string>

namespace sayso {

const std::vector<LimitInfo>& limit_list() {
  static const std::vector<LimitInfo> list = {
      {"document-bytes", "bytes of one document, as its record gives it", &Limits::document_bytes},
      {"unpacked-bytes", "bytes that one gzip, zstd or zip member may unpack to", &Limits::unpacked_bytes},
      {"ratio", "how many times its packed size a member may unpack to, beyond the first MiB", &Limits::ratio},
      {"depth", "elements inside each other; deeper ones are flattened, their text stays", &Limits::depth},
      {"attributes", "attributes of one element; more are dropped", &Limits::attributes},
      {"nodes", "elements and texts of one page", &Limits::nodes},
      {"entity-bytes", "bytes that the entities of one XML document may expand to", &Limits::entity_bytes},
      {"json-depth", "arrays and objects inside each other", &Limits::json_depth},
      {"header-bytes", "bytes of the headers of one WARC record, HTTP response or mail", &Limits::header_bytes},
      {"records", "documents of one file", &Limits::records},
      {"milliseconds", "milliseconds by the clock that reading one record (a document, a feed or list of them) may take; more without a processor",
       &Limits::milliseconds},
      {"memory-bytes", "bytes of memory that reading one record may take, the model not counted", &Limits::memory_bytes},
  };
  return list;
}

Status set_limit(Limits& limits, std::string_view name, size_t value) {
  std::string names;
  for (const LimitInfo& limit : limit_list()) {
    if (limit.name == name) {
      limits.*limit.member = value;
      return {};
    }
    names += (names.empty() ? "" : ", ") + std::string(limit.name);
  }
  return Error{ErrorKind::bad_input, "there is no limit “" + std::string(name) + "”", "", "The limits are: " + names + "."};
}

}  // namespace sayso
