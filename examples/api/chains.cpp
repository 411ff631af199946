// Prints for each attribution of an article through whom it came and how firm it is, a line each: chains FILE
#include <fstream>
#include <iostream>
#include <iterator>

#include <sayso/sayso.h>

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: chains FILE\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << "chains: " << arguments[1] << " cannot be read.\n";
    return 1;
  }
  try {
    const auto reading = sayso::api::Reader::load().read(bytes, arguments[1]);
    for (const auto& attribution : reading.attributions()) {
      std::cout << attribution.id;
      if (attribution.provenance) {
        const char* before = " ";
        for (const std::string& link : attribution.provenance->chain) {
          const auto* entity = reading.entity(link);
          std::cout << before << (entity && entity->name ? *entity->name : link);
          before = " > ";
        }
      }
      if (attribution.factuality) {
        std::cout << ": " << attribution.factuality->polarity << ", " << attribution.factuality->modality;
        if (attribution.factuality->hearsay) std::cout << ", hearsay";
        for (const auto& marker : attribution.factuality->markers) std::cout << " (" << marker.text << ')';
      }
      std::cout << '\n';
    }
  } catch (const sayso::api::Error& error) {
    std::cerr << "chains: " << error.what() << '\n';
    return 1;
  }
}
