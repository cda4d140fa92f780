#include "http/websocket_handshake.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

Request upgrade() {
  Request request;
  request.fields = {{"connection", "keep-alive, Upgrade"},
                    {"upgrade", "WebSocket"},
                    {"sec-websocket-version", "13"},
                    {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="},
                    {"sec-websocket-protocol", "other, pastille.v1"}};
  return request;
}

TEST(WebSocketHandshake, AnswersTheKeyOfTheRfc) {
  const auto response = accept_websocket(upgrade());
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 101);
  EXPECT_EQ(response->fields[2].second, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(response->fields[3].second, "pastille.v1");
}

TEST(WebSocketHandshake, AgreesToCompressionThatKeepsNothingBetweenMessages) {
  const auto answer_to = [](const char* offer) {
    Request request = upgrade();
    request.fields.emplace_back("sec-websocket-extensions", offer);
    EXPECT_EQ(accept_websocket(request)->fields.size(), offers_deflate(request) ? 5U : 4U);
    return offers_deflate(request);
  };
  EXPECT_TRUE(answer_to("permessage-deflate; client_max_window_bits"));  // Chromium, ws
  EXPECT_TRUE(answer_to("permessage-deflate"));                          // Firefox
  EXPECT_TRUE(answer_to("x-other, permessage-deflate;client_max_window_bits=10"));
  EXPECT_TRUE(
      answer_to("permessage-deflate; server_max_window_bits=9, permessage-deflate; "
                "server_no_context_takeover"));
  EXPECT_FALSE(answer_to("permessage-deflate; server_max_window_bits=9"));
  EXPECT_FALSE(answer_to("permessage-deflate; new=1"));
  EXPECT_FALSE(answer_to("permessage-deflate; client_no_context_takeover=1"));
  EXPECT_FALSE(
      answer_to("permessage-deflate; server_no_context_takeover; "
                "server_no_context_takeover"));
  EXPECT_FALSE(answer_to("x-webkit-deflate-frame"));
}

TEST(WebSocketHandshake, RefusesWhatIsNoRightUpgrade) {
  const auto without = [](std::size_t field, const char* value) {
    Request request = upgrade();
    request.fields[field].second = value;
    return accept_websocket(request);
  };
  EXPECT_FALSE(without(0, "keep-alive"));
  EXPECT_FALSE(without(1, "h2c"));
  EXPECT_FALSE(without(2, "8"));
  EXPECT_FALSE(without(3, "short=="));
  EXPECT_FALSE(without(3, "dGhlIHNhbXBsZSBub25jZQ"));
  EXPECT_FALSE(without(4, "pastille.v2"));
  EXPECT_FALSE(without(4, ""));
}

}  // namespace
}  // namespace pastille::http
