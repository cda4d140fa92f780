// The resources of the API: each adds its routes to the table. One file each, NAME.cc.
#pragma once

namespace pastille::http {

struct Site;

void add_audit(Site& site);
void add_board(Site& site);
void add_catalogue(Site& site);
void add_conversations(Site& site);
void add_directory(Site& site);
void add_external_sign_in(Site& site);
void add_health(Site& site);
void add_invitations(Site& site);
void add_live(Site& site);
void add_me(Site& site);
void add_messages(Site& site);
void add_nodes(Site& site);
void add_own_history(Site& site);
void add_own_password(Site& site);
void add_own_status(Site& site);
void add_renewal(Site& site);
void add_roles(Site& site);
void add_session(Site& site);
void add_sessions(Site& site);
void add_status_history(Site& site);
void add_statuses(Site& site);
void add_statuses_file(Site& site);
void add_tags(Site& site);
void add_teams(Site& site);
void add_tokens(Site& site);
void add_users(Site& site);
void add_users_import(Site& site);

}  // namespace pastille::http
