// The command line's side of the control socket.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"

namespace pastille::cli {

// Has the server that holds the directory carry the command out; nullopt: none answers there.
std::optional<Outcome> ask_running_server(const std::filesystem::path& directory,
                                          const std::vector<std::string>& args,
                                          const std::string& input);

}  // namespace pastille::cli
