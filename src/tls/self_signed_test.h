// For tests: a fresh certificate for "localhost" that stands for itself, in two PEM files.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "tls/certificate.h"

namespace pastille::tls {

// Removes them when it goes.
class SelfSigned {
 public:
  explicit SelfSigned(const std::string& name, long seconds = 3600)
      : folder_(std::filesystem::temp_directory_path() / unique_name()) {
    std::filesystem::create_directory(folder_);
    files = {.chain = folder_ / (name + ".crt"), .key = folder_ / (name + ".key")};
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), seconds);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_sign(certificate, key, EVP_sha256());
    write(files.chain, [&](FILE* out) { PEM_write_X509(out, certificate); });
    write(files.key, [&](FILE* out) {
      PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  SelfSigned(const SelfSigned&) = delete;
  SelfSigned& operator=(const SelfSigned&) = delete;
  ~SelfSigned() { std::filesystem::remove_all(folder_); }

  CertificateFiles files;

 private:
  static std::string unique_name() {
    static int serial = 0;
    return "pastille-tls-" + std::to_string(::getpid()) + "-" + std::to_string(++serial);
  }
  template <class Print>
  static void write(const std::filesystem::path& path, Print print) {
    FILE* out = std::fopen(path.c_str(), "w");
    print(out);
    std::fclose(out);
  }

  std::filesystem::path folder_;
};

}  // namespace pastille::tls
