// sayso limits: every limit that stands between an input and this machine.
#include <string>

#include <CLI/CLI.hpp>

#include "base/limits.h"
#include "cli/command.h"

namespace sayso {

Command add_limits_command(CLI::App& program) {
  CLI::App* limits = program.add_subcommand("limits", "List the limits that protect this machine from its inputs");
  limits->footer("Each is set with sayso read --limit NAME=N; units like 5MB are understood.\n\nExample:\n"
                 "  sayso read --limit document-bytes=50MB --limit milliseconds=5000 pages/");
  return [] {
    const Limits standard;
    std::string text;
    for (const LimitInfo& limit : limit_list()) {
      std::string name(limit.name), value = std::to_string(standard.*limit.member);
      name.resize(16, ' ');
      if (value.size() < 12) value.insert(0, 12 - value.size(), ' ');
      text.append(name).append(value).append("  ").append(limit.what).append("\n");
    }
    return print(text, all_read);
  };
}

}  // namespace sayso
