#include "bench/tls_client.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <new>
#include <stdexcept>

#include "bench/report.h"

namespace pastille::bench {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
  void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { ::X509_free(certificate); }
};

std::unique_ptr<std::FILE, Close> file_to_write(const std::filesystem::path& path) {
  std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "w"));
  if (file == nullptr) throw std::runtime_error("cannot write " + path.string());
  return file;
}

ssize_t outcome(SSL& tls, int result, std::size_t bytes) {
  if (result == 1) return static_cast<ssize_t>(bytes);
  const int why = ::SSL_get_error(&tls, result);
  ::ERR_clear_error();
  if (why == SSL_ERROR_ZERO_RETURN) return 0;
  errno = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? EAGAIN : EIO;
  return -1;
}

}  // namespace

TlsContext tls_context() {
  TlsContext context(::SSL_CTX_new(::TLS_client_method()));
  if (context == nullptr) throw std::bad_alloc();
  ::SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  ::SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                        SSL_MODE_RELEASE_BUFFERS);
  return context;
}

Tls tls_over(SSL_CTX* context, int descriptor) {
  Tls tls(::SSL_new(context));
  if (tls == nullptr || ::SSL_set_fd(tls.get(), descriptor) != 1) throw std::bad_alloc();
  ::SSL_set_connect_state(tls.get());
  return tls;
}

Shaken shake_hands(SSL& tls) {
  const int result = ::SSL_do_handshake(&tls);
  if (result == 1) return Shaken::kDone;
  const int why = ::SSL_get_error(&tls, result);
  ::ERR_clear_error();
  if (why == SSL_ERROR_WANT_READ) return Shaken::kWantRead;
  if (why == SSL_ERROR_WANT_WRITE) return Shaken::kWantWrite;
  throw std::runtime_error("a TLS handshake failed");
}

ssize_t send_over(SSL& tls, std::string_view bytes) {
  std::size_t sent = 0;
  const int result = ::SSL_write_ex(&tls, bytes.data(), bytes.size(), &sent);
  return outcome(tls, result, sent);
}

ssize_t receive_over(SSL& tls, std::span<char> room) {
  std::size_t got = 0;
  const int result = ::SSL_read_ex(&tls, room.data(), room.size(), &got);
  return outcome(tls, result, got);
}

std::filesystem::path settings_with_tls(const std::filesystem::path& folder) {
  const std::unique_ptr<EVP_PKEY, Close> key(::EVP_EC_gen("P-256"));
  const std::unique_ptr<X509, Close> certificate(::X509_new());
  if (key == nullptr || certificate == nullptr) throw std::bad_alloc();
  ::X509_set_version(certificate.get(), X509_VERSION_3);
  ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate.get()), 1);
  ::X509_gmtime_adj(::X509_getm_notBefore(certificate.get()), 0);
  ::X509_gmtime_adj(::X509_getm_notAfter(certificate.get()), 24L * 60 * 60);
  X509_NAME* const name = ::X509_get_subject_name(certificate.get());
  ::X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
  ::X509_set_issuer_name(certificate.get(), name);
  ::X509_set_pubkey(certificate.get(), key.get());
  if (::X509_sign(certificate.get(), key.get(), ::EVP_sha256()) == 0) {
    throw std::runtime_error("no certificate could be made");
  }
  std::filesystem::create_directories(folder);
  const auto certificate_path = std::filesystem::absolute(folder / "tls.crt");
  const auto key_path = std::filesystem::absolute(folder / "tls.key");
  ::PEM_write_X509(file_to_write(certificate_path).get(), certificate.get());
  ::PEM_write_PrivateKey(file_to_write(key_path).get(), key.get(), nullptr, nullptr, 0, nullptr,
                         nullptr);
  std::filesystem::permissions(key_path, std::filesystem::perms::owner_read);
  const auto settings = folder / "tls.toml";
  write_file(settings, fmt::format("[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n",
                                   certificate_path.string(), key_path.string()));
  return settings;
}

}  // namespace pastille::bench
