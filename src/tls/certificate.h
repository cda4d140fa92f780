// The certificate that the server shows, with its key, from two PEM files; read again when it was
// renewed, without a restart: connections that are open go on with the one they were opened with.
// TLS 1.2 and 1.3, forward secrecy only, no renegotiation, no compression, no 0-RTT (RFC 9325). The
// keys that tickets of resumption are sealed with are new every few hours, and tickets of the ones
// before are taken no more. Those keys lie in memory until the last connection that was opened
// under them has ended, which may take days: who gets at the memory by then reads what was recorded
// of TLS 1.2 under them. In 1.3 each resumption has a key exchange of its own.
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
  static constexpr std::chrono::hours kTicketKeysLife{8};  // a shift comes back without a handshake

  // Throws std::runtime_error, for the operator, when the files cannot be used.
  // Ticket keys are new with the first connection after `ticket_keys_life`; what was resumable
  // shakes hands once more.
  explicit Certificate(CertificateFiles files,
                       std::chrono::steady_clock::duration ticket_keys_life = kTicketKeysLife);

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
  static std::shared_ptr<const Loaded> with_new_ticket_keys(const Loaded& before);
  std::shared_ptr<const Loaded> current() const;

  const CertificateFiles files_;
  const std::chrono::steady_clock::duration ticket_keys_life_;
  mutable std::mutex lock_;
  mutable std::shared_ptr<const Loaded> loaded_;  // guarded by lock_
};

}  // namespace pastille::tls
