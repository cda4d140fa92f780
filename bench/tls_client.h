// TLS as a client of the bench speaks it: over a non-blocking socket, without checking whom it
// talks to (the certificate was made a moment before). And that certificate.
#pragma once

#include <openssl/ssl.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace pastille::bench {

struct FreeTls {
  void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
  void operator()(SSL* tls) const { ::SSL_free(tls); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTls>;
using Tls = std::unique_ptr<SSL, FreeTls>;

TlsContext tls_context();
// Over that socket; the handshake is still to be made.
Tls tls_over(SSL_CTX* context, int descriptor);

enum class Shaken : std::uint8_t { kDone, kWantRead, kWantWrite };
// Throws std::runtime_error when the other side does not agree.
Shaken shake_hands(SSL& tls);
// As ::send and ::recv answer: the bytes moved, or -1 with errno EAGAIN or EIO; 0: the end.
ssize_t send_over(SSL& tls, std::string_view bytes);
ssize_t receive_over(SSL& tls, std::span<char> room);

// A server's settings with a fresh self-signed certificate (P-256) beside them: the path of the
// file for --config.
std::filesystem::path settings_with_tls(const std::filesystem::path& folder);

}  // namespace pastille::bench
