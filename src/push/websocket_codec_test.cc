#include "push/websocket_codec.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "push/deflate.h"

namespace pastille::push {
namespace {

constexpr std::size_t kLimit = 64 * 1024;
constexpr std::string_view kMask = "\x37\xfa\x21\x3d";

// A masked frame as a client writes it.
std::string client_frame(unsigned first_byte, std::string_view payload) {
  std::string frame(1, static_cast<char>(first_byte));
  const std::string header(frame_header(Opcode::kText, payload.size()).view());
  frame += static_cast<char>(static_cast<unsigned char>(header[1]) | 0x80);
  frame += header.substr(2);
  frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ kMask[i % 4]);
  }
  return frame;
}

// What a parser makes of the bytes, as lines, when they come in pieces of `step`.
std::vector<std::string> heard(std::string bytes, std::size_t step, bool deflate = false) {
  WebSocketParser parser(kLimit, deflate);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<char> piece(bytes.data() + at, std::min(step, bytes.size() - at));
    while (true) {
      const Incoming event = parser.next(piece);
      if (std::holds_alternative<NeedMore>(event)) break;
      if (const auto* text = std::get_if<TextMessage>(&event)) {
        lines.push_back("text " + std::string(text->text));
      } else if (const auto* ping = std::get_if<Ping>(&event)) {
        lines.push_back("ping " + std::string(ping->payload));
      } else if (std::holds_alternative<Pong>(event)) {
        lines.push_back("pong");
      } else if (std::holds_alternative<EmptyFragment>(event)) {
        lines.push_back("empty");
      } else if (const auto* close = std::get_if<CloseAsked>(&event)) {
        lines.push_back("close " + std::to_string(close->code));
        return lines;
      } else {
        lines.push_back("broken " + std::to_string(std::get<Broken>(event).code));
        return lines;
      }
    }
  }
  return lines;
}

std::vector<std::string> heard(const std::string& bytes) {
  const auto whole = heard(bytes, bytes.size() + 1);
  for (const std::size_t step : {1U, 2U, 3U, 7U}) EXPECT_EQ(heard(bytes, step), whole) << step;
  return whole;
}
// The same where compressed messages were agreed on.
std::vector<std::string> heard_deflated(const std::string& bytes) {
  const auto whole = heard(bytes, bytes.size() + 1, true);
  for (const std::size_t step : {1U, 2U, 7U}) EXPECT_EQ(heard(bytes, step, true), whole) << step;
  return whole;
}

using Lines = std::vector<std::string>;

TEST(WebSocketParser, TakesATextMessage_5_7) {
  EXPECT_EQ(heard(client_frame(0x81, "Hello")), Lines{"text Hello"});
  EXPECT_EQ(heard(client_frame(0x81, "")), Lines{"text "});
}

TEST(WebSocketParser, JoinsFragmentsAndTakesControlFramesBetweenThem_5_4) {
  EXPECT_EQ(heard(client_frame(0x01, "Hel") + client_frame(0x89, "now") + client_frame(0x00, "l") +
                  client_frame(0x8A, "x") + client_frame(0x80, "o")),
            (Lines{"ping now", "pong", "text Hello"}));
}

TEST(WebSocketParser, RefusesAContinuationOfNothingAndAMessageWithinAnother_5_4) {
  EXPECT_EQ(heard(client_frame(0x80, "x")), Lines{"broken 1002"});
  EXPECT_EQ(heard(client_frame(0x01, "x") + client_frame(0x81, "y")), Lines{"broken 1002"});
}

TEST(WebSocketParser, ReportsFragmentsThatBringNothing_5_4) {
  EXPECT_EQ(heard(client_frame(0x01, "") + client_frame(0x00, "") + client_frame(0x80, "a")),
            (Lines{"empty", "empty", "text a"}));
}

TEST(WebSocketParser, RefusesFramesWithoutMask_5_1) {
  EXPECT_EQ(heard(std::string("\x81\x05Hello", 7)), Lines{"broken 1002"});
}

