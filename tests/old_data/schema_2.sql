-- {"token":"pst_upQJRI9pqPbB0Zl3wfAmezPe9GHI4FFK72d33Oka0qE","cookie":"pastille_session=pss_hk_cpLBuJ7lFdacm768X236EKA9NLZL0jfvn3vKNDrY","ana":"u2","bo":"u3","lunch":"s6","conversation":"c1"}
PRAGMA application_id = 1348563828;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('alive','{{-28}}');
INSERT INTO meta VALUES('newest_event','{{-167}}');
INSERT INTO meta VALUES('readable_from','1');
INSERT INTO meta VALUES('sealing_key','a7498d7b9f6557670b40754c2d4fe64608a926a1c0ee1cb3310a773867542c29');
INSERT INTO meta VALUES('seq','28');
CREATE TABLE epochs (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first_seq INTEGER NOT NULL
) STRICT;
INSERT INTO epochs VALUES(1,'zzp7cxcwr734z',1);
INSERT INTO epochs VALUES(2,'zar48dp602ada',3);
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  batch BLOB NOT NULL,
  short_lived INTEGER NOT NULL CHECK (short_lived IN (0, 1)),
  payload TEXT NOT NULL
) STRICT;
INSERT INTO events VALUES(1,{{-6567}},X'b33173bce764d356f8858c78a388b258',1,'[{"key":"a7498d7b9f6557670b40754c2d4fe64608a926a1c0ee1cb3310a773867542c29","is":"sealing_key_put"},{"id":1,"fields":{"name":{"text":"Connected","folded":"connected"},"names":{"en":{"text":"Connected","folded":"connected"},"fr":{"text":"Connecté","folded":"connecte"}},"type":0,"tags":[],"icon":"","default_duration_s":null,"position":0},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-6567}},"created_by":{"kind":2,"user":0},"updated_at":{{-6567}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":2,"fields":{"name":{"text":"Absent","folded":"absent"},"names":{"en":{"text":"Absent","folded":"absent"},"fr":{"text":"Absent","folded":"absent"}},"type":1,"tags":[],"icon":"","default_duration_s":null,"position":1},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-6567}},"created_by":{"kind":2,"user":0},"updated_at":{{-6567}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":3,"fields":{"name":{"text":"Busy","folded":"busy"},"names":{"en":{"text":"Busy","folded":"busy"},"fr":{"text":"Occupé","folded":"occupe"}},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":2},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-6567}},"created_by":{"kind":2,"user":0},"updated_at":{{-6567}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":4,"fields":{"name":{"text":"In a call","folded":"in a call"},"names":{"en":{"text":"In a call","folded":"in a call"},"fr":{"text":"En appel","folded":"en appel"}},"type":3,"tags":[],"icon":"","default_duration_s":null,"position":3},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-6567}},"created_by":{"kind":2,"user":0},"updated_at":{{-6567}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":5,"fields":{"name":{"text":"Offline","folded":"offline"},"names":{"en":{"text":"Offline","folded":"offline"},"fr":{"text":"Hors ligne","folded":"hors ligne"}},"type":4,"tags":[],"icon":"","default_duration_s":null,"position":4},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-6567}},"created_by":{"kind":2,"user":0},"updated_at":{{-6567}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":1,"name":{"text":"Administrator","folded":"administrator"},"permissions":["statuses.create","statuses.modify","statuses.delete","users.manage","teams.manage","roles.manage","audit.read"],"built_in":true,"version":1,"is":"role_put"},{"id":2,"name":{"text":"Agent","folded":"agent"},"permissions":[],"built_in":true,"version":1,"is":"role_put"}]');
INSERT INTO events VALUES(2,{{-6155}},X'2d055ab4ba10c6e701b0c548783ede9a',1,'[{"id":1,"login":{"text":"admin","folded":"admin"},"display_name":{"text":"Ada Admin","folded":"ada admin"},"role":1,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$jRF0X5NZORQM3dPEyzFCaQ$lB2QokSqO29lFin+zpHg+yfUkWJoLRmj9Vmv6/cSDV4","external":null,"active":true,"erased":false,"version":1,"rev":2,"created_at":{{-6155}},"is":"person_put"},{"at":{{-6155}},"by":{"kind":1,"user":0},"action":"user.create","target":"u1","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(3,{{-4255}},X'e4737b49449eddb2c70148cd63afe71a',1,'[{"id":1,"user":1,"secret":"51857eda03616fb76753525c168c5672afcd3036abaeb0ede853f469a8fe7c06","created_at":{{-4255}},"seen_at":{{-4255}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(4,{{-3833}},X'52fdd044fbc91dd9ad70ea12d5864644',0,'[{"id":1,"name":{"text":"North","folded":"north"},"version":1,"is":"team_put"},{"at":{{-3833}},"by":{"kind":0,"user":1},"action":"team.create","target":"t1","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(5,{{-3750}},X'95f5574753bd460ae9e33c9219c7086a',0,'[{"id":3,"name":{"text":"audit.read s.create","folded":"audit.read s.create"},"permissions":["statuses.create","audit.read"],"built_in":false,"version":1,"is":"role_put"},{"at":{{-3750}},"by":{"kind":0,"user":1},"action":"role.create","target":"r3","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(6,{{-3311}},X'89eade51072a130f7c73e38b80394617',1,'[{"id":2,"login":{"text":"ana","folded":"ana"},"display_name":{"text":"Ána Sanz","folded":"ana sanz"},"role":3,"teams":[1],"locale":"fr","time_zone":"Europe/Paris","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$Z7981n1gOwC/Mv044+z68g$68kS12OHpEIi1M2IluHBNbnCQ7GsQmLKYLV8o82BjD0","external":null,"active":true,"erased":false,"version":1,"rev":6,"created_at":{{-3311}},"is":"person_put"},{"at":{{-3311}},"by":{"kind":0,"user":1},"action":"user.create","target":"u2","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(7,{{-2723}},X'4ad3df3cdc0302aef6de4ef52d013f90',1,'[{"id":2,"user":2,"secret":"6b539735b74243ad4402062fd43a3851d67a62db193b1d46aba3d98d723f103b","created_at":{{-2723}},"seen_at":{{-2723}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(8,{{-2247}},X'e5f372fb8c89a5f3cb8d7f014131ec37',1,'[{"id":3,"login":{"text":"bo","folded":"bo"},"display_name":{"text":"Bo","folded":"bo"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$dSRI7qqIVLsJpbRxvPxRdw$qgVKc7zok3fg7oHCob/zxyKAoSX6H09d1PlKyPa26aU","external":null,"active":true,"erased":false,"version":1,"rev":8,"created_at":{{-2247}},"is":"person_put"},{"at":{{-2247}},"by":{"kind":0,"user":1},"action":"user.create","target":"u3","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(9,{{-1791}},X'f165ef849303bb6c332887d07adb0846',1,'[{"id":3,"user":3,"secret":"18d481b29746a85752e3067ad0b1c0eebb832dac714832b2024ae1302500cd28","created_at":{{-1791}},"seen_at":{{-1791}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(10,{{-1287}},X'89a4f95ba375e4d959356f656ee8d663',1,'[{"id":4,"login":{"text":"left","folded":"left"},"display_name":{"text":"Left","folded":"left"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$em+s3XF/BoOZXfdaD+hW9g$0oeilWXAY5kzpMmm/MXfLkjdGH3ar7JpMPPchZljbns","external":null,"active":true,"erased":false,"version":1,"rev":10,"created_at":{{-1287}},"is":"person_put"},{"at":{{-1287}},"by":{"kind":0,"user":1},"action":"user.create","target":"u4","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(11,{{-1248}},X'49a566962d3303cc2c12b705efc7ee71',0,'[{"id":6,"fields":{"name":{"text":"Lunch","folded":"lunch"},"names":{"fr":{"text":"Déjeuner","folded":"dejeuner"}},"type":1,"tags":[{"text":"Break","folded":"break"},{"text":"Midi","folded":"midi"}],"icon":"🍜","default_duration_s":1800,"position":5},"system":false,"deleted":false,"version":1,"rev":11,"created_at":{{-1248}},"created_by":{"kind":0,"user":1},"updated_at":{{-1248}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":6,"at":{{-1248}},"by":{"kind":0,"user":1},"action":0,"changes":[{"field":"name","before":"null","after":"\"Lunch\""},{"field":"names.fr","before":"null","after":"\"Déjeuner\""},{"field":"type","before":"null","after":"\"absent\""},{"field":"tags","before":"null","after":"[\"Break\",\"Midi\"]"},{"field":"icon","before":"null","after":"\"🍜\""},{"field":"default_duration_s","before":"null","after":"1800"},{"field":"position","before":"null","after":"5"}],"is":"status_history_added"},{"at":{{-1248}},"by":{"kind":0,"user":1},"action":"status.create","target":"s6","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(12,{{-1147}},X'4f31a4c1174439b52efb758c2670c694',0,'[{"id":7,"fields":{"name":{"text":"バス","folded":"ハス"},"names":{"ru":{"text":"Мой","folded":"мои"}},"type":1,"tags":[{"text":"バス","folded":"ハス"}],"icon":"","default_duration_s":null,"position":6},"system":false,"deleted":false,"version":1,"rev":12,"created_at":{{-1147}},"created_by":{"kind":0,"user":1},"updated_at":{{-1147}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":7,"at":{{-1147}},"by":{"kind":0,"user":1},"action":0,"changes":[{"field":"name","before":"null","after":"\"バス\""},{"field":"names.ru","before":"null","after":"\"Мой\""},{"field":"type","before":"null","after":"\"absent\""},{"field":"tags","before":"null","after":"[\"バス\"]"},{"field":"position","before":"null","after":"6"}],"is":"status_history_added"},{"at":{{-1147}},"by":{"kind":0,"user":1},"action":"status.create","target":"s7","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(13,{{-1137}},X'3f3d53bc405a15b1861d8a79b4d3a380',0,'[{"id":2,"name":{"text":"Мой","folded":"мои"},"version":1,"is":"team_put"},{"at":{{-1137}},"by":{"kind":0,"user":1},"action":"team.create","target":"t2","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(14,{{-990}},X'91f33c44dd56fe147ad586690d00a5ad',1,'[{"id":5,"login":{"text":"мой","folded":"мои"},"display_name":{"text":"Мой друг","folded":"мои друг"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$bknHbJ28aqPBZZTaNifYqA$Ddnk2bOxPeT7gmHR8pEWfGlp9XK/fDva/bEdySD8AVk","external":null,"active":true,"erased":false,"version":1,"rev":14,"created_at":{{-990}},"is":"person_put"},{"at":{{-990}},"by":{"kind":0,"user":1},"action":"user.create","target":"u5","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(15,{{-979}},X'1fa8c0ce0f607d27c7b5ecba354fb154',0,'[{"id":8,"fields":{"name":{"text":"Gone","folded":"gone"},"names":{},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":7},"system":false,"deleted":false,"version":1,"rev":15,"created_at":{{-979}},"created_by":{"kind":0,"user":1},"updated_at":{{-979}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":8,"at":{{-979}},"by":{"kind":0,"user":1},"action":0,"changes":[{"field":"name","before":"null","after":"\"Gone\""},{"field":"type","before":"null","after":"\"busy\""},{"field":"position","before":"null","after":"7"}],"is":"status_history_added"},{"at":{{-979}},"by":{"kind":0,"user":1},"action":"status.create","target":"s8","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(16,{{-959}},X'7adf67ab483df58c8d27d2574853cd77',0,'[{"id":6,"fields":{"name":{"text":"Lunch","folded":"lunch"},"names":{"fr":{"text":"Déjeuner","folded":"dejeuner"}},"type":1,"tags":[{"text":"Break","folded":"break"},{"text":"Midi","folded":"midi"}],"icon":"🍜","default_duration_s":1800,"position":7},"system":false,"deleted":false,"version":2,"rev":16,"created_at":{{-1248}},"created_by":{"kind":0,"user":1},"updated_at":{{-959}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":6,"at":{{-959}},"by":{"kind":0,"user":1},"action":1,"changes":[{"field":"position","before":"5","after":"7"}],"is":"status_history_added"},{"at":{{-959}},"by":{"kind":0,"user":1},"action":"status.modify","target":"s6","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(17,{{-819}},X'b21a9512a1bbb7a9de9687b3f83f2fa5',0,'[{"id":8,"fields":{"name":{"text":"Gone","folded":"gone"},"names":{},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":7},"system":false,"deleted":true,"version":2,"rev":17,"created_at":{{-979}},"created_by":{"kind":0,"user":1},"updated_at":{{-819}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":8,"at":{{-819}},"by":{"kind":0,"user":1},"action":3,"changes":[],"is":"status_history_added"},{"at":{{-819}},"by":{"kind":0,"user":1},"action":"status.delete","target":"s8","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(18,{{-762}},X'3eb384b0a2b76b35d9b952e680202d6e',1,'[{"id":2,"login":{"text":"ana","folded":"ana"},"display_name":{"text":"Ána Sanz","folded":"ana sanz"},"role":3,"teams":[1],"locale":"fr","time_zone":"Europe/Paris","status_at_sign_in":1,"pinned":[3],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$Z7981n1gOwC/Mv044+z68g$68kS12OHpEIi1M2IluHBNbnCQ7GsQmLKYLV8o82BjD0","external":null,"active":true,"erased":false,"version":2,"rev":6,"created_at":{{-3311}},"is":"person_put"}]');
INSERT INTO events VALUES(19,{{-612}},X'4d46243cedf5d37b664d7046b5992623',1,'[{"user":2,"entry":{"status":1,"type":0,"note":"","since":{{-612}},"until":null,"rev":19},"pending":null,"last_chosen":1,"is":"entry_put"},{"user":2,"at":{{-612}},"status":1,"name":"Connected","type":0,"note":"","is":"own_history_added"}]');
INSERT INTO events VALUES(20,{{-470}},X'cfb48c17cb848bfa929cee589d6ae73b',1,'[{"user":2,"entry":{"status":3,"type":2,"note":"one","since":{{-470}},"until":null,"rev":20},"pending":null,"last_chosen":3,"is":"entry_put"},{"user":2,"at":{{-470}},"status":3,"name":"Busy","type":2,"note":"one","is":"own_history_added"}]');
INSERT INTO events VALUES(21,{{-324}},X'8b93058b682b9522ba70e945037c1790',1,'[{"user":2,"entry":{"status":6,"type":1,"note":"soup","since":{{-324}},"until":{{25919999631}},"rev":21},"pending":null,"last_chosen":6,"is":"entry_put"},{"user":2,"at":{{-324}},"status":6,"name":"Lunch","type":1,"note":"soup","is":"own_history_added"}]');
INSERT INTO events VALUES(22,{{-305}},X'd5fdcb7035690d5f1e9940f6b437e2dd',1,'[{"user":3,"entry":{"status":5,"type":4,"note":"","since":null,"until":null,"rev":0},"pending":{"status":6,"note":"later","until":{{1799695}}},"last_chosen":6,"is":"entry_put"}]');
INSERT INTO events VALUES(23,{{-255}},X'922851e483451cbdc7a5a6ac8ef0ba5a',1,'[{"id":1,"members":[2,3],"last_message":0,"read_up_to":[0,0],"unread":[0,0],"created_at":{{-255}},"changed_at":{{-255}},"is":"conversation_put"}]');
INSERT INTO events VALUES(24,{{-228}},X'df6e80dbbe94acd1b483c5fffe54efad',1,'[{"id":1,"conversation":1,"from":2,"text":"Hello","at":{{-228}},"is":"message_added"},{"id":1,"members":[2,3],"last_message":1,"read_up_to":[1,0],"unread":[0,1],"created_at":{{-255}},"changed_at":{{-228}},"is":"conversation_put"},{"user":2,"key":"Hello","fingerprint":"092d0d1f7bba508580bf57dfb347fe7dd5a479423b6125195bd45e118f616796","at":{{-228}},"status":201,"headers":"Content-Type: application/json\n","body":"{\"id\":\"m1\",\"conversation\":\"c1\",\"from\":\"u2\",\"text\":\"Hello\",\"at\":\"2026-11-30T20:41:33.205Z\"}","is":"answer_kept"}]');
INSERT INTO events VALUES(25,{{-215}},X'2cfa06ed0e6f7a2ee6f6b7bd6b30a0e1',1,'[{"id":2,"conversation":1,"from":2,"text":"Are you there?","at":{{-215}},"is":"message_added"},{"id":1,"members":[2,3],"last_message":2,"read_up_to":[2,0],"unread":[0,2],"created_at":{{-255}},"changed_at":{{-215}},"is":"conversation_put"},{"user":2,"key":"Are-you-there?","fingerprint":"f026dad65f6cbbcd13f3779ddc1bf5bfe16c64a26b096895e0dfd718b7c51ce3","at":{{-215}},"status":201,"headers":"Content-Type: application/json\n","body":"{\"id\":\"m2\",\"conversation\":\"c1\",\"from\":\"u2\",\"text\":\"Are you there?\",\"at\":\"2026-11-30T20:41:33.218Z\"}","is":"answer_kept"}]');
INSERT INTO events VALUES(26,{{-192}},X'55a7c3dbf669bec4ab36bd346becb11e',1,'[{"id":1,"user":2,"secret":"371bdd6596efc69f141ed76db0991c1a9dd03e22fa1fcd7635efd4d31750a29b","name":"lamp","scope":1,"created_at":{{-192}},"expires_at":{{31535999808}},"is":"token_put"}]');
INSERT INTO events VALUES(27,{{-173}},X'63841a2f569c4408f40ea8cb5bc0fac2',1,'[{"id":1,"user":4,"secret":"3d86fba7fcdfe8479af32c2ee987591e34456acfbf2767119573d4fce4470ea7","expires_at":{{86399827}},"is":"invitation_put"},{"at":{{-173}},"by":{"kind":0,"user":1},"action":"user.invite","target":"u4","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(28,{{-167}},X'f4cad3454f7ab9cdb8c4c45cb15480ac',1,'[{"at":{{-167}},"by":{"kind":0,"user":1},"action":"user.disable","target":"u4","problem":null,"count":1,"is":"audit_added"},{"id":4,"login":{"text":"left","folded":"left"},"display_name":{"text":"Left","folded":"left"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$em+s3XF/BoOZXfdaD+hW9g$0oeilWXAY5kzpMmm/MXfLkjdGH3ar7JpMPPchZljbns","external":null,"active":false,"erased":false,"version":2,"rev":28,"created_at":{{-1287}},"is":"person_put"},{"id":1,"is":"invitation_dropped"}]');
CREATE TABLE statuses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  names TEXT NOT NULL,
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 4),
  tags TEXT NOT NULL,
  icon TEXT NOT NULL,
  default_duration_s INTEGER,
  position INTEGER NOT NULL,
  system INTEGER NOT NULL CHECK (system IN (0, 1)),
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  version INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_kind INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_kind INTEGER NOT NULL,
  updated_by INTEGER NOT NULL
) STRICT;
INSERT INTO statuses VALUES(1,'Connected','connected','{"en":["Connected","connected"],"fr":["Connecté","connecte"]}',0,'[]','',NULL,0,1,0,1,1,{{-6567}},2,0,{{-6567}},2,0);
INSERT INTO statuses VALUES(2,'Absent','absent','{"en":["Absent","absent"],"fr":["Absent","absent"]}',1,'[]','',NULL,1,1,0,1,1,{{-6567}},2,0,{{-6567}},2,0);
INSERT INTO statuses VALUES(3,'Busy','busy','{"en":["Busy","busy"],"fr":["Occupé","occupe"]}',2,'[]','',NULL,2,1,0,1,1,{{-6567}},2,0,{{-6567}},2,0);
INSERT INTO statuses VALUES(4,'In a call','in a call','{"en":["In a call","in a call"],"fr":["En appel","en appel"]}',3,'[]','',NULL,3,1,0,1,1,{{-6567}},2,0,{{-6567}},2,0);
INSERT INTO statuses VALUES(5,'Offline','offline','{"en":["Offline","offline"],"fr":["Hors ligne","hors ligne"]}',4,'[]','',NULL,4,1,0,1,1,{{-6567}},2,0,{{-6567}},2,0);
INSERT INTO statuses VALUES(6,'Lunch','lunch','{"fr":["Déjeuner","dejeuner"]}',1,'[["Break","break"],["Midi","midi"]]','🍜',1800,7,0,0,2,16,{{-1248}},0,1,{{-959}},0,1);
INSERT INTO statuses VALUES(7,'バス','ハス','{"ru":["Мой","мои"]}',1,'[["バス","ハス"]]','',NULL,6,0,0,1,12,{{-1147}},0,1,{{-1147}},0,1);
INSERT INTO statuses VALUES(8,'Gone','gone','{}',2,'[]','',NULL,7,0,1,2,17,{{-979}},0,1,{{-819}},0,1);
CREATE TABLE status_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status INTEGER NOT NULL REFERENCES statuses,
  at INTEGER NOT NULL,
  by_kind INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  action INTEGER NOT NULL,
  changes TEXT NOT NULL
) STRICT;
INSERT INTO status_history VALUES(1,6,{{-1248}},0,1,0,'[["name","null","\"Lunch\""],["names.fr","null","\"Déjeuner\""],["type","null","\"absent\""],["tags","null","[\"Break\",\"Midi\"]"],["icon","null","\"🍜\""],["default_duration_s","null","1800"],["position","null","5"]]');
INSERT INTO status_history VALUES(2,7,{{-1147}},0,1,0,'[["name","null","\"バス\""],["names.ru","null","\"Мой\""],["type","null","\"absent\""],["tags","null","[\"バス\"]"],["position","null","6"]]');
INSERT INTO status_history VALUES(3,8,{{-979}},0,1,0,'[["name","null","\"Gone\""],["type","null","\"busy\""],["position","null","7"]]');
INSERT INTO status_history VALUES(4,6,{{-959}},0,1,1,'[["position","5","7"]]');
INSERT INTO status_history VALUES(5,8,{{-819}},0,1,3,'[]');
CREATE TABLE roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  permissions TEXT NOT NULL,
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO roles VALUES(1,'Administrator','administrator','["statuses.create","statuses.modify","statuses.delete","users.manage","teams.manage","roles.manage","audit.read"]',1,1);
INSERT INTO roles VALUES(2,'Agent','agent','[]',1,1);
INSERT INTO roles VALUES(3,'audit.read s.create','audit.read s.create','["statuses.create","audit.read"]',0,1);
CREATE TABLE teams (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO teams VALUES(1,'North','north',1);
INSERT INTO teams VALUES(2,'Мой','мои',1);
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL,
  login_folded TEXT NOT NULL,
  display_name TEXT NOT NULL,
  display_folded TEXT NOT NULL,
  role INTEGER NOT NULL REFERENCES roles,
  teams TEXT NOT NULL,
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  status_at_sign_in INTEGER NOT NULL,
  pinned TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  erased INTEGER NOT NULL CHECK (erased IN (0, 1)),
  version INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL
, external_issuer TEXT NOT NULL DEFAULT '', external_subject TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO people VALUES(1,'admin','admin','Ada Admin','ada admin',1,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$jRF0X5NZORQM3dPEyzFCaQ$lB2QokSqO29lFin+zpHg+yfUkWJoLRmj9Vmv6/cSDV4',1,0,1,2,{{-6155}},'','');
INSERT INTO people VALUES(2,'ana','ana','Ána Sanz','ana sanz',3,'[1]','fr','Europe/Paris',1,'[3]','$argon2id$v=19$m=65536,t=2,p=1$Z7981n1gOwC/Mv044+z68g$68kS12OHpEIi1M2IluHBNbnCQ7GsQmLKYLV8o82BjD0',1,0,2,6,{{-3311}},'','');
INSERT INTO people VALUES(3,'bo','bo','Bo','bo',2,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$dSRI7qqIVLsJpbRxvPxRdw$qgVKc7zok3fg7oHCob/zxyKAoSX6H09d1PlKyPa26aU',1,0,1,8,{{-2247}},'','');
INSERT INTO people VALUES(4,'left','left','Left','left',2,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$em+s3XF/BoOZXfdaD+hW9g$0oeilWXAY5kzpMmm/MXfLkjdGH3ar7JpMPPchZljbns',0,0,2,28,{{-1287}},'','');
INSERT INTO people VALUES(5,'мой','мои','Мой друг','мои друг',2,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$bknHbJ28aqPBZZTaNifYqA$Ddnk2bOxPeT7gmHR8pEWfGlp9XK/fDva/bEdySD8AVk',1,0,1,14,{{-990}},'','');
CREATE TABLE presence (
  user INTEGER PRIMARY KEY REFERENCES people,
  status INTEGER NOT NULL REFERENCES statuses,
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 4),
  note TEXT NOT NULL,
  since INTEGER,
  until INTEGER,
  rev INTEGER NOT NULL,
  pending_status INTEGER REFERENCES statuses,
  pending_note TEXT,
  pending_until INTEGER,
  last_chosen INTEGER NOT NULL REFERENCES statuses
) STRICT;
INSERT INTO presence VALUES(2,6,1,'soup',{{-324}},{{25919999631}},21,NULL,NULL,NULL,6);
INSERT INTO presence VALUES(3,5,4,'',NULL,NULL,0,6,'later',{{1799695}},6);
CREATE TABLE own_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL REFERENCES statuses,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
INSERT INTO own_history VALUES(1,2,{{-612}},1,'Connected',0,'');
INSERT INTO own_history VALUES(2,2,{{-470}},3,'Busy',2,'one');
INSERT INTO own_history VALUES(3,2,{{-324}},6,'Lunch',1,'soup');
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
INSERT INTO sessions VALUES(1,1,X'51857eda03616fb76753525c168c5672afcd3036abaeb0ede853f469a8fe7c06',{{-4255}},{{-4255}},'');
INSERT INTO sessions VALUES(2,2,X'6b539735b74243ad4402062fd43a3851d67a62db193b1d46aba3d98d723f103b',{{-2723}},{{-2723}},'');
INSERT INTO sessions VALUES(3,3,X'18d481b29746a85752e3067ad0b1c0eebb832dac714832b2024ae1302500cd28',{{-1791}},{{-1791}},'');
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO tokens VALUES(1,2,X'371bdd6596efc69f141ed76db0991c1a9dd03e22fa1fcd7635efd4d31750a29b','lamp',1,{{-192}},{{31535999808}});
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL,
  secret BLOB NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first INTEGER NOT NULL REFERENCES people,
  second INTEGER NOT NULL REFERENCES people,
  last_message INTEGER NOT NULL,
  first_read INTEGER NOT NULL,
  second_read INTEGER NOT NULL,
  first_unread INTEGER NOT NULL,
  second_unread INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (first, second)
) STRICT;
INSERT INTO conversations VALUES(1,2,3,2,2,0,0,2,{{-255}},{{-215}});
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversations,
  author INTEGER NOT NULL REFERENCES people,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
INSERT INTO messages VALUES(1,1,2,'Hello',{{-228}});
INSERT INTO messages VALUES(2,1,2,'Are you there?',{{-215}});
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  by_kind INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  problem INTEGER,
  count INTEGER NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,{{-6155}},1,0,'user.create','u1',NULL,1);
INSERT INTO audit VALUES(2,{{-3833}},0,1,'team.create','t1',NULL,1);
INSERT INTO audit VALUES(3,{{-3750}},0,1,'role.create','r3',NULL,1);
INSERT INTO audit VALUES(4,{{-3311}},0,1,'user.create','u2',NULL,1);
INSERT INTO audit VALUES(5,{{-2247}},0,1,'user.create','u3',NULL,1);
INSERT INTO audit VALUES(6,{{-1287}},0,1,'user.create','u4',NULL,1);
INSERT INTO audit VALUES(7,{{-1248}},0,1,'status.create','s6',NULL,1);
INSERT INTO audit VALUES(8,{{-1147}},0,1,'status.create','s7',NULL,1);
INSERT INTO audit VALUES(9,{{-1137}},0,1,'team.create','t2',NULL,1);
INSERT INTO audit VALUES(10,{{-990}},0,1,'user.create','u5',NULL,1);
INSERT INTO audit VALUES(11,{{-979}},0,1,'status.create','s8',NULL,1);
INSERT INTO audit VALUES(12,{{-959}},0,1,'status.modify','s6',NULL,1);
INSERT INTO audit VALUES(13,{{-819}},0,1,'status.delete','s8',NULL,1);
INSERT INTO audit VALUES(14,{{-173}},0,1,'user.invite','u4',NULL,1);
INSERT INTO audit VALUES(15,{{-167}},0,1,'user.disable','u4',NULL,1);
CREATE TABLE answers (
  user INTEGER NOT NULL REFERENCES people,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;
INSERT INTO answers VALUES(2,'Are-you-there?',X'f026dad65f6cbbcd13f3779ddc1bf5bfe16c64a26b096895e0dfd718b7c51ce3',{{-215}},201,replace('Content-Type: application/json\n','\n',char(10)),'{"id":"m2","conversation":"c1","from":"u2","text":"Are you there?","at":"2026-11-30T20:41:33.218Z"}');
INSERT INTO answers VALUES(2,'Hello',X'092d0d1f7bba508580bf57dfb347fe7dd5a479423b6125195bd45e118f616796',{{-228}},201,replace('Content-Type: application/json\n','\n',char(10)),'{"id":"m1","conversation":"c1","from":"u2","text":"Hello","at":"2026-11-30T20:41:33.205Z"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('statuses',8);
INSERT INTO sqlite_sequence VALUES('roles',3);
INSERT INTO sqlite_sequence VALUES('people',5);
INSERT INTO sqlite_sequence VALUES('audit',15);
INSERT INTO sqlite_sequence VALUES('sessions',3);
INSERT INTO sqlite_sequence VALUES('teams',2);
INSERT INTO sqlite_sequence VALUES('status_history',5);
INSERT INTO sqlite_sequence VALUES('own_history',3);
INSERT INTO sqlite_sequence VALUES('conversations',1);
INSERT INTO sqlite_sequence VALUES('messages',2);
INSERT INTO sqlite_sequence VALUES('tokens',1);
INSERT INTO sqlite_sequence VALUES('invitations',1);
CREATE INDEX events_short_lived ON events (at) WHERE short_lived = 1;
CREATE UNIQUE INDEX statuses_live_name ON statuses (folded) WHERE deleted = 0;
CREATE INDEX status_history_of ON status_history (status, id);
CREATE UNIQUE INDEX people_login ON people (login_folded) WHERE erased = 0;
CREATE INDEX own_history_of ON own_history (user, id, at);
CREATE INDEX own_history_at ON own_history (at);
CREATE INDEX messages_of ON messages (conversation, id);
CREATE INDEX messages_at ON messages (at);
CREATE INDEX answers_at ON answers (at);
CREATE UNIQUE INDEX people_external ON people (external_issuer, external_subject)
  WHERE external_subject <> '';
COMMIT;
