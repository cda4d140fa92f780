// pastille move: puts an organisation into another database. Not beside a running server.
#include "server/move.h"

#include "cli/commands.h"

namespace pastille::cli {
namespace {

class Move final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "move", "Puts everything into another database; stop the server first");
    command.add_option("to", to_, "postgres://USER@HOST:PORT/NAME, or sqlite:DIR, empty or new")
        ->required();
    place_.declare(command);
    command.footer(R"(Every row is copied and compared; what it was moved from stays as it is.

Examples:
  pastille move postgres://pastille@db.example.org/pastille --data /var/lib/pastille
  pastille move sqlite:/var/lib/pastille --database postgres://pastille@db.example.org/pastille)");
    return command;
  }

  Outcome run() override {
    const auto from = place_.where();
    if (!from) return failed(from.error(), kWrongUse);
    const auto to = server::whereabouts("", to_);
    if (!to) return failed(to.error(), kWrongUse);
    if (from->embedded() && !std::filesystem::exists(DataDirectory::database_in(from->directory))) {
      return failed("There is no organisation in '" + from->directory.string() +
                    "'. Give its data directory with --data.");
    }
    const server::Moved moved = server::move_organisation(*from, *to);
    return {.out = std::to_string(moved.rows) + " rows of " + std::to_string(moved.tables) +
                   " tables are in " + to_text(*to) + " and were compared. " + to_text(*from) +
                   " is as it was: let no server use it any more.\n"};
  }

 private:
  Place place_;
  std::string to_;
};

}  // namespace

std::unique_ptr<Command> make_move() { return std::make_unique<Move>(); }

}  // namespace pastille::cli
