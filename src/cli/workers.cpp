#include "cli/workers.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <new>
#include <utility>
#include <vector>

#include <malloc.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/stage.h"

namespace sayso {
namespace {

using Clock = std::chrono::steady_clock;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool bound_memory = false;  // the sanitizer's shadow is terabytes of addresses
#else
constexpr bool bound_memory = true;
#endif

// ---- messages: a length and so many bytes ----------------------------------------------------------------------------------------------

// Without its bytes, which may be many: they go from where they are to where they are needed, as a message of their own.
std::string pack(const Input& input, size_t index) {
  std::string message;
  append_field(message, std::to_string(index));
  append_field(message, input.source);
  append_field(message, input.member ? "+" + *input.member : "");
  append_field(message, input.content_type);
  append_field(message, input.address);
  append_field(message, input.fetched);
  append_field(message, input.lack);
  return message;
}

std::pair<Input, size_t> unpack_input(std::string_view message) {
  const size_t index = std::stoull(take_field(message));
  Input input;
  input.source = take_field(message);
  if (std::string member = take_field(message); !member.empty()) input.member = member.substr(1);
  input.content_type = take_field(message);
  input.address = take_field(message);
  input.fetched = take_field(message);
  input.lack = take_field(message);
  return {std::move(input), index};
}

// All of it, or false: whoever reads has gone.
bool send_all(int socket, const void* data, size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t sent = send(socket, at, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    at += sent;
    size -= static_cast<size_t>(sent);
  }
  return true;
}

bool send_message(int socket, std::string_view message) {
  const uint64_t size = message.size();
  return send_all(socket, &size, sizeof size) && send_all(socket, message.data(), message.size());
}

// As one message.
bool send_joined(int socket, const AnswerParts& parts) {
  uint64_t size = 0;
  for (const std::string& part : parts) size += part.size();
  return send_all(socket, &size, sizeof size) &&
         std::all_of(parts.begin(), parts.end(), [socket](const std::string& part) { return send_all(socket, part.data(), part.size()); });
}

bool receive_all(int socket, void* data, size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = recv(socket, at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

// Nothing when the other side has gone.
std::optional<std::string> receive_message(int socket) {
  uint64_t size = 0;
  if (!receive_all(socket, &size, sizeof size)) return std::nullopt;
  std::optional<std::string> message(std::in_place, size, '\0');
  if (!receive_all(socket, message->data(), size)) return std::nullopt;
  return message;
}

// ---- the worker's side -----------------------------------------------------------------------------------------------------------------

// So much address space as is used now, and so much more.
void limit_memory(size_t more) {
  if (!bound_memory) return;
  size_t pages = 0;
  if (FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%zu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  const rlim_t bytes = pages * static_cast<size_t>(sysconf(_SC_PAGESIZE)) + more;
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
}

// Memory that cannot be had ends a worker with this status, at once: nothing is to be saved, and to unwind takes a millisecond.
constexpr int exit_without_memory = 86;

[[noreturn]] void serve(int socket, const std::function<AnswerParts(const Input&, size_t)>& make, const Limits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody would take its answers
  std::signal(SIGINT, SIG_IGN);      // who interrupts the program ends the other side; who interrupts a pager nobody
  on_exit([](int status, void*) { _exit(status); }, nullptr);  // whatever calls exit() here must not touch what the two sides share
  std::set_new_handler([] { _exit(exit_without_memory); });
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // a dump would hold the text
  malloc_trim(0);  // room between what the other side holds: work that finds its own there is slower by a fiftieth, for the process's life
  limit_memory(limits.memory_bytes);
  // A window's numbers are some MB that come and go: given back to the system each time, they cost a quarter of the time in page faults.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 128 << 20);
  try {
    while (const std::optional<std::string> head = receive_message(socket)) {
      auto [input, index] = unpack_input(*head);
      std::optional<std::string> bytes = receive_message(socket);
      if (!bytes) break;
      input.bytes = std::move(*bytes);
      const AnswerParts answer = make(input, index);
      enter_stage(Stage::waiting);
      if (!send_joined(socket, answer)) break;
    }
  } catch (const std::bad_alloc&) {
    _exit(exit_without_memory);
  }
  _exit(0);
}

// ---- the other side --------------------------------------------------------------------------------------------------------------------

// A document that has taken a tenth of its time has a stand-in put beside it, so that as many as before go on. A process that could compute but is
// given no processor may take so many times its time by the clock.
constexpr int until_slow = 10, most_starved = 4;

struct Worker {
  pid_t process = -1;
  int socket = -1;
  std::atomic<Stage>* stage = nullptr;
  bool busy = false;
  size_t slot = 0;             // index of the input it reads
  std::optional<Input> input;  // that input, in case it has to be named
  Clock::time_point begun{};   // when it was given; later by the time in which this side did not look
  Clock::time_point look{};    // when it is due that somebody looks how far it is
  bool slow = false;           // it has taken so long that a stand-in works beside it
  Clock::time_point slow_since{};
  Clock::duration computed{};  // what its process had computed then
  std::string answer;          // as far as it has come
  uint64_t size = 0;           // of the whole answer
  size_t head = 0;             // bytes of `size` that have come
};

// Time on a processor.
Clock::duration computed_by(pid_t process) {
  clockid_t clock;
  timespec used{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

// proc(5): the state stands behind the program's name, which stands in brackets.
bool is_runnable(pid_t process) {
  const Result<std::string> stat = read_file("/proc/" + std::to_string(process) + "/stat", 1 << 12);
  const size_t at = stat ? stat->rfind(") ") : std::string::npos;
  return at != std::string::npos && stat->substr(at + 2, 1) == "R";
}

class Pool {
 public:
  Pool(const std::function<AnswerParts(const Input&, size_t)>& make, const WorkerOptions& options) : make_(make), options_(options) {
    const size_t count = 2 * std::max<size_t>(1, options.workers);  // half of them stand-ins, which have no process before they are needed
    void* cells = mmap(nullptr, count * sizeof(std::atomic<Stage>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (cells == MAP_FAILED) return;
    cells_ = static_cast<std::atomic<Stage>*>(cells);
    workers_.resize(count);
    for (size_t w = 0; w < count; ++w) workers_[w].stage = new (cells_ + w) std::atomic<Stage>(Stage::waiting);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (Worker& worker : workers_) end(worker);
    for (const pid_t process : ended_) reap(process);
    if (cells_) munmap(cells_, workers_.size() * sizeof(std::atomic<Stage>));
  }

  std::vector<Worker>& workers() { return workers_; }

  // Who may be given the next input: nobody while as many as were wished for are at work, those not counted that have a stand-in.
  Worker* find_free() {
    const size_t at_work = static_cast<size_t>(std::count_if(workers_.begin(), workers_.end(), [](const Worker& w) { return w.busy && !w.slow; }));
    if (at_work >= std::max<size_t>(1, options_.workers)) return nullptr;
    Worker* free = nullptr;
    for (Worker& worker : workers_)
      if (!worker.busy && (free == nullptr || (free->process < 0 && worker.process >= 0))) free = &worker;
    return free;
  }

  // Forks when the worker's process is not there yet, or not any more. False: no process lives long enough to take this input.
  Result<bool> give(Worker& worker, Input input, size_t index) {
    worker.slot = index;
    worker.input = std::move(input);
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (worker.process < 0)
        if (const Status status = start(worker); !status) return status.error();
      if (send_message(worker.socket, pack(*worker.input, index)) && send_message(worker.socket, worker.input->bytes)) {
        worker.busy = true;
        worker.slow = false;
        worker.begun = Clock::now();
        worker.look = worker.begun + allowed() / until_slow;
        worker.answer.clear();
        worker.head = 0;
        worker.size = 0;
        return true;
      }
      end(worker);
    }
    return false;
  }

  // Takes all that has come. True when the answer is whole; false with `gone` when the process has ended, or answers nonsense.
  bool receive(Worker& worker, bool& gone) {
    char buffer[1 << 16];
    for (;;) {
      const ssize_t got = recv(worker.socket, buffer, sizeof buffer, MSG_DONTWAIT);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
      if (got <= 0) return gone = true, false;
      std::string_view some(buffer, static_cast<size_t>(got));
      while (worker.head < sizeof worker.size && !some.empty()) {
        reinterpret_cast<char*>(&worker.size)[worker.head++] = some.front();
        some.remove_prefix(1);
      }
      worker.answer.append(some);
      if (worker.head < sizeof worker.size) continue;
      if (worker.answer.size() == worker.size) return true;
      if (worker.answer.size() > worker.size) {  // its memory is damaged
        kill(worker.process, SIGSEGV);
        return gone = true, false;
      }
    }
  }

  // Of a process that has ended by itself. -> its wait status
  int take_status(Worker& worker) {
    const int status = reap(worker.process);
    forget(worker);
    return status;
  }

  // Ends the process. The system takes some milliseconds to clear it away, which nobody waits for.
  void end(Worker& worker) {
    if (worker.process < 0) return;
    kill(worker.process, SIGKILL);
    ended_.push_back(worker.process);
    forget(worker);
    std::erase_if(ended_, [](pid_t process) { return waitpid(process, nullptr, WNOHANG) != 0; });
  }

  // Once it is due: makes room for a stand-in, or gives more time. -> is its time over?
  bool is_over(Worker& worker) {
    const Clock::time_point now = Clock::now();
    if (!worker.slow) {
      worker.slow = true;
      worker.slow_since = now;
      worker.computed = computed_by(worker.process);
      worker.look = worker.begun + allowed();
      return false;
    }
    // Has it mostly waited for a processor since then? One that sleeps waits for something else.
    const bool starved = 2 * (computed_by(worker.process) - worker.computed) < now - worker.slow_since && is_runnable(worker.process);
    if (!starved || now - worker.begun >= most_starved * allowed()) return true;
    worker.look = now + allowed() / 2;
    return false;
  }

 private:
  Clock::duration allowed() const { return std::chrono::milliseconds(options_.limits.milliseconds); }

  static int reap(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {}
    return status;
  }

  void forget(Worker& worker) {
    lost_one_ = true;
    close(worker.socket);
    worker.process = -1;
    worker.socket = -1;
  }

  Status start(Worker& worker) {
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
      return Error{ErrorKind::io, std::string("cannot make a worker process: ") + std::strerror(errno), "",
                   "Close other programs, or read with --threads 1."};
    worker.stage->store(Stage::waiting);
    if (lost_one_ && !std::exchange(warm_, true)) options_.warm_up();
    std::fflush(nullptr);  // a worker that ends by exit() would write what stands in the buffers once more
    const pid_t process = fork();
    if (process < 0) {
      const int reason = errno;
      close(sockets[0]);
      close(sockets[1]);
      return Error{ErrorKind::io, std::string("cannot make a worker process: ") + std::strerror(reason), "",
                   "Close other programs, or read with --threads 1."};
    }
    if (process == 0) {
      close(sockets[0]);
      watch_stage(worker.stage);
      for (const Worker& other : workers_)
        if (other.socket >= 0) close(other.socket);
      // A copy of all that this side holds would count as the worker's memory as long as it lives.
      workers_.clear();
      options_.let_go();
      serve(sockets[1], make_, options_.limits);
    }
    close(sockets[1]);
    worker.process = process;
    worker.socket = sockets[0];
    return {};
  }

  const std::function<AnswerParts(const Input&, size_t)>& make_;
  const WorkerOptions& options_;
  std::vector<Worker> workers_;
  std::atomic<Stage>* cells_ = nullptr;
  std::vector<pid_t> ended_;  // processes that may not have gone yet
  bool lost_one_ = false, warm_ = false;
};

// The document's place in words: "news.warc.gz, record 17".
std::string place_of(const Poison& poison) { return poison.source + (poison.member ? ", " + *poison.member : ""); }

Error error_of(const Poison& poison) {
  const std::string place = place_of(poison), while_in = " (stage: " + poison.stage + ")";
  switch (poison.failure) {
    case Failure::too_slow:
      return {ErrorKind::internal, "reading this took longer than " + poison.detail + while_in, place, "Allow more with --limit milliseconds=N."};
    case Failure::out_of_memory:
      return {ErrorKind::internal, "reading this needs more memory than it may take" + while_in, place, "Allow more with --limit memory-bytes=N."};
    case Failure::ended:
      return {ErrorKind::internal, "reading this ended its process with " + poison.detail + while_in, place, "Please report it with the input."};
    case Failure::crashed: break;
  }
  return {ErrorKind::internal, "reading this crashed with " + poison.detail + while_in, place, "Please report it with the input."};
}

// Answers that came before their turn.
class Waiting {
 public:
  explicit Waiting(size_t first) : next_(first) {}
  void put(Answer answer) {
    bytes_ += answer.bytes ? answer.bytes->size() : 0;
    const size_t at = answer.index - next_;
    if (at >= slots_.size()) slots_.resize(at + 1);
    slots_[at] = std::move(answer);
  }
  std::optional<Answer> take() {
    if (slots_.empty() || !slots_.front()) return std::nullopt;
    std::optional<Answer> answer = std::move(slots_.front());
    slots_.pop_front();
    ++next_;
    bytes_ -= answer->bytes ? answer->bytes->size() : 0;
    return answer;
  }
  size_t bytes() const { return bytes_; }
  size_t next() const { return next_; }

 private:
  size_t next_, bytes_ = 0;
  std::deque<std::optional<Answer>> slots_;
};

}  // namespace

void append_field(std::string& message, std::string_view field) {
  const uint64_t size = field.size();
  message.append(reinterpret_cast<const char*>(&size), sizeof size).append(field);
}

std::string take_field(std::string_view& message) {
  uint64_t size = 0;
  std::memcpy(&size, message.data(), sizeof size);
  std::string field(message.substr(sizeof size, size));
  message.remove_prefix(sizeof size + size);
  return field;
}

const char* name_of(Failure failure) {
  static const char* const names[] = {"crashed", "too slow", "out of memory", "ended"};
  return names[static_cast<size_t>(failure)];
}

Status in_workers(const std::function<std::optional<Result<Input>>(const WhileWaiting& while_waiting)>& next,
                  const std::function<AnswerParts(const Input&, size_t index)>& make, const std::function<bool(Answer)>& take,
                  const WorkerOptions& options) {
  Pool pool(make, options);
  if (pool.workers().empty()) return Error{ErrorKind::io, "there is no memory for worker processes", "", "Close other programs."};
  Waiting waiting(0);
  size_t given = 0, busy = 0;
  bool at_end = false, unwanted = false;
  Clock::duration served{};  // time in which this side waited for an input and looked after the workers meanwhile
  // Beside the bytes, a bound on the number: each answer costs some hundred bytes of its own.
  constexpr size_t most_waiting = 4096;

  const auto put_answer = [&](Worker& worker, Result<std::string> bytes, std::optional<Poison> poison) {
    Answer answer{worker.slot, std::move(bytes), std::nullopt, "", std::nullopt, std::move(poison)};
    if (answer.poison) {
      answer.id = answer.poison->id;
      answer.source = answer.poison->source;
      answer.member = answer.poison->member;
    }
    worker.busy = false;
    worker.input.reset();
    --busy;
    waiting.put(std::move(answer));
  };
  const auto put_failure = [&](Worker& worker, Failure failure, std::string detail) {
    const Input& input = *worker.input;
    Poison poison{"sha256:" + sha256_hex(input.bytes), input.source, input.member, failure, name_of(worker.stage->load()), std::move(detail)};
    Error error = error_of(poison);
    put_answer(worker, std::move(error), std::move(poison));
  };

  // While this side waits for a slow input or a slow reader and does not look after the workers, nobody's time runs.
  const auto standing_still = [&](const auto& wait) {
    const Clock::time_point begun = Clock::now();
    const Clock::duration before = served;
    auto result = wait();
    const Clock::duration still = (Clock::now() - begun) - (served - before);
    for (Worker& worker : pool.workers()) {
      worker.begun += still;
      worker.look += still;
    }
    return result;
  };

  const auto take_answers = [&] {
    while (std::optional<Answer> answer = unwanted ? std::nullopt : waiting.take())
      unwanted = !standing_still([&] { return take(std::move(*answer)); });
  };

  // Waits until a worker has something to tell, its time is over, or `file` (-1: none) can be read, and takes in what there is. -> can it be read?
  const auto attend = [&](int file) -> Result<bool> {
    std::vector<pollfd> polled;
    std::vector<Worker*> whose;
    Clock::time_point until = Clock::time_point::max();
    for (Worker& worker : pool.workers()) {
      if (!worker.busy) continue;
      polled.push_back({worker.socket, POLLIN, 0});
      whose.push_back(&worker);
      if (worker.head == 0) until = std::min(until, worker.look);  // whose answer has begun to come may end it
    }
    if (file >= 0) polled.push_back({file, POLLIN, 0});
    // As exactly as the clock can: a document that fails soon costs the others a millisecond less than poll(2) would.
    const auto left = whose.empty() ? std::chrono::minutes(1) : std::clamp<Clock::duration>(until - Clock::now(), {}, std::chrono::minutes(1));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec wait{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
    if (ppoll(polled.data(), polled.size(), &wait, nullptr) < 0) {
      if (errno == EINTR) return false;
      return Error{ErrorKind::io, std::string("cannot wait for worker processes: ") + std::strerror(errno), "", ""};
    }
    for (size_t i = 0; i < whose.size(); ++i) {
      Worker& worker = *whose[i];
      bool gone = false;
      if (polled[i].revents != 0 && pool.receive(worker, gone)) {
        put_answer(worker, std::move(worker.answer), std::nullopt);
      } else if (gone) {
        const int status = pool.take_status(worker);
        if (WIFEXITED(status) && WEXITSTATUS(status) == exit_without_memory) put_failure(worker, Failure::out_of_memory, "");
        else if (WIFEXITED(status)) put_failure(worker, Failure::ended, "exit status " + std::to_string(WEXITSTATUS(status)));
        else put_failure(worker, Failure::crashed, "signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")");
      } else if (worker.head == 0 && Clock::now() >= worker.look && pool.is_over(worker)) {
        pool.end(worker);
        put_failure(worker, Failure::too_slow, std::to_string(options.limits.milliseconds) + " ms");
      }
    }
    return file >= 0 && polled.back().revents != 0;
  };

  const WhileWaiting while_waiting = [&](int file) {
    const Clock::time_point begun = Clock::now();
    for (bool readable = false; !readable && !unwanted;) {
      take_answers();
      const Result<bool> attended = unwanted ? Result<bool>(true) : attend(file);
      readable = !attended || *attended;  // what cannot be waited for is read, and that waits
    }
    served += Clock::now() - begun;
    return !unwanted;
  };

  for (;;) {
    // Work for who is free.
    while (!at_end && pool.find_free() != nullptr && waiting.bytes() < options.waiting_bytes && given - waiting.next() < most_waiting) {
      std::optional<Result<Input>> input = standing_still([&] { return next(while_waiting); });
      if (unwanted) return {};
      if (!input) {
        at_end = true;
      } else if (!*input) {
        waiting.put(Answer{given++, input->error(), std::nullopt, "", std::nullopt, std::nullopt});
      } else {
        Worker& worker = *pool.find_free();
        const Result<bool> taken = pool.give(worker, std::move(**input), given);
        if (!taken) return taken.error();
        ++given;
        ++busy;
        if (!*taken) put_failure(worker, Failure::out_of_memory, "");
      }
    }
    take_answers();
    if (unwanted || (busy == 0 && at_end)) return {};
    if (busy == 0) continue;
    if (const Result<bool> attended = attend(-1); !attended) return attended.error();
  }
}

}  // namespace sayso
