#include "cli/command_line.h"

#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/running_server.h"
#include "core/outside_text.h"
#include "pastille/version.h"

namespace pastille::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  pastille serve --data data --listen 127.0.0.1:8080
  pastille user add ana --name "Ana Sanz" --role Administrator --password-stdin --data data
  pastille COMMAND --help       options and examples of one command

Commands on a data directory that a running server holds are carried out by that server.
Exit codes: 0 done, 1 failed, 2 wrong use.)";

// What CLI11 would print, as a value.
Outcome usage(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(error, out, err);
  return {.code = code == 0 ? kDone : kWrongUse, .out = out.str(), .err = err.str()};
}

// Nobody is connected to a command.
class NoFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

Outcome run_here(OrganisationCommand& command, const server::Whereabouts& where,
                 const std::string& input) {
  if (!command.begins_a_directory() && !server::has_organisation(where)) {
    return failed("There is no organisation in '" + to_text(where) + "'. Give " +
                  (where.embedded() ? "its data directory with --data."
                                    : "its database, or start a server on this one first."));
  }
  NoFeed feed;
  server::Engine engine({.where = where, .feed = feed});
  return command.run(engine, input);
}

Outcome run_on_organisation(OrganisationCommand& command, const std::vector<std::string>& args) {
  if (auto outcome = command.run_alone()) return *std::move(outcome);
  const auto where = command.place().where();
  if (!where) return failed(where.error(), kWrongUse);
  auto input = command.read_input();
  if (!input) return std::move(input.error());
  std::optional<Outcome> answered;
  if (!where->directory.empty()) answered = ask_running_server(where->directory, args, *input);
  return command.deliver(answered ? *std::move(answered) : run_here(command, *where, *input));
}

Outcome run(Command& command, const std::vector<std::string>& args) {
  try {
    if (auto* local = dynamic_cast<LocalCommand*>(&command)) return local->run();
    return run_on_organisation(dynamic_cast<OrganisationCommand&>(command), args);
  } catch (const std::exception& failure) {  // the environment: disk, database, addresses
    return failed(failure.what());
  }
}

Outcome outcome_of(const std::vector<std::string>& args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (const auto fault = fault_of_text(args[i])) {
      return failed(
          "Word " + std::to_string(i + 1) + " of the command line: " + std::string(to_text(*fault)),
          kWrongUse);
    }
  }
  CommandLine line;
  const auto command = line.parse(args);
  return command ? run(**command, args) : command.error();
}

}  // namespace

CommandLine::CommandLine() : app_("Pastille: the small coloured dot beside a name.", "pastille") {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", "pastille " + std::string(kVersion));
  app_.footer(kExamples);
  declare(app_, make_serve());
  declare(app_, make_check_config());
  CLI::App& user = *app_.add_subcommand("user", "People: add, passwd, disable, list, import");
  user.require_subcommand(1);
  user.footer("Example:\n  pastille user list --data data");
  declare(user, make_user_add());
  declare(user, make_user_passwd());
  declare(user, make_user_disable());
  declare(user, make_user_list());
  declare(user, make_user_import());
  CLI::App& token = *app_.add_subcommand("token", "Tokens for programs: add");
  token.require_subcommand(1);
  token.footer("Example:\n  pastille token add ana --scope status --name Phone --data data");
  declare(token, make_token_add());
  declare(app_, make_backup());
  declare(app_, make_restore());
  declare(app_, make_move());
  declare(app_, make_migrate());
  declare(app_, make_export());
  declare(app_, make_import());
  declare(app_, make_doctor());
}

CommandLine::~CommandLine() = default;

void CommandLine::declare(CLI::App& above, std::unique_ptr<Command> command) {
  CLI::App& declared = command->declare(above);
  commands_.emplace_back(&declared, std::move(command));
}

std::expected<Command*, Outcome> CommandLine::parse(const std::vector<std::string>& args) {
  try {
    std::vector<std::string> reversed(args.rbegin(), args.rend());
    app_.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return std::unexpected(usage(app_, error));
  }
  for (const auto& [declared, command] : commands_) {
    if (declared->parsed()) return command.get();
  }
  return std::unexpected(failed("There is no such command. See pastille --help.", kWrongUse));
}

int run_command_line(const std::vector<std::string>& args) {
  Outcome outcome = outcome_of(args);
  // What is said quotes names and files; a terminal gets none of their bytes that it would obey.
  outcome.err = printable_lines(outcome.err);
  if (isatty(STDOUT_FILENO) == 1) outcome.out = printable_lines(outcome.out);
  std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
  const bool written =
      std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout) == outcome.out.size() &&
      std::fflush(stdout) == 0;
  return written ? outcome.code : kFailed;
}

server::Texts run_for_another(server::Engine& engine, const server::Texts& request) {
  Outcome outcome = failed(
      "The server did not understand the command: is this program of the "
      "same version?");
  if (request.size() >= 2) {
    CommandLine line;
    const auto parsed = line.parse({request.begin() + 1, request.end()});
    auto* command = parsed ? dynamic_cast<OrganisationCommand*>(*parsed) : nullptr;
    try {
      if (command != nullptr) outcome = command->run(engine, request.front());
    } catch (const std::exception& failure) {
      outcome = failed(failure.what());
    }
  }
  return {std::to_string(outcome.code), std::move(outcome.out), std::move(outcome.err)};
}

}  // namespace pastille::cli
