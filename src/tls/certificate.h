// The certificate that the server shows, with its key, from two PEM files; read again when it was
// renewed, without a restart: connections that are open go on with the one they were opened with.
// TLS 1.2 and 1.3, forward secrecy only, no renegotiation, no compression, no 0-RTT (RFC 9325).
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "tls/channel.h"

namespace pastille::tls {

struct CertificateFiles {
  std::filesystem::path chain;  // the certificate, then those of its issuers
  std::filesystem::path key;    // without a passphrase
};

// Thread-safe.
class Certificate {
 public:
  // Throws std::runtime_error, for the operator, when the files cannot be used.
  explicit Certificate(CertificateFiles files);

  // Reads the files again; what is wrong with them, when the old certificate is kept.
  std::expected<void, std::string> reload();
  // When it runs out.
  std::chrono::system_clock::time_point expires() const;
  // For a socket that was accepted.
  std::unique_ptr<Channel> open(int descriptor) const;

 private:
  struct Loaded;
  static std::expected<std::shared_ptr<const Loaded>, std::string> load(
      const CertificateFiles& files);
  std::shared_ptr<const Loaded> current() const;

  const CertificateFiles files_;
  mutable std::mutex lock_;
  std::shared_ptr<const Loaded> loaded_;
};

}  // namespace pastille::tls
