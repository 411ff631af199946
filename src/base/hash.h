// SHA-256, by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace sayso {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace sayso
