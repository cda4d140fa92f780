// Commands as they are typed, carried out on an organisation in a directory of its own.
#include "cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/running_server.h"
#include "server/control_socket.h"
#include "sqlite/temporary_directory.h"

namespace pastille::cli {
namespace {

using testing::HasSubstr;

class NoFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

Outcome usage(const std::vector<std::string>& args) {
  CommandLine line;
  const auto parsed = line.parse(args);
  return parsed ? Outcome{} : parsed.error();
}

TEST(CommandLineTest, WrongUseIsTwoAndHelpIsZero) {
  for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
           {},
           {"dance"},
           {"user"},
           {"user", "add"},
           {"serve", "--nonsense"},
           {"export", "x.txt"},
           {"token", "add", "a", "--name", "n", "--scope", "everything"}}) {
    EXPECT_EQ(usage(args).code, kWrongUse);
    EXPECT_NE(usage(args).err, "");
  }
  for (const char* command : {"serve", "check-config", "user", "token", "backup", "restore", "move",
                              "migrate", "export", "import", "doctor"}) {
    const Outcome help = usage({command, "--help"});
    EXPECT_EQ(help.code, kDone) << command;
    EXPECT_THAT(help.out, HasSubstr("pastille " + std::string(command)));
  }
  EXPECT_THAT(usage({"--version"}).out, HasSubstr("pastille "));
}

TEST(CommandLineTest, TakesTextAndSaysNothingThatATerminalObeys) {
  const auto said = [](const std::vector<std::string>& args) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_command_line(args), kWrongUse);
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_EQ(said({"user", "list", "--data", "a\xff"}),
            "pastille: Word 4 of the command line: This is not valid UTF-8. Send text in UTF-8.\n");
  EXPECT_THAT(said({"user", "\x1b[2J"}), HasSubstr("Word 2 of the command line: Control"));
  const std::string turned = said({"user", "list", "\u202eevil"});
  EXPECT_THAT(turned, HasSubstr("\ufffdevil"));
  EXPECT_THAT(turned, testing::Not(HasSubstr("\u202e")));
}

class CommandsOnAnOrganisation : public testing::Test {
 protected:
  Outcome run(const std::vector<std::string>& args, const std::string& input = "") {
    server::Texts request{input};
    request.insert(request.end(), args.begin(), args.end());
    const server::Texts answer = run_for_another(engine_, request);
    return {.code = std::stoi(answer[0]), .out = answer[1], .err = answer[2]};
  }
  std::shared_ptr<const Organisation> now() { return engine_.workspace().snapshot(); }

  TemporaryDirectory folder_;
  NoFeed feed_;
  server::Engine engine_{{.where = {.directory = folder_.path()}, .feed = feed_}};
};

TEST_F(CommandsOnAnOrganisation, APersonIsAddedWithTeamsAndAOneTimeLink) {
  const Outcome added =
      run({"user", "add", "ana", "--name", "Ana", "--role", "agent", "--teams", "North;South"});
  ASSERT_EQ(added.code, kDone) << added.err;
  EXPECT_THAT(added.out, HasSubstr("/#invitation="));
  EXPECT_EQ(now()->teams.size(), 2U);
  EXPECT_THAT(run({"user", "list"}).out, HasSubstr("ana,Ana,Agent,North;South,,,yes"));
  EXPECT_THAT(run({"user", "add", "ANA", "--name", "A", "--role", "Agent"}).err,
              HasSubstr("login"));
  EXPECT_THAT(run({"user", "add", "b", "--name", "B", "--role", "Emperor"}).err,
              HasSubstr("There are: Administrator, Agent."));
}

TEST_F(CommandsOnAnOrganisation, AShortPasswordIsRefused) {
  const std::vector<std::string> add = {"user", "add",    "ana",   "--name",
                                        "Ana",  "--role", "Agent", "--password-stdin"};
  const Outcome refused = run(add, "1234567");
  EXPECT_EQ(refused.code, kFailed);
  EXPECT_THAT(refused.err, HasSubstr("password"));
  EXPECT_EQ(run(add, "12345678").code, kFailed);  // among the first that anyone would try
  EXPECT_EQ(run(add, "12345679").code, kDone);
}

