// E-mail, by GMime.
#pragma once

#include <string_view>
#include <vector>

#include "base/limits.h"
#include "ingest/draft.h"

namespace sayso {

// One draft for the message, and one behind it for each message attached to it. The text is its text/plain parts, or HTML where there is no
// plain form; lines that quote another message (“> ”) are quote blocks. Other parts are passed over and counted in `extra`: "attachments".
// `extra` has "reply_chain" where the message answers another: message_id, in_reply_to, references (oldest first), and the lines that say
// whom it quotes ("On … Ann Lee wrote:") with the depth at which they stand.
// Errors: bad_input (headers beyond limits.header_bytes, too many parts inside each other), corrupt (no message).
std::vector<Draft> read_mail(std::string_view bytes, const Limits& limits);

}  // namespace sayso
