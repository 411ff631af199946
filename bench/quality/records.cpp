// sayso_records: the records of archives, for warc.py.
//
// usage: sayso_records FILE... > records
// Out: for each file a line of JSON: {"file", "records": [[member, sha256 of the bytes], ...], "errors": [sentence, ...], "passed_over": {...}}.
#include <iostream>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "ingest/records.h"

using namespace sayso;

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    nlohmann::json line = {{"file", argv[i]}, {"records", nlohmann::json::array()}, {"errors", nlohmann::json::array()}};
    auto stream = stream_file(argv[i]);
    if (!stream) {
      line["errors"].push_back(stream.error().sentence());
    } else {
      const auto records = split_records(std::move(*stream), argv[i], {});
      while (const auto record = records->next()) {
        if (record->ok()) line["records"].push_back({(*record)->member.value_or(""), sha256_hex((*record)->bytes)});
        else line["errors"].push_back(record->error().sentence());
      }
      line["passed_over"] = records->passed_over_by_kind();
    }
    std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
  return 0;
}
