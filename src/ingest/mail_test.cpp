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
  CHECK(show_blocks(draft) == "headline: Re: The löck\nparagraph: It is tïght.\nReally.\nparagraph: On Mon, 3 Mar 2025, Bo Ek wrote:\nquote: Is it tight?\nquote: Who asks?\nquote: Me.");
  CHECK(draft.metadata.title == "Re: The löck");
  CHECK(draft.metadata.authors == std::vector<std::string>{"Åse Lund"});
  CHECK(draft.metadata.published == "2025-03-04T09:30:00+01:00");
  CHECK(extra_of(draft, "reply_chain") == R"({"message_id": "2@post.example", "in_reply_to": ["1@post.example"], "references": ["0@post.example", "1@post.example"], )"
                                          R"("quotations": [{"depth": 0, "line": "On Mon, 3 Mar 2025, Bo Ek wrote:"}]})");
}

TEST_CASE("parts: plain before HTML, attachments counted, attached messages read") {
  const std::vector<Draft> drafts = read_mail(
      "From: a@post.example\nSubject: S\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n"
      "--y\nContent-Type: text/plain; format=flowed\n\nOne \nline.\n\n--y\nContent-Type: text/html\n\n<p>Not this.</p>\n--y--\n"
      "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--x\nContent-Type: message/rfc822\n\nFrom: b@post.example\nMessage-ID: <i@x>\nSubject: Inner\n"
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
