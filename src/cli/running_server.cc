#include "cli/running_server.h"

#include "server/control_frames.h"

namespace pastille::cli {
namespace {

// A whole organisation takes seconds to import or to back up.
constexpr std::chrono::seconds kPatience{600};

}  // namespace

std::optional<Outcome> ask_running_server(const std::filesystem::path& directory,
                                          const std::vector<std::string>& args,
                                          const std::string& input) {
  auto server = server::ControlConnection::to(directory);
  if (!server) return std::nullopt;
  server->wait_at_most(kPatience);
  server::Texts request{input};
  request.insert(request.end(), args.begin(), args.end());
  const bool sent = server->send(request);
  const auto answer = sent ? server->receive() : std::nullopt;
  if (!answer || answer->size() != 3) {
    return failed(
        "The running server did not answer. Look at its log; what was asked may have been "
        "done or not.");
  }
  return Outcome{.code = (*answer)[0] == "0"   ? kDone
                         : (*answer)[0] == "2" ? kWrongUse
                                               : kFailed,
                 .out = (*answer)[1],
                 .err = (*answer)[2]};
}

}  // namespace pastille::cli
