#include "server/named_files.h"

#include <exception>

#include "tls/certificate.h"

namespace pastille::server {

std::optional<std::string> fault_of_certificate(const Config& config) {
  if (!config.tls) return std::nullopt;
  try {
    const tls::Certificate certificate(*config.tls);
    return std::nullopt;
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

}  // namespace pastille::server
