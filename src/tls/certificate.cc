#include "tls/certificate.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace pastille::tls {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

namespace {

using Context = std::unique_ptr<SSL_CTX, FreeContext>;

// The innermost reason that OpenSSL gives; the system's, as that there is no such file.
std::string reason() {
  const unsigned long code = ERR_peek_error();
  ERR_clear_error();
  if (ERR_SYSTEM_ERROR(code)) return std::generic_category().message(ERR_GET_REASON(code));
  const char* text = ERR_reason_error_string(code);
  return text == nullptr ? "no reason is known" : text;
}

// RFC 7301. A client that names only protocols that we do not speak gets no answer, and may go on.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr std::string_view kOurs = "\x08http/1.1";
  unsigned char* selected = nullptr;
  const int found =
      SSL_select_next_proto(&selected, length, reinterpret_cast<const unsigned char*>(kOurs.data()),
                            static_cast<unsigned int>(kOurs.size()), offered, offered_length);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *chosen = selected;
  return SSL_TLSEXT_ERR_OK;
}

// A key with a passphrase is refused, not asked about on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Context make_context() {
  Context made(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = made.get();
  if (context == nullptr) throw std::bad_alloc();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // Records are written as far as the socket takes them, from wherever the bytes lie by then; a
  // connection that is quiet holds no buffers.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  // Resumption by tickets: nothing is kept here for those who may come back.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  return made;
}

std::chrono::system_clock::time_point end_of(const X509* certificate) {
  std::tm when{};
  ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &when);
  return std::chrono::system_clock::from_time_t(timegm(&when));
}

}  // namespace

struct Certificate::Loaded {
  std::unique_ptr<SSL_CTX, FreeContext> context;
  std::chrono::system_clock::time_point expires;
  std::chrono::steady_clock::time_point made = std::chrono::steady_clock::now();
};

std::expected<std::shared_ptr<const Certificate::Loaded>, std::string> Certificate::load(
    const CertificateFiles& files) {
  Context context = make_context();
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.chain.c_str()) != 1) {
    return std::unexpected(fmt::format(
        "{}: cannot be used as a certificate ({}). Give a PEM file that can be read, the server's "
        "certificate first, then those of its issuers.",
        files.chain.native(), reason()));
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    const bool mismatch = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
    if (mismatch) {
      ERR_clear_error();
      return std::unexpected(fmt::format("{} is not the key of the certificate in {}.",
                                         files.key.native(), files.chain.native()));
    }
    return std::unexpected(
        fmt::format("{}: cannot be used as a key ({}). Give a PEM file that can be read, without a "
                    "passphrase.",
                    files.key.native(), reason()));
  }
  const auto expires = end_of(SSL_CTX_get0_certificate(context.get()));
  return std::make_shared<const Loaded>(Loaded{.context = std::move(context), .expires = expires});
}

// A context draws its ticket keys when it is made. The files may be others by now: they are not
// read.
std::shared_ptr<const Certificate::Loaded> Certificate::with_new_ticket_keys(const Loaded& before) {
  Context context = make_context();
  STACK_OF(X509)* issuers = nullptr;
  SSL_CTX* old = before.context.get();
  const bool good = SSL_CTX_use_certificate(context.get(), SSL_CTX_get0_certificate(old)) == 1 &&
                    SSL_CTX_use_PrivateKey(context.get(), SSL_CTX_get0_privatekey(old)) == 1 &&
                    SSL_CTX_get0_chain_certs(old, &issuers) == 1 &&
                    SSL_CTX_set1_chain(context.get(), issuers) == 1;
  if (!good) throw std::bad_alloc();
  return std::make_shared<const Loaded>(
      Loaded{.context = std::move(context), .expires = before.expires});
}

Certificate::Certificate(CertificateFiles files,
                         std::chrono::steady_clock::duration ticket_keys_life)
    : files_(std::move(files)), ticket_keys_life_(ticket_keys_life) {
  auto loaded = load(files_);
  if (!loaded) throw std::runtime_error(loaded.error());
  loaded_ = *std::move(loaded);
}

std::shared_ptr<const Certificate::Loaded> Certificate::current() const {
  const std::lock_guard guard(lock_);
  return loaded_;
}

std::expected<void, std::string> Certificate::reload() {
  auto loaded = load(files_);
  if (!loaded) return std::unexpected(std::move(loaded).error());
  const std::lock_guard guard(lock_);
  loaded_ = *std::move(loaded);
  return {};
}

std::chrono::system_clock::time_point Certificate::expires() const { return current()->expires; }

std::unique_ptr<Channel> Certificate::open(int descriptor) const {
  std::shared_ptr<const Loaded> loaded;
  {
    const std::lock_guard guard(lock_);
    if (std::chrono::steady_clock::now() - loaded_->made >= ticket_keys_life_) {
      loaded_ = with_new_ticket_keys(*loaded_);
    }
    loaded = loaded_;
  }
  return std::make_unique<Channel>(loaded->context.get(), descriptor);
}

}  // namespace pastille::tls
