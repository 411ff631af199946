#include "cli/arguments.h"

#include <algorithm>
#include <charconv>

#include "cli/screen.h"

namespace sayso {
namespace {

constexpr size_t help_columns = 80, description_column = 24;

// `text` with line breaks, so that what stands behind `margin` columns stays within help_columns. The first line is in place.
std::string wrap(const std::string& text, size_t margin) {
  std::string out;
  size_t used = margin;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const size_t columns = columns_of(std::string_view(text).substr(at, end - at));
    if (at > 0) {
      const bool fits = used + 1 + columns <= help_columns;
      out += fits ? " " : "\n" + std::string(margin, ' ');
      used = fits ? used + 1 : margin;
    }
    out.append(text, at, end - at);
    used += columns;
    at = end + 1;
  }
  return out;
}

std::string entry(const std::string& name, const std::string& description) {
  std::string out = "  " + name;
  if (out.size() + 2 > description_column) out += "\n" + std::string(description_column, ' ');
  else out.resize(description_column, ' ');
  return out + wrap(description, description_column) + "\n";
}

class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string) const override {
    const bool command = app->get_parent() != nullptr;
    std::string usage = "Usage: " + (command ? app->get_parent()->get_name() + " " : "") + app->get_name() + " [OPTION]…";
    for (const CLI::Option* option : app->get_options())
      if (option->get_positional())
        usage += (option->get_required() ? " " + option->get_type_name() : " [" + option->get_type_name() + "]") +
                 (option->get_items_expected_max() > 1 ? "…" : "");
    return usage + (command ? "\n" : " COMMAND\n");
  }
  std::string make_option(const CLI::Option* option, bool positional) const override {
    std::string name = positional ? option->get_type_name() : option->get_name(false, true);
    if (const size_t comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
    if (!positional && option->get_items_expected_max() > 0) name += " " + option->get_type_name();
    return entry(name, option->get_description());
  }
  std::string make_subcommand(const CLI::App* command) const override { return entry(command->get_name(), command->get_description()); }
};

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  const auto check = [words = std::move(words), list](std::string& value) {
    return std::find(words.begin(), words.end(), value) != words.end() ? "" : "\"" + value + "\" is none of: " + list;
  };
  return CLI::Validator(check, "");
}

CLI::Validator whole_number(uint64_t least, uint64_t most, bool size) {
  const auto check = [=](std::string& value) -> std::string {
    uint64_t number = 0, factor = 1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    std::string unit(static_cast<const char*>(end), static_cast<const char*>(value.data() + value.size()));
    if (size && !unit.empty()) {
      for (char& c : unit) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      if (unit.back() == 'b') unit.pop_back();
      const bool binary = unit.size() == 2 && unit.back() == 'i';
      if (binary) unit.pop_back();
      const size_t power = unit.empty() ? 0 : std::string_view("kmg").find(unit) + 1;
      for (size_t i = 0; i < power && power <= 3; ++i) factor *= binary ? 1024 : 1000;
      if (power >= 1 && power <= 3) unit.clear();
    }
    if (error != std::errc() || !unit.empty() || number < (least + factor - 1) / factor || number > most / factor)
      return "\"" + value + "\" is no " + (size ? "size" : "whole number") + " from " + std::to_string(least) + " to " + std::to_string(most);
    value = std::to_string(number * factor);
    return "";
  };
  return CLI::Validator(check, "");
}

std::shared_ptr<CLI::Formatter> help_formatter() {
  auto formatter = std::make_shared<HelpFormatter>();
  formatter->label("Positionals", "Arguments");
  return formatter;
}

std::string sentence_of(const CLI::ParseError& error, const CLI::App& program) {
  const auto chosen = program.get_subcommands();
  std::string sentence = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !program.remaining(true).empty())
    sentence = std::string("there is no ") + (chosen.empty() ? "command" : "option") + " \"" + program.remaining(true).front() + "\"";
  return sentence + ". Try: sayso " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
}

}  // namespace sayso
