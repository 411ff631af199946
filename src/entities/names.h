// How English writes names: titles before them, articles and possessives around them, and which two forms can be one person's or one body's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "document/document.h"

namespace sayso {

enum class Gender { male, female };

// The gender that a word alone tells, in lower case: “he”, “mrs”, “spokeswoman”.
std::optional<Gender> gender_of(const std::string& lower_case_word);

// The gender that a first name tells, in lower case; nothing for one that men and women have (“Robin”, “Kim”) and for what is unknown.
std::optional<Gender> gender_of_first_name(const std::string& lower_case_word);

// Is this a first name so well known that a capitalised word behind it makes a person's name? In lower case.
bool is_first_name(const std::string& lower_case_word);

// Is this a title that stands before a name (“Mr”, “Senator”, “Dr”)? In lower case, without a dot.
bool is_title(const std::string& lower_case_word);
// Is this one that no body has in its name in front of two more words (“Commissioner Ida Sund”)?
bool is_title_of_person(const std::string& lower_case_word);
// Is this a party's adjective (“Republican”), of which a capital alone makes no name? In lower case.
bool is_party_adjective(const std::string& lower_case_word);

// Is this what a body is (“association”, “campaign”, “hall”), so that a phrase that ends with it can be the body's name? In lower case.
bool is_body_word(const std::string& lower_case_word);
// Is this what companies are called by behind their name (“Calder Foods”)? In lower case.
bool is_company_word(const std::string& lower_case_word);
// Is this what a paper, broadcaster or the like is called by in small letters (“the daily ‘Vestrand Courier’”)? In lower case.
bool is_outlet_word(const std::string& lower_case_word);
// Is this what stands before a body's name in small letters (“the operator, Caldrail”, “the daily ‘Vestrand Courier’”)? In lower case.
bool is_body_description(const std::string& lower_case_word);

// The words right before what a state has (“Tessalia’s foreign minister”, “the Tessalian army”), as written. Linear.
std::unordered_set<std::string> find_governing(const Document& document);
// Does one of these say that this name is a state's, itself or by its adjective? One word alone.
bool is_state(const std::unordered_set<std::string>& governing, const std::string& name);

// `span` without an article or possessive pronoun in front, without a possessive ending, and without white space, commas and quotation
// marks at its ends.
// Empty when nothing is left.
Span trim_name(const Document& document, Span span);
// The same, and without titles in front (“Mr. Obama” -> “Obama”), unless nothing would be left.
Span trim_title(const Document& document, Span span);

// A name in a form in which names are compared: words in lower case, without titles, articles, possessives, dots and “Jr.”, “Inc.” and the like.
std::vector<std::string> name_words(std::string_view text);

// How two forms of a name stand to each other.
enum class NameMatch {
  none,      // nothing says that they are one
  conflict,  // they cannot be one: “Bill Clinton”, “Hillary Clinton”
  part,      // one is a short form of the other: “Brandt”, “Helga Brandt”
  same,
};
NameMatch match_persons(const std::vector<std::string>& a, const std::vector<std::string>& b);
NameMatch match_bodies(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace sayso
