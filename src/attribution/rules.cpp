#include "attribution/rules.h"

namespace sayso {

void apply_rules(const Document&, std::vector<Attribution>&) {}

}  // namespace sayso
