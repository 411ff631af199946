// How the command line is checked and explained: CLI11's parts, with sentences of our own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace sayso {

// Accepts one of `words`.
CLI::Validator one_of(std::vector<std::string> words);

// Accepts a whole number from `least` to `most`; with `size`, also 5MB, 5MiB, 5G and the like, as bytes.
CLI::Validator whole_number(uint64_t least, uint64_t most, bool size = false);

// Help in 80 columns, an option with its name for the value and its description, and nothing else.
std::shared_ptr<CLI::Formatter> help_formatter();

// What was wrong with the command line, as a sentence.
std::string sentence_of(const CLI::ParseError& error, const CLI::App& program);

}  // namespace sayso