TEST_F(CommandsOnAnOrganisation, AnImportOfPeopleNamesTheLineAndTakesAllOrNothing) {
  const std::string header = "login,display_name,role,teams\n";
  const Outcome wrong =
      run({"user", "import", "x.csv"}, header + "fine,Fine,Agent,\nbad,Bad,Emperor,\n");
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_THAT(wrong.err, HasSubstr("line 3, role"));
  EXPECT_EQ(now()->people.size(), 0U);
  const std::string good = header + "fine,'=Fine,Agent,North;South\n";
  EXPECT_THAT(run({"user", "import", "x.csv", "--dry-run"}, good).out,
              HasSubstr("Would add 1 people and 2 teams"));
  EXPECT_EQ(now()->people.size(), 0U);
  EXPECT_EQ(run({"user", "import", "x.csv"}, good).code, kDone);
  EXPECT_EQ(now()->person(UserId{1})->display_name.text, "=Fine");
}

TEST_F(CommandsOnAnOrganisation, StatusesGoOutAndComeBackUnchanged) {
  const std::string json = R"json({"statuses": [{"name": "=SUM(A1)", "names": {"fr": "+1"},
      "type": "absent", "tags": ["@a;b", "plain"], "icon": "☕", "default_duration_s": 900,
      "position": 7}]})json";
  ASSERT_EQ(run({"import", "x.json"}, json).code, kDone);
  for (const char* file : {"x.json", "x.csv"}) {
    const Outcome written = run({"export", file});
    ASSERT_EQ(written.code, kDone);
    EXPECT_THAT(run({"import", file}, written.out).out,
                HasSubstr("0 created, 0 modified, 1 as they were"));
  }
  EXPECT_THAT(run({"export", "x.csv"}).out, HasSubstr("'=SUM(A1),absent,'@a\\;b;plain,"));
}

TEST_F(CommandsOnAnOrganisation, AFileOfStatusesThatIsWrongChangesNothing) {
  const std::string json = R"json({"statuses": [{"name": "", "type": "busy"}]})json";
  const Outcome wrong = run({"import", "x.json"}, json);
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_THAT(wrong.err, HasSubstr("/statuses/0/name"));
  const Outcome blue = run({"import", "x.csv"}, "name,type\nA,busy\nB,blue\n");
  EXPECT_THAT(blue.err, HasSubstr("line 3, type"));
  EXPECT_EQ(now()->live_statuses, 5U);
}

TEST_F(CommandsOnAnOrganisation, TokensAreMadeForOneSeveralOrAll) {
  for (const char* login : {"ana", "bo"}) {
    ASSERT_EQ(run({"user", "add", login, "--name", "N", "--role", "Agent"}).code, kDone);
  }
  const auto add = [&](std::vector<std::string> whose) {
    whose.insert(whose.begin(), {"token", "add"});
    whose.insert(whose.end(), {"--scope", "status", "--name", "Phone"});
    return run(whose);
  };
  EXPECT_THAT(add({"ana"}).out, testing::StartsWith("pst_"));
  EXPECT_THAT(add({"ana", "bo"}).out, testing::ContainsRegex("^ana,pst_.+\nbo,pst_"));
  EXPECT_THAT(add({"--all"}).out, HasSubstr("bo,pst_"));
  EXPECT_THAT(add({"ana", "nobody"}).err, HasSubstr("nobody"));
  EXPECT_EQ(now()->tokens.size(), 5U);
}

TEST_F(CommandsOnAnOrganisation, TheLastAdministratorIsNotDisabled) {
  ASSERT_EQ(run({"user", "add", "ada", "--name", "Ada", "--role", "Administrator"}).code, kDone);
  const Outcome refused = run({"user", "disable", "ada"});
  EXPECT_EQ(refused.code, kFailed);
  EXPECT_THAT(refused.err, HasSubstr("dministrator"));
}

TEST_F(CommandsOnAnOrganisation, ABackupIsTakenWhileItIsInUse) {
  const TemporaryDirectory elsewhere;
  const std::string file = elsewhere.path() / "copy";
  EXPECT_EQ(run({"backup", "copy"}, file).code, kDone);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(run({"backup", "copy"}, file).code, kFailed);
}

TEST_F(CommandsOnAnOrganisation, WhatIsOfAnotherMachineIsNotCarriedOut) {
  EXPECT_EQ(run({"doctor"}).code, kFailed);
  EXPECT_EQ(run({"no-such-command"}).code, kFailed);
}

TEST_F(CommandsOnAnOrganisation, ARunningServerAnswersThroughItsSocket) {
  EXPECT_FALSE(ask_running_server(folder_.path(), {"user", "list"}, ""));
  const server::ControlSocket socket(folder_.path(), [&](const server::Texts& request) {
    return run_for_another(engine_, request);
  });
  const auto answer = ask_running_server(folder_.path(), {"user", "list"}, "");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->code, kDone);
  EXPECT_THAT(answer->out, HasSubstr("login,display_name"));
}

}  // namespace
}  // namespace pastille::cli
