// What others did to one's sign-in, and what keeps it: /me/renewal, /me/pending_renewal and
// /me/recovery_code. GET /me shows all three.
#include "app/renewal.h"

#include "core/recovery_code.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/session_json.h"

namespace pastille::http {
namespace {

template <class UseCase>
void run_plain(Call call) {
  run_command(std::move(call), UseCase{}, {},
              [](const Organisation&, UserId, bool) { return no_content(); });
}

void make_code(Call call) {
  ClearSecret code = call.parts().secrets.make_recovery_code();
  const MakeRecoveryCode command{
      .hash = call.parts().secrets.hash(normal_recovery_code(code.reveal()))};
  run_secret_once(
      std::move(call), command, {}, std::move(code),
      [](const Organisation&, UserId, const RecoveryCode& made, const ClearSecret* shown) {
        std::string out;
        JsonWriter json(out);
        json.begin_object();
        write_secret(json, "code", shown);
        json.field("made_at", made.made_at).end_object();
        return json_response(201, std::move(out));
      });
}

}  // namespace

void add_renewal(Site& site) {
  site.routes.add("/api/v1/me/renewal",
                  {{Method::kDelete, Access::kSession, Body::kNone, run_plain<AgreeToRenewal>}});
  site.routes.add("/api/v1/me/pending_renewal",
                  {{Method::kDelete, Access::kSession, Body::kNone, run_plain<VoidRenewal>}});
  site.routes.add("/api/v1/me/recovery_code",
                  {{Method::kPost, Access::kSession, Body::kNone, make_code},
                   {Method::kDelete, Access::kSession, Body::kNone, run_plain<DropRecoveryCode>}});
}

}  // namespace pastille::http