TEST(WebSocketParser, RefusesReservedBitsAndOpcodes_5_2) {
  for (const unsigned first : {0xC1U, 0xA1U, 0x91U, 0x83U, 0x87U, 0x8BU, 0x8FU}) {
    EXPECT_EQ(heard(client_frame(first, "x")), Lines{"broken 1002"}) << first;
  }
}

TEST(WebSocketParser, RefusesBinaryFrames) {
  EXPECT_EQ(heard(client_frame(0x82, "x")), Lines{"broken 1003"});
}

TEST(WebSocketParser, RefusesLengthsThatAreNotTheShortest_5_2) {
  EXPECT_EQ(heard(std::string("\x81\xFE\x00\x7D", 4) + std::string(kMask)), Lines{"broken 1002"});
  EXPECT_EQ(heard(std::string("\x81\xFF\x00\x00\x00\x00\x00\x00\xFF\xFF", 10) + std::string(kMask)),
            Lines{"broken 1002"});
  EXPECT_EQ(heard(std::string("\x81\xFF\x80\x00\x00\x00\x00\x00\xFF\xFF", 10) + std::string(kMask)),
            Lines{"broken 1002"});
}

TEST(WebSocketParser, TakesEachFormOfLength_5_2) {
  for (const std::size_t size : {125U, 126U, 127U, 65'535U, 65'536U}) {
    const std::string text(size, 'a');
    EXPECT_EQ(heard(client_frame(0x81, text), 4096), Lines{"text " + text}) << size;
  }
}

TEST(WebSocketParser, TakesMessagesOf64KBAndNoMore) {
  const std::string full(kLimit, 'a');
  EXPECT_EQ(heard(client_frame(0x81, full), kLimit), Lines{"text " + full});
  EXPECT_EQ(heard(client_frame(0x81, full + "a"), kLimit), Lines{"broken 1009"});
  EXPECT_EQ(heard(client_frame(0x01, full) + client_frame(0x80, ""), kLimit),
            Lines{"text " + full});
  EXPECT_EQ(heard(client_frame(0x01, full) + client_frame(0x80, "a"), kLimit),
            Lines{"broken 1009"});
}

TEST(WebSocketParser, RefusesLargeAndFragmentedControlFrames_5_5) {
  EXPECT_EQ(heard(client_frame(0x89, std::string(125, 'p'))),
            Lines{"ping " + std::string(125, 'p')});
  EXPECT_EQ(heard(client_frame(0x89, std::string(126, 'p'))), Lines{"broken 1002"});
  EXPECT_EQ(heard(client_frame(0x09, "p")), Lines{"broken 1002"});
}

TEST(WebSocketParser, ReadsCloseCodes_5_5_1) {
  EXPECT_EQ(heard(client_frame(0x88, "")), Lines{"close 1005"});
  EXPECT_EQ(heard(client_frame(0x88,
                               "\x03\xE8"
                               "bye")),
            Lines{"close 1000"});
  EXPECT_EQ(heard(client_frame(0x88, "\x03")), Lines{"broken 1002"});
  EXPECT_EQ(heard(client_frame(0x88, "\x03\xE8\xFF")), Lines{"broken 1007"});
}

TEST(WebSocketParser, KnowsWhichCloseCodesMayBeSent_7_4) {
  for (const unsigned code : {1000U, 1003U, 1007U, 1011U, 1014U, 3000U, 4999U}) {
    EXPECT_TRUE(is_close_code(static_cast<std::uint16_t>(code))) << code;
  }
  for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1015U, 2999U, 5000U}) {
    EXPECT_FALSE(is_close_code(static_cast<std::uint16_t>(code))) << code;
  }
  EXPECT_EQ(heard(client_frame(0x88, std::string("\x03\xED", 2))), Lines{"broken 1002"});
}

TEST(WebSocketParser, ChecksUtf8AcrossFragments_8_1) {
  EXPECT_EQ(heard(client_frame(0x01, "\xE2\x82") + client_frame(0x80, "\xAC")),
            Lines{"text \xE2\x82\xAC"});
  EXPECT_EQ(heard(client_frame(0x01, "\xE2\x82") + client_frame(0x80, "a")), Lines{"broken 1007"});
  EXPECT_EQ(heard(client_frame(0x81, "\xE2\x82")), Lines{"broken 1007"});
}

