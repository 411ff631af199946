#include "ingest/mail.h"

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

TEST_CASE("a mail that answers another") {
  const std::vector<Draft> drafts = read_mail(
      "From: =?utf-8?q?=C3=85se_Lund?= <ase@post.example>\r\nSubject: Re: The =?iso-8859-1?q?l=F6ck?=\r\nDate: Tue, 4 Mar 2025 09:30:00 +0100\r\n"
      "Message-ID: <2@post.example>\r\nIn-Reply-To: <1@post.example>\r\nReferences: <0@post.example> <1@post.example>\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "It is t=EFght.\r\nReally.\r\n\r\nOn Mon, 3 Mar 2025, Bo Ek wrote:\r\n> Is it tight?\r\n> > Who asks?\r\n>\r\n> Me.\r\n", {});
  REQUIRE(drafts.size() == 1);
  const Draft& draft = drafts[0];
  CHECK(!draft.error);
  CHECK(show_blocks(draft) == "headline: Re: The löck\nparagraph: It is tïght.\nReally.\nparagraph: On Mon, 3 Mar 2025, Bo Ek wrote:\n"
                              "quote: Is it tight?\nquote: Who asks?\nquote: Me.");
  CHECK(draft.metadata.title == "Re: The löck");
  CHECK(draft.metadata.authors == std::vector<std::string>{"Åse Lund"});
  CHECK(draft.metadata.published == "2025-03-04T09:30:00+01:00");
  CHECK(extra_of(draft, "reply_chain") ==
        R"({"message_id": "2@post.example", "in_reply_to": ["1@post.example"], "references": ["0@post.example", "1@post.example"], )"
                                          R"("quotations": [{"depth": 0, "line": "On Mon, 3 Mar 2025, Bo Ek wrote:"}]})");
}

// "Ann 2-4": who passed on which blocks.
std::string show_hops(const Draft& draft) {
  std::string out;
  for (const DraftHop& hop : draft.hops)
    out += (out.empty() ? "" : ", ") + hop.name + " " + std::to_string(hop.begin) + "-" + std::to_string(hop.end);
  return out;
}

std::string hops_of(const std::string& text, const std::string& type = "text/plain; charset=utf-8") {
  const std::vector<Draft> drafts = read_mail("From: a@post.example\nSubject: S\nContent-Type: " + type + "\n\n" + text, {});
  REQUIRE(drafts.size() == 1);
  return show_hops(drafts[0]);
}

TEST_CASE("who is quoted holds for the quotation, the innermost first") {
  CHECK(hops_of("Look.\n\nOn Mon, 3 Mar 2025 at 10:12, Bo Ek <bo@post.example> wrote:\n\n> It leaks.\n> On Sun, Mar 2, 2025 at 9:00 AM Ann Lee\n"
                "> <ann@post.example> wrote:\n> > The dam\n> > is old.\n> So it is.\n\nBye.\n") ==
        "Ann Lee 4-5, Bo Ek 3-6");
  CHECK(hops_of("On Tue, Mar 4, 2025 at 10:12 AM Ann Lee <ann@post.example>\nwrote:\n> Yes.\n") == "Ann Lee 2-3");
  CHECK(hops_of("Am 04.03.2025 um 10:12 schrieb Ann Lee:\n> Yes.\n") == "Ann Lee 2-3");
  CHECK(hops_of("Le mar. 4 mars 2025 à 10:12, Ann Lee <ann@post.example> a écrit :\n> Yes.\n") == "Ann Lee 2-3");
  CHECK(hops_of("On 4 March, ann@post.example wrote:\n> Yes.\n") == "ann@post.example 2-3");
  CHECK(hops_of("As Bo Ek once wrote:\n\nNobody knows.\n") == "");
  for (const char* nobody : {"In his long letter to us he wrote:", "Here is what the council wrote:", "On Tuesday Ann Lee wrote:"})
    CHECK_MESSAGE(hops_of(nobody + std::string("\n> It leaks.\n")) == "", nobody);
  CHECK(hops_of("On 3 March Ann Lee wrote:\n> It leaks.\n") == "Ann Lee 2-3");
  CHECK(hops_of("On 3 Mar 2025 at 10:12, Bo Ek, PhD wrote:\n> It leaks.\n") == "Bo Ek, PhD 2-3");
  CHECK(hops_of("Am 04.03.2025 um 10:12 schrieb Lee, Ann:\n> It leaks.\n") == "Lee, Ann 2-3");
  CHECK(hops_of("On 3 Mar 2025 at 10:12, Ann Lee via Dam List wrote:\n> It leaks.\n") == "Ann Lee 2-3");
  CHECK(hops_of("<p>Look.</p><p>On 4 March 2025, Bo Ek wrote:</p><blockquote><p>It leaks.</p><p>Truly.</p></blockquote><p>Bye.</p>", "text/html") ==
        "Bo Ek 3-5");
}

TEST_CASE("what is forwarded as text came from its sender") {
  CHECK(hops_of("FYI.\n\n---------- Forwarded message ---------\nFrom: Ann Lee <ann@post.example>\nDate: Tue, Mar 4, 2025\nSubject: The dam\n"
                "To: Bo Ek\n\nThe dam leaks.\n\n"
                "-----Original Message-----\nFrom: \"Dahl, Tor\" [mailto:tor@post.example]\nSent: Monday\nTo: Ann Lee\nSubject: dam\n\nIt does.\n") ==
                "Dahl, Tor 6-8, Ann Lee 3-8");
  CHECK(hops_of("From: the harbour to the town hall it is a mile.\n\nTo: nobody.\n") == "");
}

TEST_CASE("alternatives: the one that says more") {
  const auto blocks = [](const std::string& plain, const std::string& html) {
    const std::vector<Draft> drafts =
        read_mail("From: a@post.example\nSubject: S\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\n" + plain + "\n--y\nContent-Type: text/html\n\n" + html +
        "\n--y--\n--x\nContent-Type: text/plain\n\nThe list’s footer.\n--x--\n", {});
    REQUIRE(drafts.size() == 1);
    return show_blocks(drafts[0]);
  };
  const std::string html =
      "<html><body><h1>The dam</h1><p>The dam at Ostmark leaks, its warden said on Monday.</p><p>Nobody is in danger.</p></body></html>";
  const std::string all = "headline: S\nheading: The dam\nparagraph: The dam at Ostmark leaks, its warden said on Monday.\n"
                          "paragraph: Nobody is in danger.\nparagraph: The list’s footer.";
  CHECK(blocks("", html) == all);
  CHECK(blocks("View this mail in your browser:\nhttps://post.example/1?a=b\n", html) == all);
  CHECK(blocks("The dam\n\nThe dam at Ostmark leaks, its warden said on Monday.\n\nNobody is in danger.\n", html) ==
        "headline: S\nparagraph: The dam\nparagraph: The dam at Ostmark leaks, its warden said on Monday.\nparagraph: Nobody is in danger.\n"
        "paragraph: The list’s footer.");
  CHECK(blocks("See you at five.\n", "<p>See you at five.</p><p>Ann</p>") ==
        "headline: S\nparagraph: See you at five.\nparagraph: The list’s footer.");
}

TEST_CASE("parts: plain before HTML, attachments counted, attached messages read") {
  const std::vector<Draft> drafts = read_mail(
      "From: a@post.example\nSubject: S\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
      "--x\nContent-Type: multipart/alternative; boundary=y\n\n"
      "--y\nContent-Type: text/plain; format=flowed\n\nOne \nline.\n\n--y\nContent-Type: text/html\n\n<p>Not this.</p>\n--y--\n"
      "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--x\nContent-Type: message/rfc822\n\nFrom: b@post.example\n"
      "Message-ID: <i@x>\nSubject: Inner\n"
      "Content-Type: text/html\n\n<p>Inside.</p>\n--x--\n", {});
  REQUIRE(drafts.size() == 2);
  CHECK(show_blocks(drafts[0]) == "headline: S\nparagraph: One line.");
  CHECK(extra_of(drafts[0], "attachments") == "2");
  CHECK(drafts[0].metadata.authors == std::vector<std::string>{"a@post.example"});
  CHECK(show_blocks(drafts[1]) == "headline: Inner\nparagraph: Inside.");
  CHECK(drafts[1].member == "i@x");
}

TEST_CASE("what is made to do harm") {
  std::string bomb = "Subject: S\n";
  for (int i = 0; i < 300; ++i) bomb += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  const std::vector<Draft> drafts = read_mail(bomb, {});
  REQUIRE(drafts.size() == 1);
  REQUIRE(drafts[0].error);
  CHECK(drafts[0].error->sentence() == "the mail has more than 200 boundaries between its parts. It is made to do harm, or no mail.");
  const std::vector<Draft> head = read_mail("Subject: " + std::string(2'000'000, 'a') + "\n\nText.\n", {});
  REQUIRE(head[0].error);
  CHECK(head[0].error->kind == ErrorKind::bad_input);
}

}  // namespace
}  // namespace sayso
