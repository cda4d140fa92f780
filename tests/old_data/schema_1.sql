-- {"token":"pst_G_38r_sFDGmu-DlnpGfRMEwTneCFuIZcJ4z_CLyuacw","cookie":"pastille_session=pss_NmAWv8ewpILZIC8ku2RSQmKBQTJDgDUX8c-37GoeZYY","ana":"u2","bo":"u3","lunch":"s6","conversation":"c1"}
PRAGMA application_id = 1348563828;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('alive','{{-10}}');
INSERT INTO meta VALUES('newest_event','{{-49}}');
INSERT INTO meta VALUES('readable_from','1');
INSERT INTO meta VALUES('seq','25');
CREATE TABLE epochs (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first_seq INTEGER NOT NULL
) STRICT;
INSERT INTO epochs VALUES(1,'nmv0nzjbgfth4',1);
INSERT INTO epochs VALUES(2,'rbm3412zqc145',3);
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  batch BLOB NOT NULL,
  short_lived INTEGER NOT NULL CHECK (short_lived IN (0, 1)),
  payload TEXT NOT NULL
) STRICT;
INSERT INTO events VALUES(1,{{-4040}},X'0e94be5367297113ab69d923e10120ef',0,'[{"id":1,"fields":{"name":{"text":"Connected","folded":"connected"},"names":{"en":{"text":"Connected","folded":"connected"},"fr":{"text":"Connecté","folded":"connecte"}},"type":0,"tags":[],"icon":"","default_duration_s":null,"position":0},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-4040}},"created_by":{"kind":2,"user":0},"updated_at":{{-4040}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":2,"fields":{"name":{"text":"Absent","folded":"absent"},"names":{"en":{"text":"Absent","folded":"absent"},"fr":{"text":"Absent","folded":"absent"}},"type":1,"tags":[],"icon":"","default_duration_s":null,"position":1},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-4040}},"created_by":{"kind":2,"user":0},"updated_at":{{-4040}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":3,"fields":{"name":{"text":"Busy","folded":"busy"},"names":{"en":{"text":"Busy","folded":"busy"},"fr":{"text":"Occupé","folded":"occupe"}},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":2},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-4040}},"created_by":{"kind":2,"user":0},"updated_at":{{-4040}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":4,"fields":{"name":{"text":"In a call","folded":"in a call"},"names":{"en":{"text":"In a call","folded":"in a call"},"fr":{"text":"En appel","folded":"en appel"}},"type":3,"tags":[],"icon":"","default_duration_s":null,"position":3},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-4040}},"created_by":{"kind":2,"user":0},"updated_at":{{-4040}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":5,"fields":{"name":{"text":"Offline","folded":"offline"},"names":{"en":{"text":"Offline","folded":"offline"},"fr":{"text":"Hors ligne","folded":"hors ligne"}},"type":4,"tags":[],"icon":"","default_duration_s":null,"position":4},"system":true,"deleted":false,"version":1,"rev":1,"created_at":{{-4040}},"created_by":{"kind":2,"user":0},"updated_at":{{-4040}},"updated_by":{"kind":2,"user":0},"is":"status_put"},{"id":1,"name":{"text":"Administrator","folded":"administrator"},"permissions":["statuses.create","statuses.modify","statuses.delete","users.manage","teams.manage","roles.manage","audit.read"],"built_in":true,"version":1,"is":"role_put"},{"id":2,"name":{"text":"Agent","folded":"agent"},"permissions":[],"built_in":true,"version":1,"is":"role_put"}]');
INSERT INTO events VALUES(2,{{-3252}},X'58f45ca4abc0add7b5911b4a36ed8a66',1,'[{"id":1,"login":{"text":"admin","folded":"admin"},"display_name":{"text":"Ada Admin","folded":"ada admin"},"role":1,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$DNGakNcudhOYu1KKnGS+Ng$OMiRUVCplcxP3Zc1Nh/rnu0cCmLOHuAhq9C055z1cZs","active":true,"erased":false,"version":1,"rev":2,"created_at":{{-3252}},"is":"person_put"},{"at":{{-3252}},"by":{"kind":1,"user":0},"action":"user.create","target":"u1","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(3,{{-2566}},X'bdb0e84d2772058f25090e07b045e74f',1,'[{"id":1,"user":1,"secret":"72a2f0f55f4583d13557258dc4089747159e4170806605fc5a3ec9256428d1e2","created_at":{{-2566}},"seen_at":{{-2566}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(4,{{-2439}},X'2ab8d5822ae307e53db4e137d56c90b0',0,'[{"id":1,"name":{"text":"North","folded":"north"},"version":1,"is":"team_put"},{"at":{{-2439}},"by":{"kind":0,"user":1},"action":"team.create","target":"t1","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(5,{{-2434}},X'b655bd20ce54b34f9b24a0f852376670',0,'[{"id":3,"name":{"text":"audit.read s.create","folded":"audit.read s.create"},"permissions":["statuses.create","audit.read"],"built_in":false,"version":1,"is":"role_put"},{"at":{{-2434}},"by":{"kind":0,"user":1},"action":"role.create","target":"r3","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(6,{{-1982}},X'caffd7d47f3d8f283f658efda9aa0299',1,'[{"id":2,"login":{"text":"ana","folded":"ana"},"display_name":{"text":"Ána Sanz","folded":"ana sanz"},"role":3,"teams":[1],"locale":"fr","time_zone":"Europe/Paris","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$BNILiTagN8+UdMLVkBsTsw$hN3tWUvzPU8fB+1wWHQTYmHnZwYp+u29QYsiZod7src","active":true,"erased":false,"version":1,"rev":6,"created_at":{{-1982}},"is":"person_put"},{"at":{{-1982}},"by":{"kind":0,"user":1},"action":"user.create","target":"u2","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(7,{{-1551}},X'a3437961eebfdd31dcc98d7a79dadd7b',1,'[{"id":2,"user":2,"secret":"cb5184a9480ce4d73c7d6a379572dfcaf0f8ca9028571d9bcd20ec0e5d75bd38","created_at":{{-1551}},"seen_at":{{-1551}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(8,{{-1074}},X'c576b67592c0686effa6cbe2219a0220',1,'[{"id":3,"login":{"text":"bo","folded":"bo"},"display_name":{"text":"Bo","folded":"bo"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$Wwip5tUC1xwb/6heiJCYTA$3VRLgVPxSj1nHuJkrp9GKdwuneUj1pB8288PuiZ0mSA","active":true,"erased":false,"version":1,"rev":8,"created_at":{{-1074}},"is":"person_put"},{"at":{{-1074}},"by":{"kind":0,"user":1},"action":"user.create","target":"u3","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(9,{{-802}},X'dc0b9e7966526c5d92409866e572bf8b',1,'[{"id":3,"user":3,"secret":"30f9b9c074ae1935b2a676b8f651506b9c35f172b144d5d970d886395422be27","created_at":{{-802}},"seen_at":{{-802}},"user_agent":"","is":"session_put"}]');
INSERT INTO events VALUES(10,{{-257}},X'1443df491bcaa03d4ce71b538d341f8e',1,'[{"id":4,"login":{"text":"left","folded":"left"},"display_name":{"text":"Left","folded":"left"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$2jnxA/AzJJKNjijp0wcauA$OHKnFYHmm9zZgTS+im+Nr8Fj6jl2IEMBDlN7fyemZW0","active":true,"erased":false,"version":1,"rev":10,"created_at":{{-257}},"is":"person_put"},{"at":{{-257}},"by":{"kind":0,"user":1},"action":"user.create","target":"u4","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(11,{{-254}},X'dae2452a19540d3b530f0e8f9a63a838',0,'[{"id":6,"fields":{"name":{"text":"Lunch","folded":"lunch"},"names":{"fr":{"text":"Déjeuner","folded":"dejeuner"}},"type":1,"tags":[{"text":"Break","folded":"break"},{"text":"Midi","folded":"midi"}],"icon":"🍜","default_duration_s":1800,"position":5},"system":false,"deleted":false,"version":1,"rev":11,"created_at":{{-254}},"created_by":{"kind":0,"user":1},"updated_at":{{-254}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":6,"at":{{-254}},"by":{"kind":0,"user":1},"action":0,"changes":[{"field":"name","before":"null","after":"\"Lunch\""},{"field":"names.fr","before":"null","after":"\"Déjeuner\""},{"field":"type","before":"null","after":"\"absent\""},{"field":"tags","before":"null","after":"[\"Break\",\"Midi\"]"},{"field":"icon","before":"null","after":"\"🍜\""},{"field":"default_duration_s","before":"null","after":"1800"},{"field":"position","before":"null","after":"5"}],"is":"status_history_added"},{"at":{{-254}},"by":{"kind":0,"user":1},"action":"status.create","target":"s6","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(12,{{-240}},X'b2ba1eee1de32c242a8504f0ed533580',0,'[{"id":7,"fields":{"name":{"text":"Gone","folded":"gone"},"names":{},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":6},"system":false,"deleted":false,"version":1,"rev":12,"created_at":{{-240}},"created_by":{"kind":0,"user":1},"updated_at":{{-240}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":7,"at":{{-240}},"by":{"kind":0,"user":1},"action":0,"changes":[{"field":"name","before":"null","after":"\"Gone\""},{"field":"type","before":"null","after":"\"busy\""},{"field":"position","before":"null","after":"6"}],"is":"status_history_added"},{"at":{{-240}},"by":{"kind":0,"user":1},"action":"status.create","target":"s7","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(13,{{-237}},X'622520c10cf25affe4f9fa31dde7e772',0,'[{"id":6,"fields":{"name":{"text":"Lunch","folded":"lunch"},"names":{"fr":{"text":"Déjeuner","folded":"dejeuner"}},"type":1,"tags":[{"text":"Break","folded":"break"},{"text":"Midi","folded":"midi"}],"icon":"🍜","default_duration_s":1800,"position":7},"system":false,"deleted":false,"version":2,"rev":13,"created_at":{{-254}},"created_by":{"kind":0,"user":1},"updated_at":{{-237}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":6,"at":{{-237}},"by":{"kind":0,"user":1},"action":1,"changes":[{"field":"position","before":"5","after":"7"}],"is":"status_history_added"},{"at":{{-237}},"by":{"kind":0,"user":1},"action":"status.modify","target":"s6","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(14,{{-216}},X'f1cf762abcec0d6d070d0aebc6658594',0,'[{"id":7,"fields":{"name":{"text":"Gone","folded":"gone"},"names":{},"type":2,"tags":[],"icon":"","default_duration_s":null,"position":6},"system":false,"deleted":true,"version":2,"rev":14,"created_at":{{-240}},"created_by":{"kind":0,"user":1},"updated_at":{{-216}},"updated_by":{"kind":0,"user":1},"is":"status_put"},{"status":7,"at":{{-216}},"by":{"kind":0,"user":1},"action":3,"changes":[],"is":"status_history_added"},{"at":{{-216}},"by":{"kind":0,"user":1},"action":"status.delete","target":"s7","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(15,{{-213}},X'e3fe8fc8c11a786374b4acb04c8e918e',1,'[{"id":2,"login":{"text":"ana","folded":"ana"},"display_name":{"text":"Ána Sanz","folded":"ana sanz"},"role":3,"teams":[1],"locale":"fr","time_zone":"Europe/Paris","status_at_sign_in":1,"pinned":[3],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$BNILiTagN8+UdMLVkBsTsw$hN3tWUvzPU8fB+1wWHQTYmHnZwYp+u29QYsiZod7src","active":true,"erased":false,"version":2,"rev":6,"created_at":{{-1982}},"is":"person_put"}]');
INSERT INTO events VALUES(16,{{-169}},X'3c277bc05a35dbb134b40fa0b408662b',1,'[{"user":2,"entry":{"status":1,"type":0,"note":"","since":{{-169}},"until":null,"rev":16},"pending":null,"last_chosen":1,"is":"entry_put"},{"user":2,"at":{{-169}},"status":1,"name":"Connected","type":0,"note":"","is":"own_history_added"}]');
INSERT INTO events VALUES(17,{{-144}},X'11bbe6bd5e20efa065dd63e907933bff',1,'[{"user":2,"entry":{"status":3,"type":2,"note":"one","since":{{-144}},"until":null,"rev":17},"pending":null,"last_chosen":3,"is":"entry_put"},{"user":2,"at":{{-144}},"status":3,"name":"Busy","type":2,"note":"one","is":"own_history_added"}]');
INSERT INTO events VALUES(18,{{-138}},X'9a79f54826e78eaf5c8de7ab75f00e55',1,'[{"user":2,"entry":{"status":6,"type":1,"note":"soup","since":{{-138}},"until":{{25919999860}},"rev":18},"pending":null,"last_chosen":6,"is":"entry_put"},{"user":2,"at":{{-138}},"status":6,"name":"Lunch","type":1,"note":"soup","is":"own_history_added"}]');
INSERT INTO events VALUES(19,{{-137}},X'107ec5d933dfb0ae66dfb1658c332a22',1,'[{"user":3,"entry":{"status":5,"type":4,"note":"","since":null,"until":null,"rev":0},"pending":{"status":6,"note":"later","until":{{1799863}}},"last_chosen":6,"is":"entry_put"}]');
INSERT INTO events VALUES(20,{{-117}},X'fae5866847c5ebeabed85c05050de9c5',1,'[{"id":1,"members":[2,3],"last_message":0,"read_up_to":[0,0],"unread":[0,0],"created_at":{{-117}},"changed_at":{{-117}},"is":"conversation_put"}]');
INSERT INTO events VALUES(21,{{-101}},X'1b3c9de2f48d86021788400b1c994e4e',1,'[{"id":1,"conversation":1,"from":2,"text":"Hello","at":{{-101}},"is":"message_added"},{"id":1,"members":[2,3],"last_message":1,"read_up_to":[1,0],"unread":[0,1],"created_at":{{-117}},"changed_at":{{-101}},"is":"conversation_put"},{"user":2,"key":"Hello","fingerprint":"092d0d1f7bba508580bf57dfb347fe7dd5a479423b6125195bd45e118f616796","at":{{-101}},"status":201,"headers":"Content-Type: application/json\n","body":"{\"id\":\"m1\",\"conversation\":\"c1\",\"from\":\"u2\",\"text\":\"Hello\",\"at\":\"2026-11-23T19:26:31.851Z\"}","is":"answer_kept"}]');
INSERT INTO events VALUES(22,{{-86}},X'6fd19ed4f4c0a5d562cd0fcf5db760dc',1,'[{"id":2,"conversation":1,"from":2,"text":"Are you there?","at":{{-86}},"is":"message_added"},{"id":1,"members":[2,3],"last_message":2,"read_up_to":[2,0],"unread":[0,2],"created_at":{{-117}},"changed_at":{{-86}},"is":"conversation_put"},{"user":2,"key":"Are-you-there?","fingerprint":"f026dad65f6cbbcd13f3779ddc1bf5bfe16c64a26b096895e0dfd718b7c51ce3","at":{{-86}},"status":201,"headers":"Content-Type: application/json\n","body":"{\"id\":\"m2\",\"conversation\":\"c1\",\"from\":\"u2\",\"text\":\"Are you there?\",\"at\":\"2026-11-23T19:26:31.866Z\"}","is":"answer_kept"}]');
INSERT INTO events VALUES(23,{{-79}},X'26e22dccb3403d492664e46d8484aca7',1,'[{"id":1,"user":2,"secret":"9a9b6d213df67ceb47d537e5593704826987261d16e837515882c569ee556cbf","name":"lamp","scope":1,"created_at":{{-79}},"expires_at":{{31535999921}},"is":"token_put"}]');
INSERT INTO events VALUES(24,{{-54}},X'7d4b4ba8b5891ab1c821fe483736e96e',1,'[{"id":1,"user":4,"secret":"4e3f00d3d0982064c28b6bbac97a26651ff4835ff4d6ad4a01bcab2b4e846250","expires_at":{{86399946}},"is":"invitation_put"},{"at":{{-54}},"by":{"kind":0,"user":1},"action":"user.invite","target":"u4","problem":null,"count":1,"is":"audit_added"}]');
INSERT INTO events VALUES(25,{{-49}},X'b94a9fe8a261d68d1607fe06926da4e6',1,'[{"at":{{-49}},"by":{"kind":0,"user":1},"action":"user.disable","target":"u4","problem":null,"count":1,"is":"audit_added"},{"id":4,"login":{"text":"left","folded":"left"},"display_name":{"text":"Left","folded":"left"},"role":2,"teams":[],"locale":"en","time_zone":"UTC","status_at_sign_in":0,"pinned":[],"password_hash":"$argon2id$v=19$m=65536,t=2,p=1$2jnxA/AzJJKNjijp0wcauA$OHKnFYHmm9zZgTS+im+Nr8Fj6jl2IEMBDlN7fyemZW0","active":false,"erased":false,"version":2,"rev":25,"created_at":{{-257}},"is":"person_put"},{"id":1,"is":"invitation_dropped"}]');
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
INSERT INTO statuses VALUES(1,'Connected','connected','{"en":["Connected","connected"],"fr":["Connecté","connecte"]}',0,'[]','',NULL,0,1,0,1,1,{{-4040}},2,0,{{-4040}},2,0);
INSERT INTO statuses VALUES(2,'Absent','absent','{"en":["Absent","absent"],"fr":["Absent","absent"]}',1,'[]','',NULL,1,1,0,1,1,{{-4040}},2,0,{{-4040}},2,0);
INSERT INTO statuses VALUES(3,'Busy','busy','{"en":["Busy","busy"],"fr":["Occupé","occupe"]}',2,'[]','',NULL,2,1,0,1,1,{{-4040}},2,0,{{-4040}},2,0);
INSERT INTO statuses VALUES(4,'In a call','in a call','{"en":["In a call","in a call"],"fr":["En appel","en appel"]}',3,'[]','',NULL,3,1,0,1,1,{{-4040}},2,0,{{-4040}},2,0);
INSERT INTO statuses VALUES(5,'Offline','offline','{"en":["Offline","offline"],"fr":["Hors ligne","hors ligne"]}',4,'[]','',NULL,4,1,0,1,1,{{-4040}},2,0,{{-4040}},2,0);
INSERT INTO statuses VALUES(6,'Lunch','lunch','{"fr":["Déjeuner","dejeuner"]}',1,'[["Break","break"],["Midi","midi"]]','🍜',1800,7,0,0,2,13,{{-254}},0,1,{{-237}},0,1);
INSERT INTO statuses VALUES(7,'Gone','gone','{}',2,'[]','',NULL,6,0,1,2,14,{{-240}},0,1,{{-216}},0,1);
CREATE TABLE status_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  status INTEGER NOT NULL REFERENCES statuses,
  at INTEGER NOT NULL,
  by_kind INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  action INTEGER NOT NULL,
  changes TEXT NOT NULL
) STRICT;
INSERT INTO status_history VALUES(1,6,{{-254}},0,1,0,'[["name","null","\"Lunch\""],["names.fr","null","\"Déjeuner\""],["type","null","\"absent\""],["tags","null","[\"Break\",\"Midi\"]"],["icon","null","\"🍜\""],["default_duration_s","null","1800"],["position","null","5"]]');
INSERT INTO status_history VALUES(2,7,{{-240}},0,1,0,'[["name","null","\"Gone\""],["type","null","\"busy\""],["position","null","6"]]');
INSERT INTO status_history VALUES(3,6,{{-237}},0,1,1,'[["position","5","7"]]');
INSERT INTO status_history VALUES(4,7,{{-216}},0,1,3,'[]');
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
) STRICT;
INSERT INTO people VALUES(1,'admin','admin','Ada Admin','ada admin',1,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$DNGakNcudhOYu1KKnGS+Ng$OMiRUVCplcxP3Zc1Nh/rnu0cCmLOHuAhq9C055z1cZs',1,0,1,2,{{-3252}});
INSERT INTO people VALUES(2,'ana','ana','Ána Sanz','ana sanz',3,'[1]','fr','Europe/Paris',1,'[3]','$argon2id$v=19$m=65536,t=2,p=1$BNILiTagN8+UdMLVkBsTsw$hN3tWUvzPU8fB+1wWHQTYmHnZwYp+u29QYsiZod7src',1,0,2,6,{{-1982}});
INSERT INTO people VALUES(3,'bo','bo','Bo','bo',2,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$Wwip5tUC1xwb/6heiJCYTA$3VRLgVPxSj1nHuJkrp9GKdwuneUj1pB8288PuiZ0mSA',1,0,1,8,{{-1074}});
INSERT INTO people VALUES(4,'left','left','Left','left',2,'[]','en','UTC',0,'[]','$argon2id$v=19$m=65536,t=2,p=1$2jnxA/AzJJKNjijp0wcauA$OHKnFYHmm9zZgTS+im+Nr8Fj6jl2IEMBDlN7fyemZW0',0,0,2,25,{{-257}});
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
INSERT INTO presence VALUES(2,6,1,'soup',{{-138}},{{25919999860}},18,NULL,NULL,NULL,6);
INSERT INTO presence VALUES(3,5,4,'',NULL,NULL,0,6,'later',{{1799863}},6);
CREATE TABLE own_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL REFERENCES statuses,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
INSERT INTO own_history VALUES(1,2,{{-169}},1,'Connected',0,'');
INSERT INTO own_history VALUES(2,2,{{-144}},3,'Busy',2,'one');
INSERT INTO own_history VALUES(3,2,{{-138}},6,'Lunch',1,'soup');
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
INSERT INTO sessions VALUES(1,1,X'72a2f0f55f4583d13557258dc4089747159e4170806605fc5a3ec9256428d1e2',{{-2566}},{{-2566}},'');
INSERT INTO sessions VALUES(2,2,X'cb5184a9480ce4d73c7d6a379572dfcaf0f8ca9028571d9bcd20ec0e5d75bd38',{{-1551}},{{-1551}},'');
INSERT INTO sessions VALUES(3,3,X'30f9b9c074ae1935b2a676b8f651506b9c35f172b144d5d970d886395422be27',{{-802}},{{-802}},'');
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user INTEGER NOT NULL REFERENCES people,
  secret BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO tokens VALUES(1,2,X'9a9b6d213df67ceb47d537e5593704826987261d16e837515882c569ee556cbf','lamp',1,{{-79}},{{31535999921}});
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
INSERT INTO conversations VALUES(1,2,3,2,2,0,0,2,{{-117}},{{-86}});
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversations,
  author INTEGER NOT NULL REFERENCES people,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
INSERT INTO messages VALUES(1,1,2,'Hello',{{-101}});
INSERT INTO messages VALUES(2,1,2,'Are you there?',{{-86}});
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
INSERT INTO audit VALUES(1,{{-3252}},1,0,'user.create','u1',NULL,1);
INSERT INTO audit VALUES(2,{{-2439}},0,1,'team.create','t1',NULL,1);
INSERT INTO audit VALUES(3,{{-2434}},0,1,'role.create','r3',NULL,1);
INSERT INTO audit VALUES(4,{{-1982}},0,1,'user.create','u2',NULL,1);
INSERT INTO audit VALUES(5,{{-1074}},0,1,'user.create','u3',NULL,1);
INSERT INTO audit VALUES(6,{{-257}},0,1,'user.create','u4',NULL,1);
INSERT INTO audit VALUES(7,{{-254}},0,1,'status.create','s6',NULL,1);
INSERT INTO audit VALUES(8,{{-240}},0,1,'status.create','s7',NULL,1);
INSERT INTO audit VALUES(9,{{-237}},0,1,'status.modify','s6',NULL,1);
INSERT INTO audit VALUES(10,{{-216}},0,1,'status.delete','s7',NULL,1);
INSERT INTO audit VALUES(11,{{-54}},0,1,'user.invite','u4',NULL,1);
INSERT INTO audit VALUES(12,{{-49}},0,1,'user.disable','u4',NULL,1);
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
INSERT INTO answers VALUES(2,'Are-you-there?',X'f026dad65f6cbbcd13f3779ddc1bf5bfe16c64a26b096895e0dfd718b7c51ce3',{{-86}},201,replace('Content-Type: application/json\n','\n',char(10)),'{"id":"m2","conversation":"c1","from":"u2","text":"Are you there?","at":"2026-11-23T19:26:31.866Z"}');
INSERT INTO answers VALUES(2,'Hello',X'092d0d1f7bba508580bf57dfb347fe7dd5a479423b6125195bd45e118f616796',{{-101}},201,replace('Content-Type: application/json\n','\n',char(10)),'{"id":"m1","conversation":"c1","from":"u2","text":"Hello","at":"2026-11-23T19:26:31.851Z"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('statuses',7);
INSERT INTO sqlite_sequence VALUES('roles',3);
INSERT INTO sqlite_sequence VALUES('people',4);
INSERT INTO sqlite_sequence VALUES('audit',12);
INSERT INTO sqlite_sequence VALUES('sessions',3);
INSERT INTO sqlite_sequence VALUES('teams',1);
INSERT INTO sqlite_sequence VALUES('status_history',4);
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
COMMIT;
