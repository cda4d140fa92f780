#include "server/log.h"

#include <gtest/gtest.h>

namespace pastille::server {
namespace {

constexpr std::string_view kTime = "2026-11-23T06:30:00.000Z";

TEST(LogTest, ALineOfTextQuotesWhatIsNotPlain) {
  EXPECT_EQ(log_line(LogFormat::kText, kTime, LogLevel::kInfo, "request",
                     {{"status", std::int64_t{200}},
                      {"route", "/api/v1/me"},
                      {"why", "two\nlines and \"quotes\""},
                      {"nothing", ""}}),
            "2026-11-23T06:30:00.000Z info request status=200 route=/api/v1/me "
            "why=\"two\\nlines and \\\"quotes\\\"\" nothing=\"\"");
}

TEST(LogTest, ALineOfJsonIsOneObject) {
  EXPECT_EQ(log_line(LogFormat::kJson, kTime, LogLevel::kError, "failed",
                     {{"count", std::int64_t{2}}, {"why", "a\tb"}}),
            R"({"time":"2026-11-23T06:30:00.000Z","level":"error","event":"failed",)"
            R"("count":2,"why":"a\tb"})");
}

TEST(LogTest, ALineShowsBytesThatAreNoTextAndControlsAsReplaced) {
  const std::string_view bytes("\xff\x1b[2J\u009b\x7f\0", 9);
  const std::string mark = "\xef\xbf\xbd";
  const std::string shown = mark + mark + "[2J" + mark + mark + mark;
  EXPECT_EQ(log_line(LogFormat::kText, kTime, LogLevel::kInfo, "request", {{"path", bytes}}),
            "2026-11-23T06:30:00.000Z info request path=" + shown);
  EXPECT_EQ(log_line(LogFormat::kJson, kTime, LogLevel::kInfo, "request", {{"path", bytes}}),
            R"({"time":"2026-11-23T06:30:00.000Z","level":"info","event":"request","path":")" +
                shown + "\"}");
}

TEST(LogTest, WhatIsBelowTheLevelIsNotWritten) {
  const Log log(LogFormat::kText, LogLevel::kWarning);
  EXPECT_FALSE(log.writes(LogLevel::kInfo));
  EXPECT_TRUE(log.writes(LogLevel::kWarning));
}

}  // namespace
}  // namespace pastille::server
