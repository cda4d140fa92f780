// Whether the files that settings name can be used, beyond what reading the settings looks at.
#pragma once

#include <optional>
#include <string>

#include "server/config.h"

namespace pastille::server {

// What is wrong with the certificate, for the operator; nullopt: nothing, or there is none.
std::optional<std::string> fault_of_certificate(const Config& config);

}  // namespace pastille::server