// The payload of a compressed message.
std::string packed(std::string_view text) { return deflated(text) + std::string(kDeflateEnd); }

TEST(WebSocketParser, TakesCompressedMessagesBesideOthers_7692_6) {
  EXPECT_EQ(heard_deflated(client_frame(0xC1, packed("Hello")) + client_frame(0x81, "there")),
            (Lines{"text Hello", "text there"}));
  EXPECT_EQ(heard_deflated(client_frame(0xC1, packed(""))), Lines{"text "});
}

TEST(WebSocketParser, JoinsCompressedFragmentsAroundControlFrames_7692_6_1) {
  const std::string payload = packed("Hello Hello");
  EXPECT_EQ(heard_deflated(client_frame(0x41, payload.substr(0, 4)) + client_frame(0x89, "now") +
                           client_frame(0x80, payload.substr(4)) + client_frame(0x81, "x")),
            (Lines{"ping now", "text Hello Hello", "text x"}));
}

TEST(WebSocketParser, RefusesCompressionWhereItMayNotBe_7692_6_1) {
  EXPECT_EQ(heard(client_frame(0xC1, packed("Hello"))), Lines{"broken 1002"});  // not agreed on
  EXPECT_EQ(heard_deflated(client_frame(0xC9, "ping")), Lines{"broken 1002"});
  EXPECT_EQ(heard_deflated(client_frame(0xA1, "x")), Lines{"broken 1002"});
  EXPECT_EQ(heard_deflated(client_frame(0x41, packed("a")) + client_frame(0xC0, "")),
            Lines{"broken 1002"});
}

TEST(WebSocketParser, RefusesCompressedTextThatIsBrokenOrNoUtf8) {
  EXPECT_EQ(heard_deflated(client_frame(0xC1, "\xFF\xFF\xFF")), Lines{"broken 1007"});
  EXPECT_EQ(heard_deflated(client_frame(0xC1, packed("\xE2\x82"))), Lines{"broken 1007"});
}

TEST(WebSocketParser, LimitsWhatACompressedMessageBecomes) {
  const std::string full(kLimit, 'a');
  EXPECT_EQ(heard_deflated(client_frame(0xC1, packed(full))), Lines{"text " + full});
  EXPECT_EQ(heard_deflated(client_frame(0xC1, packed(full + "a"))), Lines{"broken 1009"});
}

TEST(WebSocketParser, HoldsNoMemoryBetweenMessages) {
  WebSocketParser parser(kLimit);
  std::string bytes = client_frame(0x81, std::string(1000, 'a'));
  std::span<char> first(bytes.data(), 500);
  EXPECT_TRUE(std::holds_alternative<NeedMore>(parser.next(first)));
  EXPECT_FALSE(parser.idle());
  std::span<char> second(bytes.data() + 500, bytes.size() - 500);
  EXPECT_TRUE(std::holds_alternative<TextMessage>(parser.next(second)));
  EXPECT_TRUE(std::holds_alternative<NeedMore>(parser.next(second)));
  EXPECT_TRUE(parser.idle());
}

TEST(Utf8Check, KnowsTheEdgesOfEachForm) {
  for (const std::string_view good :
       {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(FrameHeader, IsUnmaskedAndOfTheShortestForm) {
  EXPECT_EQ(frame_header(Opcode::kText, 5).view(), "\x81\x05");
  EXPECT_EQ(frame_header(Opcode::kText, 126).view(), std::string("\x81\x7E\x00\x7E", 4));
  EXPECT_EQ(frame_header(Opcode::kText, 65'536).view(),
            std::string("\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00", 10));
  EXPECT_EQ(frame_header(Opcode::kText, 5, true).view(), "\xC1\x05");
}

TEST(CloseFrame, CutsAReasonBetweenCharacters) {
  const std::string reason = std::string(122, 'a') + "\xC3\xA9";
  EXPECT_EQ(close_frame(4400, reason), std::string("\x88\x7C\x11\x30", 4) + std::string(122, 'a'));
  EXPECT_EQ(close_frame(close_code::kNoCode, ""), std::string("\x88\x00", 2));
}

}  // namespace
}  // namespace pastille::push
