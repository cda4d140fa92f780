// The resources of the API: each adds its routes to the table. One file each, resource_NAME.cc.
#pragma once

namespace pastille::http {

struct Site;

void add_health(Site& site);

}  // namespace pastille::http
