// Work on many inputs in processes of their own, with the answers in the order of the inputs. An input that crashes its process, never
// ends or eats memory costs that process and becomes an Error; the others do not notice. Beside one that takes long a stand-in goes on with the
// others; its time runs by the clock, and is longer, at most four times, while it is ready but gets no processor.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/stream.h"
#include "base/limits.h"
#include "base/result.h"
#include "ingest/ingest.h"

namespace sayso {

// How a worker's process ended, or was ended, over an input. Memory that it cannot have ends it too.
enum class Failure { crashed, too_slow, out_of_memory, ended };

const char* name_of(Failure failure);

// An input that brought a worker down: what is told about it, never its text.
struct Poison {
  std::string id;  // "sha256:…" of its bytes
  std::string source;
  std::optional<std::string> member;
  Failure failure = Failure::crashed;
  std::string stage;   // "ingest", "attribution", …
  std::string detail;  // "signal 11 (Segmentation fault)", "60000 ms"
};

// What a worker answers, in parts that go one behind the other: as one, a long list of documents would need its room twice while it grows.
using AnswerParts = std::vector<std::string>;

// What became of the index-th input: make's answer, its parts joined, or the Error in its place.
struct Answer {
  size_t index = 0;
  Result<std::string> bytes;
  // Of an input that was there, with the Error above.
  std::optional<std::string> id;
  std::string source;
  std::optional<std::string> member;
  std::optional<Poison> poison;
};

struct WorkerOptions {
  size_t workers = 1;
  Limits limits;                            // milliseconds and memory_bytes
  size_t waiting_bytes = size_t{64} << 20;  // answers that may wait for a slow input before them
  std::function<void()> let_go = [] {};     // called in each worker as it begins: frees what only this side needs, inputs that were read ahead
  // Called here, once, before a process is replaced: what make sets up at its first use, the later processes then have from the start.
  std::function<void()> warm_up = [] {};
};

// next: the next input, or an Error in its place, or nothing at the end. Where it has to wait for a file's bytes it calls what it is given, which
// takes answers meanwhile; false: no more is wanted. make runs in a worker process, which is a copy of this one as it
// is now (models are shared and not copied), and throws nothing but std::bad_alloc. take runs here, in order; false ends the work early. Requires
// that no other thread runs in this process. io when no process can be made.
Status in_workers(const std::function<std::optional<Result<Input>>(const WhileWaiting& while_waiting)>& next,
                  const std::function<AnswerParts(const Input&, size_t index)>& make,
                  const std::function<bool(Answer)>& take, const WorkerOptions& options);

// What the messages between processes are made of: a length and so many bytes, one field behind the other. take_field() requires what
// append_field() wrote.
void append_field(std::string& message, std::string_view field);
std::string take_field(std::string_view& message);

}  // namespace sayso
