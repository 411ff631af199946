// What words alone tell: the type of a cue, the kind of a source. Facts about English, kept as lists; the rule for using them
// stands with each function.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "document/document.h"

namespace sayso {

// Type by the cue's words and the content's first ones (lower case, words_of): wanting, ordering, planning -> eventuality; thinking -> belief;
// knowing -> fact; else assertion. "asked to leave" is an eventuality, "asked whether" an assertion; so are a direct quotation's words, unless they
// begin with "to".
AttributionType type_of(const std::vector<std::string>& cue, const std::vector<std::string>& content, bool direct);

// Does a phrase of a noun end before this word, as a clause without its verb does: “documents [unsealed] last week”,
// “residents [reached] by telephone”?
bool ends_phrase(const std::string& lower_case_word, const std::string& next);

// Kind by the source's head: the last word before a preposition, comma or clause. `words` as written; `quoted_name`: the whole is a
// name in title case.
SourceKind kind_of(const std::vector<std::string>& words_as_written);

// Is this a form of a plain verb of saying (“said”, “went” as in “went on”)?
bool is_saying_verb(const std::string& lower_case_word);

// Does one of these words plainly report saying, thinking, knowing or wanting? Inside contents, where the model was never shown what is none, a cue
// must have such a word.
bool plainly_attributes(const std::vector<std::string>& cue);

// Do the words behind a cue begin a clause: “that the lock leaks”, “how it leaks”, “it leaks badly”? A plain noun phrase or “to …” is none.
bool is_clause(const std::vector<std::string>& words);

// Do the words behind a cue name a thing: “the lock”, “no respect for anybody”? “The lock leaking”, “the owners to sell”, “the plan as a mistake” and
// what has a finite verb that shows itself say something of the thing.
bool is_thing(const std::vector<std::string>& words);

// Is nothing attributed when this cue has a thing behind it: “we saw her”, “he shows no respect”, “they tell lies”, “she expects a child”?
bool takes_no_thing(const std::vector<std::string>& cue, const std::vector<std::string>& thing);

// Is this one of these verbs or nouns, or a form of one (“denied” of deny)?
bool is_form_of(const std::string& lower_case_word, const std::unordered_set<std::string_view>& verbs);

// The verb that `is_known` and that this may be a form of (“denied” -> deny), or nothing.
std::string base_form_among(const std::string& lower_case_word, const std::function<bool(const std::string&)>& is_known);

// Is this a verb that hardly ever does anything but attribute, in a form that ends a clause (“said”, “warns”)?
bool is_plain_cue(const std::string& lower_case_word);

// Is this what is done to somebody who is told something (“told”, “advised”, “warned”)?
bool is_participle_of_telling(const std::string& lower_case_word);

// Is this a form of “hear”? Who hears is not the source (FORMAT, rule 6).
bool is_hearing_verb(const std::string& lower_case_word);

// Is this word a role that speaks (“minister”, “police”, “report”), so that “Minister: …” in a headline attributes?
bool is_speaking_role(const std::string& lower_case_word);

}  // namespace sayso
