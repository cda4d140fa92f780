#include "server/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "sqlite/temporary_directory.h"

namespace pastille::server {
namespace {

using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  std::expected<Config, std::string> with_file(const std::string& text) {
    file_ = folder_.path() / "pastille.toml";
    std::ofstream(file_) << text;
    sources_.file = file_;
    return read_config(sources_);
  }
  std::string fault_of(const std::string& text) {
    const auto config = with_file(text);
    EXPECT_FALSE(config.has_value()) << text;
    return config ? "" : config.error();
  }

  TemporaryDirectory folder_;
  std::filesystem::path file_;
  ConfigSources sources_;
};

TEST_F(ConfigTest, EverySettingHasItsDefault) {
  const auto config = read_config({});
  ASSERT_TRUE(config);
  EXPECT_EQ(to_text(config->listen), "127.0.0.1:8080");
  EXPECT_EQ(config->organisation.grace, std::chrono::seconds(30));
  EXPECT_EQ(config->heartbeat, std::chrono::seconds(25));
  EXPECT_EQ(config->organisation.session_idle, std::chrono::hours(14));
  EXPECT_FALSE(config->metrics_listen);
}

TEST_F(ConfigTest, AFlagWinsOverTheEnvironmentAndThatOverTheFile) {
  sources_.environment["PASTILLE_LISTEN"] = "127.0.0.1:2";
  sources_.environment["PASTILLE_PRESENCE_GRACE_S"] = "7";
  sources_.flags["listen"] = "127.0.0.1:3";
  const auto config =
      with_file("listen = '127.0.0.1:1'\nlog_format = 'json'\n[presence]\ngrace_s = 5\n");
  ASSERT_TRUE(config) << config.error();
  EXPECT_EQ(config->listen.port, 3);
  EXPECT_EQ(config->organisation.grace, std::chrono::seconds(7));
  EXPECT_EQ(config->log_format, LogFormat::kJson);
}

TEST_F(ConfigTest, ListsAreArraysInTheFileAndSeparatedByCommasElsewhere) {
  const auto config = with_file("public_url = ['https://a.example', 'https://b.example:8443']\n");
  ASSERT_TRUE(config) << config.error();
  EXPECT_THAT(config->public_urls,
              testing::ElementsAre("https://a.example", "https://b.example:8443"));
  sources_.environment["PASTILLE_PUBLIC_URL"] = "https://c.example, https://d.example";
  EXPECT_THAT(read_config(sources_)->public_urls,
              testing::ElementsAre("https://c.example", "https://d.example"));
}

TEST_F(ConfigTest, AWrongSettingIsRefusedWithFileLineAndWhatToWrite) {
  const std::string fault = fault_of("# a comment\n[presence]\ngrace_s = 'long'\n");
  EXPECT_THAT(fault, HasSubstr(file_.string() + ":3: presence.grace_s"));
  EXPECT_THAT(fault, HasSubstr("whole number of seconds from 1 to 600"));
  EXPECT_THAT(fault_of("log_format = 'xml'\n"), HasSubstr("log_format"));
  EXPECT_THAT(fault_of("public_url = ['https://a.example/path']\n"), HasSubstr(":1: public_url"));
  EXPECT_THAT(fault_of("listen = 'nowhere'\n"), HasSubstr("127.0.0.1:8080"));
}

TEST_F(ConfigTest, ProxiesAreAddressesInTheirOneForm) {
  const auto config = with_file("trusted_proxies = ['127.0.0.1', '2001:DB8:0::1']\n");
  EXPECT_THAT(config->trusted_proxies, testing::ElementsAre("127.0.0.1", "2001:db8::1"));
  EXPECT_THAT(fault_of("trusted_proxies = ['proxy.example']\n"), HasSubstr("IP addresses"));
  EXPECT_THAT(fault_of("trusted_proxies = ['127.0.0.1:80']\n"), HasSubstr("IP addresses"));
}

TEST_F(ConfigTest, AnUnknownSettingIsRefusedByName) {
  EXPECT_THAT(fault_of("\ncolour = 'red'\n"), HasSubstr(":2: colour: there is no such setting"));
  EXPECT_THAT(fault_of("[presence]\ncolour = 1\n"), HasSubstr("presence.colour"));
  EXPECT_THAT(fault_of("[colours]\nred = 1\n"), HasSubstr("colours.red"));
}

TEST_F(ConfigTest, EveryFaultIsSaidAtOnceEachInALineOfItsOwn) {
  sources_.environment["PASTILLE_LOG_FORMAT"] = "xml";
  sources_.flags["io_threads"] = "many";
  const std::string faults = fault_of("listn = ''\n[presence]\ngrace_s = 0\nheartbeat_s = 0\n");
  for (const char* each : {":1: listn", ":3: presence.grace_s", ":4: presence.heartbeat_s",
                           "PASTILLE_LOG_FORMAT", "--io-threads"}) {
    EXPECT_THAT(faults, HasSubstr(each));
  }
  EXPECT_EQ(std::ranges::count(faults, '\n'), 4);
}

TEST_F(ConfigTest, ANameThatIsAlmostRightIsAnsweredWithWhatWasMeant) {
  EXPECT_THAT(fault_of("listn = ''\n"), HasSubstr("Did you mean listen?"));
  EXPECT_THAT(fault_of("grace_s = 5\n"), HasSubstr("Did you mean presence.grace_s?"));
  EXPECT_THAT(fault_of("[oidc]\nclientid = 'x'\n"), HasSubstr("Did you mean oidc.client_id?"));
  EXPECT_THAT(fault_of("colour = 'red'\n"), HasSubstr("There are: listen, data, "));
  EXPECT_THAT(fault_of(std::string(5000, 'a') + " = 1\n"), HasSubstr("There are: "));
}

TEST_F(ConfigTest, AVariableThatIsNoSettingIsWarnedOfAndOthersAreLeftAlone) {
  sources_.environment = {{"PASTILLE_LISTENN", "x"}, {"PASTILLE_\x1b[2J", "x"}, {"HOME", "/"}};
  const auto config = read_config(sources_);
  ASSERT_TRUE(config) << config.error();
  ASSERT_EQ(config->warnings.size(), 2U);
  EXPECT_THAT(config->warnings[1], HasSubstr("PASTILLE_LISTENN"));
  EXPECT_THAT(config->warnings[1], HasSubstr("Did you mean PASTILLE_LISTEN?"));
  EXPECT_THAT(config->warnings[0], testing::Not(HasSubstr("\x1b")));
}

TEST_F(ConfigTest, WhatIsNoTomlIsRefusedWithItsLine) {
  EXPECT_THAT(fault_of("listen = '127.0.0.1:1'\nlisten =\n"), HasSubstr(file_.string() + ":2"));
}

TEST_F(ConfigTest, LimitsAreTakenFromBothSides) {
  const auto grace = [&](int seconds) {
    return with_file("[presence]\ngrace_s = " + std::to_string(seconds) + "\n").has_value();
  };
  EXPECT_FALSE(grace(0));
  EXPECT_TRUE(grace(1));
  EXPECT_TRUE(grace(600));
  EXPECT_FALSE(grace(601));
  const auto history = [&](int days) {
    return with_file("[retention]\nown_history_days = " + std::to_string(days) + "\n").has_value();
  };
  EXPECT_FALSE(history(-1));
  EXPECT_TRUE(history(0));
  EXPECT_TRUE(history(400));
  EXPECT_FALSE(history(401));
}

TEST_F(ConfigTest, HoldsTextAndNothingElse) {
  sources_.environment["PASTILLE_NODE_NAME"] = "a\xff";
  EXPECT_EQ(read_config(sources_).error(),
            "PASTILLE_NODE_NAME: This is not valid UTF-8. Send text in UTF-8.");
  sources_.environment.clear();
  sources_.flags["public_url"] = "https://a.example\x1b";
  EXPECT_THAT(read_config(sources_).error(), HasSubstr("--public-url: Control characters"));
  sources_.flags.clear();
  EXPECT_THAT(fault_of("node_name = 'fine'\ndata = \"a\\u0085\"\n"), HasSubstr("data: Control"));
}

TEST_F(ConfigTest, AFileThatIsNotThereIsNamed) {
  sources_.file = folder_.path() / "nowhere.toml";
  EXPECT_THAT(read_config(sources_).error(), HasSubstr("nowhere.toml"));
}

TEST_F(ConfigTest, TheDocumentListsEverySettingWithItsDefault) {
  std::ifstream in("docs/operations/configuration.md");
  const std::string page(std::istreambuf_iterator<char>(in), {});
  std::size_t rows = 0;
  for (std::size_t at = page.find("\n| `"); at != std::string::npos;
       at = page.find("\n| `", at + 1)) {
    ++rows;
  }
  EXPECT_EQ(rows, all_settings().size());
  for (const Setting& each : all_settings()) {
    const std::string shown = each.fallback.empty() ? "" : "`" + std::string(each.fallback) + "`";
    EXPECT_THAT(page,
                HasSubstr("| `" + std::string(each.key) + "` | `" + environment_name(each.key) +
                          "` | " + shown + (shown.empty() ? "|" : " |")));
  }
}

TEST(AddressTest, TakesAddressesWithAPortAndNothingElse) {
  EXPECT_EQ(parse_address("localhost:80")->host, "127.0.0.1");
  EXPECT_EQ(to_text(*parse_address("[::1]:8080")), "[::1]:8080");
  EXPECT_EQ(url_of(*parse_address("0.0.0.0:8080")), "http://localhost:8080");
  for (const char* wrong : {"", "nowhere", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80",
                            "[127.0.0.1]:80", "example.org:80", "127.0.0.1:-1"}) {
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace pastille::server
