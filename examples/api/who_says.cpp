// Prints who says what in an article, or in each one of a feed or archive, a line each: who_says FILE
#include <fstream>
#include <iostream>
#include <iterator>

#include <sayso/sayso.h>

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: who_says FILE\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << "who_says: " << arguments[1] << " cannot be read.\n";
    return 1;
  }
  try {
    const auto reader = sayso::api::Reader::load();
    for (const auto& reading : reader.read_all(bytes, arguments[1])) {  // read() reads one document
      if (!reading.member().empty()) std::cout << "-- " << reading.member() << '\n';
      if (reading.error()) std::cerr << "who_says: " << reading.error()->what() << '\n';
      for (const auto& warning : reading.warnings()) std::cerr << "who_says: " << warning.what << '\n';
      for (const auto& attribution : reading.attributions()) {
        std::cout << attribution.id << ' ' << (attribution.source ? attribution.source->text : "(nobody named)");
        if (attribution.cue) std::cout << " [" << attribution.cue->text << ']';
        std::cout << ": " << attribution.content.text << '\n';
      }
    }
  } catch (const sayso::api::Error& error) {
    std::cerr << "who_says: " << error.what() << '\n';
    return 1;
  }
}
