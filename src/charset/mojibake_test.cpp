#include "charset/mojibake.h"

#include <doctest/doctest.h>

#include <string>

#include "charset/charset.h"

namespace sayso {
namespace {

TEST_CASE("UTF-8 read as windows-1252 or Latin-1 is counted, and the first is pointed at") {
  const Damage damage = find_mojibake("Rain. â€œYes,â€ she said, cafÃ© â‚¬5");
  CHECK(damage.count == 3);  // of “â€” the last byte, 9D, was lost
  CHECK(damage.first == 6);
  CHECK(std::string_view("Rain. â€œYes").substr(damage.first, damage.first_size) == "â€œ");
  CHECK(find_mojibake("\u00E2\u0080\u009Cyes").count == 1);
  CHECK(find_mojibake("5Â£").count == 1);
  CHECK(find_mojibake("informaciÃ³n, vocÃª, byÅ‚").count == 3);
  CHECK(find_mojibake("ÐœÐ¸Ð½Ð¸ÑÑ‚Ñ€").count >= 4);
  CHECK(find_mojibake("ï»¿Rain").count == 1);
  CHECK(find_mojibake("ðŸ˜€").count == 1);
  CHECK(find_mojibake("â„¢").count == 1);
}

TEST_CASE("every text of another encoding's letters, spoiled, is noticed") {
  for (const char* sound : {"“It is tight,” Åse Lund said – and José agreed.", "Der Hafen öffnet früher, sagt Müller",
                            "Министр сказал, что порт откроют", "大臣は港が月曜に開くと言った", "장관은 항구가 열린다고 말했다", "Υπουργός: το λιμάνι ανοίγει",
                            "الوزير قال إن الميناء يفتح"}) {
    const std::string spoiled = decode(sound, Encoding::windows_1252).text;
    CHECK_MESSAGE(find_mojibake(spoiled).count > 0, sound);
    CHECK_MESSAGE(find_mojibake(sound).count == 0, sound);
  }
}

TEST_CASE("letters that languages write are none") {
  for (const char* sound : {"NÃO HÁ. A IRMû DISSE “MANHÔ, AMANHÃ… E A MAÇÕ", "voilà », « à… », déjà » – là » et l’É…",
                            "ĐÃ, “NGÔ; Ã, Â, Ê, Ô: Â» và Ã«", "IR\u00ADMÃ\u00ADOS", "«Â», Â·, Ã®", "Ûžice, Úštěk, Äš", "JÄ… ÄRGER“, GRÖẞE”", "CAFɴS",
                            "ESPAÑA”, ¡OLÉ¡ ¿QUÉ¿ Ñ»", "â à ê î ô û é è ç ï ü ð þ Ð Þ", "5 ×2", "Åsa Å– och Ä—", "ISTANBUL’DA Î…",
                            "SÃO, JOÃO’S; “JOÔ", ""})
    CHECK_MESSAGE(find_mojibake(sound).count == 0, sound);
}

TEST_CASE("references that were escaped twice") {
  const Damage damage = find_escaped_entities("He said &quot;no&quot; &amp; left; &#8217;s &#x2019;s &nbsp;");
  CHECK(damage.count == 6);
  CHECK(damage.first == 8);
  CHECK(damage.first_size == 6);
  CHECK(find_escaped_entities("AT&T; R&D; Q&A & so; &; &#; &#1; &#x; &#xg1; &unknownthing; &amp").count == 0);
}

}  // namespace
}  // namespace sayso
