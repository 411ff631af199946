// Attributions that their grammar shows and that the model often misses, above all inside contents: who speaks, the verb group of a verb of
// saying, thinking, knowing or showing, and behind it, without a comma, the beginning of a clause: “that”, “whether”, “what” and the like, a
// pronoun or a noun phrase that begins one, or an opening quotation mark. Who speaks is a pronoun (“we’ve known that …”), a relative pronoun (“the
// crew who say that …”), a noun phrase that begins its clause (“old letters show that …”), or nobody (“it is feared that …”). Also the clause
// around “, I think,”.
//
// Why: “Nobody likes the plan, but we’ve known that the lock leaks, and she still doesn’t think it will hold,” Lund said. Training data marks what
// Lund said and seldom what stands in it, so the model, good as it is at the outer cue, is shy of “’ve known” and “doesn’t think”.
//
// And what somebody else is set on, in contents and outside: “The families intend to sue”, “two owners threatened to sell”.
//
// It is as shy where texts are unlike its training data, as textbooks, talks and papers are: “We conclude that the lock was sound.” There, outside of
// contents, only a clause with “that” is read.
//
// What is no clause behind the verb attributes nothing here: “it is late, you know,”, “I mean we tried”, “we know the harbour”, “they found it
// empty”, “he knows how to swim”, “do you think it leaks?”. Nouns attribute nothing either: “the report that it leaks”.
#pragma once

#include <vector>

#include "attribution/cue_list.h"
#include "document/document.h"

namespace sayso {

enum class ClausesWhere {
  inside,  // the content of one of the attributions
  outside  // all of them; only what somebody is set on and clauses with “that”, since there the model is at home
};

// Adds those that stand there where none of `attributions` has its cue yet; no cue holds a word at which one of `user_cues`' (nullptr: none) stops
// stands. Reads: text, tokens, sentences, quotes. O(n log n) in words and attributions.
void add_by_clause(const Document& document, ClausesWhere where, const CueList* user_cues, std::vector<Attribution>& attributions);

// The confidence that each of them gets.
double clause_rule_confidence();

}  // namespace sayso
