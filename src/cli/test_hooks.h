// Makes reading a document fail on demand, so that tests see what becomes of the others. Only in builds with SAYSO_TEST_HOOKS
// (build/sayso_hooked); the program that is shipped does not hold it.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <signal.h>
#include <unistd.h>

namespace sayso {

// A document that holds “sayso-test: crash” crashes; so with abort, overflow (of the stack), spin, sleep, leak, exit, throw, bad_alloc, kill.
// One with “await FILE” is read once there is such a file, which one with “make FILE” makes; both names end with the line.
inline void obey_test_hook(std::string_view bytes) {
  constexpr std::string_view mark = "sayso-test: ";
  const size_t at = bytes.find(mark);
  if (at == std::string_view::npos) return;
  const std::string_view wish = bytes.substr(at + mark.size());
  const auto is = [&](std::string_view word) { return wish.starts_with(word); };
  char* volatile nowhere = nullptr;
  if (is("crash")) {
    *nowhere = 1;
  }
  if (is("abort")) std::abort();
  if (is("overflow")) {
    struct Deep {
      static int go(int n) {
        volatile char room[4096];
        room[0] = static_cast<char>(n);
        return n == -1 ? 0 : go(n + 1) + room[0];
      }
    };
    static_cast<void>(Deep::go(0));
  }
  volatile size_t turns = 0;
  while (is("spin")) turns = turns + 1;
  if (is("sleep"))
    for (;;) pause();
  if (is("leak"))
    for (std::vector<std::string> held;;) held.emplace_back(1 << 20, 'x');
  if (is("exit")) std::exit(3);
  if (is("throw")) throw std::runtime_error("a test asked for it");
  if (is("bad_alloc")) throw std::bad_alloc();
  if (is("kill")) kill(getpid(), 9);
  const auto named = [&] {
    const size_t begin = wish.find(' ') + 1;
    return std::string(wish.substr(begin, wish.find_first_of("\\\n", begin) - begin));  // a line of JSON has its end escaped
  };
  while (is("await ") && access(named().c_str(), F_OK) != 0) usleep(1000);
  if (is("make "))
    if (std::FILE* file = std::fopen(named().c_str(), "w")) std::fclose(file);
}

}  // namespace sayso
