// Every limit of the product with its unit and its reason, in one place. Lengths of text count
// Unicode code points after NFC and trimming, unless they say bytes.
#pragma once

#include <chrono>
#include <cstddef>

namespace pastille::limits {

// Statuses (product.md).
inline constexpr std::size_t kStatusName = 60;     // fits one line of the Banner's menu
inline constexpr std::size_t kLiveStatuses = 500;  // custom and system; a menu, not a database
inline constexpr std::size_t kTagsPerStatus = 20;
inline constexpr std::size_t kTag = 40;
inline constexpr std::size_t kTranslations = 20;  // languages per status
inline constexpr std::size_t kIconBytes = 32;     // one grapheme cluster, family emoji included
inline constexpr std::size_t kNote = 140;
inline constexpr std::chrono::seconds kShortestStay{60};        // for_s, default_duration_s
inline constexpr std::chrono::seconds kLongestStay{2'592'000};  // 30 days
inline constexpr std::chrono::days kFurthestUntil{366};         // a leap year ahead
inline constexpr int kPositionMost = 1'000'000;                 // sort position of a status

// People, teams, roles.
inline constexpr std::size_t kPeople = 100'000;  // all of it fits in memory
inline constexpr std::size_t kLogin = 128;       // an e-mail address of usual length
inline constexpr std::size_t kDisplayName = 100;
inline constexpr std::size_t kTeams = 2'000;
inline constexpr std::size_t kTeamName = 60;
inline constexpr std::size_t kTeamsPerPerson = 50;
inline constexpr std::size_t kRoles = 200;
inline constexpr std::size_t kRoleName = 60;
inline constexpr std::size_t kPinned = 50;
inline constexpr std::size_t kLocale = 35;  // RFC 5646 4.4.1: what a tag needs at most
inline constexpr std::size_t kTimeZone = 64;

// Signing in.
inline constexpr std::size_t kPasswordShortest = 8;  // NIST SP 800-63B 5.1.1.2
inline constexpr std::size_t kPasswordLongest = 128;
inline constexpr std::size_t kUserAgentBytes = 200;    // of a session; the rest is cut off
inline constexpr std::size_t kSessionsPerPerson = 50;  // the oldest ends when one more begins
inline constexpr std::size_t kIssuerBytes = 512;       // an address
inline constexpr std::size_t kSubjectBytes = 255;      // OpenID Connect Core 2
// Begun at a provider and not ended, in one browser: several tabs. Cookies of 1 KB each, so that
// all of them fit kHeaderBytes beside everything else; one more takes the place of the oldest.
inline constexpr std::size_t kOidcFlowsPerBrowser = 4;
// One of them sealed: kReturnToBytes, an address of ours with the longest host name, two secrets.
inline constexpr std::size_t kOidcSealedBytes = 2'048;
inline constexpr std::chrono::minutes kOidcFlowLife{10};  // a second factor takes a while
// Sign-ins that came back, each good once: those of kOidcFlowLife at the busiest start of a shift.
// Beyond it the oldest is forgotten, and then the provider's code alone is good once.
inline constexpr std::size_t kOidcFlowsUsed = 100'000;
inline constexpr std::size_t kOidcRequests = 64;    // open at the provider; the others wait
inline constexpr std::size_t kOidcWaiting = 1'000;  // sign-ins on their way; then 503
// Of them those of one address (IPv6: /64): a contact centre at the start of a shift, which leaves
// room to all others.
inline constexpr std::size_t kOidcPerAddress = 200;
inline constexpr std::chrono::seconds kOidcConnect{5};       // to the provider
inline constexpr std::chrono::seconds kOidcAnswer{10};       // all of one request to it
inline constexpr std::size_t kOidcAnswerBytes = 256 * 1024;  // somebody in 1,000 groups
inline constexpr std::size_t kOidcTokenBytes = 128 * 1024;   // the same, signed
inline constexpr std::size_t kOidcGroups = 1'000;         // of one person; more are not looked at
inline constexpr std::chrono::minutes kOidcKeysAgain{1};  // an unknown key asks that often at most
inline constexpr std::chrono::hours kOidcDiscoveryLife{1};
inline constexpr std::size_t kReturnToBytes = 512;  // a path of ours
inline constexpr std::size_t kTokensPerPerson = 50;
inline constexpr std::size_t kTokenName = 60;
inline constexpr std::chrono::hours kInvitationLife{24};
inline constexpr std::size_t kRecoveryCode = 64;  // as it is typed, with blanks and hyphens
// Links and subjects for people who have signed in before, made by one person: enough for a bad
// morning, and nobody takes over a department before it is noticed.
inline constexpr std::size_t kRenewals = 10;
inline constexpr std::chrono::hours kRenewalsWithin{1};
// Another subject waits for the person's next sign-in: longer than a holiday.
inline constexpr std::chrono::days kSubjectRenewalLife{60};
// Of links for the first administrator: nodes that are started together each print one, and each
// works.
inline constexpr std::chrono::minutes kFirstLinksTogether{1};
inline constexpr std::chrono::days kTokenDefaultLife{365};
inline constexpr std::chrono::days kTokenLongestLife{1826};  // five years
inline constexpr std::size_t kIdempotencyKey = 64;
inline constexpr std::chrono::hours kIdempotencyLife{24};
// Passwords in work at once, waiting or being checked: one of them takes 70 ms of a core. A person
// types one at a time; behind one address a shift begins, and who tries more comes back in a
// moment.
inline constexpr std::size_t kPasswordsPerLogin = 2;
inline constexpr std::size_t kPasswordsPerNetwork = 20;  // an address, or a /64 of IPv6
// Networks where a person has signed in, the newest: desk, home, mobile, and what a lease changes.
inline constexpr std::size_t kKnownPlaces = 8;

// Conversations.
inline constexpr std::size_t kMessage = 4'000;
inline constexpr std::size_t kMessageOverhead = 256;  // bytes of a message beside its text, as kept

// What one person may do of what costs everybody, over HTTP and live together; then 429. Each fills
// again evenly over its time. Far above what pages and honest programs do; settings (quota.*).
inline constexpr std::size_t kChangesPerMinute = 3'000;  // requests that change something
// Own statuses: each is a line of one's own history. A telephone sets some hundred an hour.
inline constexpr std::size_t kStatusesPerHour = 1'200;
// Changes of one's own name: each is a line of the audit, which is kept for good.
inline constexpr std::size_t kRenamesPerHour = 20;
inline constexpr std::size_t kMessageKbPerMinute = 512;  // a log file that is pasted in pieces
inline constexpr std::size_t kMessageMbPerDay = 8;       // 30,000 messages
inline constexpr std::size_t kIdempotencyKeysPerDay = 5'000;
// Requests.
inline constexpr std::size_t kBodyBytes = 64 * 1024;
// Of who is not signed in: a login and a password, however they are escaped.
inline constexpr std::size_t kAnonymousBodyBytes = 8 * 1024;
inline constexpr std::size_t kImportBytes = 8 * 1024 * 1024;  // CSV: kImportRows long lines
// Of people, over HTTP: each gets a link, so the answer takes 4 MB. The command line takes more.
inline constexpr std::size_t kImportRows = 10'000;
// Of a file, said at once with how many more there are: more of them are one mistake, seen often.
inline constexpr std::size_t kImportFaultsTold = 100;
// Of one status in a file of JSON, of its names and of its tags: more than any has is one fault.
inline constexpr std::size_t kStatusMembers = 100;
inline constexpr std::size_t kCsvCells = 16'384;  // of a line: what a spreadsheet has
inline constexpr std::size_t kColumnsNamed = 20;  // of those that are ignored
inline constexpr std::size_t kHeaderBytes = 16 * 1024;
inline constexpr std::size_t kTargetBytes = 8 * 1024;
inline constexpr std::chrono::seconds kHandshakeWithin{10};  // of TLS, from accepting
inline constexpr std::chrono::seconds kHeaderWithin{10};     // from the first byte of a request
inline constexpr std::chrono::seconds kBodyWithin{30};       // 64 KB over the slowest line
inline constexpr std::size_t kBodyReadAtOnce = 4 * 1024;  // so that who sends nothing costs no more
inline constexpr std::chrono::seconds kAnswerTakenWithin{30};  // by a client that reads slowly
inline constexpr std::chrono::seconds kIdleConnection{75};     // longer than proxies keep theirs
// Open at once, HTTP and live. An idle one takes 2 KB or less; one of them stays a descriptor.
inline constexpr std::size_t kConnections = 50'000;
// A whole contact centre comes from one address, with some tabs each; and never all there are.
inline constexpr std::size_t kConnectionsPerAddress = 25'000;
inline constexpr std::size_t kTurnedAwayAtOnce = 32;  // that are told why; more are just closed
inline constexpr std::chrono::seconds kTurnedAwayWithin{2};
// Descriptors that connections leave free: database, metrics, commands, those turned away.
inline constexpr std::size_t kDescriptorsKept = 128;
inline constexpr std::chrono::seconds kTurnedAwayLogged{10};  // one line for all of that time
// Read after a refusal, so that it arrives: of a file too large, and on its way already, the rest.
inline constexpr std::size_t kLingerBytes = 2 * kImportBytes;
inline constexpr std::chrono::seconds kLingerWithin{2};  // all of it
inline constexpr std::size_t kReadsWaiting = 1'000;      // for a reader thread; then 503
inline constexpr std::size_t kReadsPerPerson = 32;  // of these, of one person; then 429: some tabs
// Of one person, in memory: answers that their clients have not taken yet, and bodies on their way
// in. A whole directory of 100,000 people is 7 MB. What is smaller than kHeldCounted is not
// counted.
inline constexpr std::size_t kHeldPerPerson = 64 * 1024 * 1024;
inline constexpr std::size_t kHeldCounted = 64 * 1024;
// Sorted lists of all people, one a language of the readers, 10 MB each with 100,000 people.
inline constexpr std::size_t kPeopleOrders = 8;
// Changes of a directory or a catalogue that ?since= lists; whoever misses more gets the whole.
inline constexpr std::size_t kChangesListed = 500;
inline constexpr std::size_t kRequestId = 64;
inline constexpr std::chrono::milliseconds kPositionWait{1'000};  // for a node that is behind
inline constexpr std::size_t kJsonDepth = 32;                     // our deepest request is 3
inline constexpr std::size_t kPageDefault = 50;
inline constexpr std::size_t kPageMost = 200;
inline constexpr std::size_t kSearchText = 200;

// Live.
inline constexpr std::size_t kFrameBytes = 64 * 1024;  // from a client
inline constexpr int kFramesPerSecond = 20;            // then 4429
inline constexpr int kFrameBurst = 60;
inline constexpr std::size_t kFollowPerFrame = 1'000;
inline constexpr std::size_t kFollowMost = 2'000;
inline constexpr std::size_t kFollowSse = 200;  // ids in a query string
inline constexpr std::size_t kOutboxBytes = 64 * 1024;
inline constexpr std::size_t kOutboxPauseBytes = 32 * 1024;  // above it nothing more is read
inline constexpr std::size_t kRefText = 64;
// With the next stretch of ids the next page begins.
inline constexpr std::size_t kBoardPageBytes = 32 * 1024;
inline constexpr std::size_t kBoardPagePeople = 200;  // of a board of some
inline constexpr int kCommandsInFlight = 16;     // of one connection; their answers fit its outbox
inline constexpr std::size_t kTailAlways = 100;  // changes that are cheaper than any fresh board
inline constexpr std::size_t kTailMost = 2'000;  // more of them hold an I/O thread for milliseconds
inline constexpr std::chrono::seconds kOpenWithin{10};  // the first frame of a client
inline constexpr std::chrono::seconds kCloseWithin{2};  // for the other side's half of a close
inline constexpr std::chrono::milliseconds kTick{50};
inline constexpr std::chrono::seconds kCountsEvery{2};
// Live, present or not, by session or token: at each node, and of the present ones in all.
inline constexpr std::size_t kConnectionsPerPerson = 50;
inline constexpr std::size_t kReadAtOnce = 64 * 1024;  // of one connection, before others' turn
// That wait for one hub; what comes after them is merged into the last (a second of a busy server).
inline constexpr std::size_t kBulletinsWaiting = 1'000;
// What several who come back with one position are told is kept for the next of them, by each hub:
// a restart has a few positions, whoever wants more is served all the same.
inline constexpr std::size_t kTailsKept = 1'000;
inline constexpr std::size_t kTailsBytes = 8 * 1024 * 1024;
// A departure that the workspace could not take (they are as many as there were present
// connections) is told again so often: soon enough for a grace of some seconds.
inline constexpr std::chrono::seconds kDepartureAgain{1};

// Beside the API.
// Of a path, what the log leaves out: a secret has 43 bytes, the names in our paths fewer.
inline constexpr std::size_t kLoggedSegment = 28;
inline constexpr std::size_t kLogLinesWaiting = 8'192;  // 2 MB, when standard error takes nothing
inline constexpr std::size_t kControlBytes = 64 * 1024 * 1024;  // kPeople lines of a CSV file
inline constexpr std::size_t kImportCell = 8'192;               // 50 team names with separators

// Several nodes on one store.
inline constexpr std::chrono::seconds kLookEvery{1};   // at what the others have committed
inline constexpr std::chrono::seconds kRenewEvery{2};  // the lease of app/ports/nodes.h
// A writer that has not come round for so long hangs, and its node is left to be taken for dead.
inline constexpr std::chrono::seconds kWriterHangs{60};
// What falls due is done by the node whose it is, and by any other so much later.
inline constexpr std::chrono::seconds kOthersLater{2};
inline constexpr std::chrono::milliseconds kBatchApart{40};  // 25 transactions a second and node
inline constexpr std::size_t kLooksWaiting = 20'000;         // requests that wait for one look

// The writer.
inline constexpr std::size_t kQueueMost = 20'000;  // commands waiting; then 503
inline constexpr std::size_t kBatchMost = 2'000;   // commands in one transaction
// Whose folds are made anew in one transaction at start: a tenth of a second, so that other nodes
// wait no longer than for anything else.
inline constexpr std::uint64_t kPeopleFoldedAtOnce = 1'000;
// People whom one piece of a long work changes (an import, a status that many hold is deleted): the
// writer is back after 20 ms, whatever the organisation's size.
inline constexpr std::size_t kPiecePeople = 200;
// Long works that wait for their next piece. Each is one request or command of an administrator.
inline constexpr std::size_t kLongWorks = 32;
// What falls due at the same moment is done so many at a time: a node of 10,000 connections died.
inline constexpr std::size_t kDueAtOnce = 200;
// Connections that come and go while the database is lost are told it that many at a time.
inline constexpr std::size_t kToldAtOnce = 500;
inline constexpr std::size_t kForgottenAtOnce = 500;  // rows of each kind: 15 ms
inline constexpr std::size_t kPurgedAtOnce = 500;     // kept answers, and invitations
inline constexpr std::size_t kErasedAtOnce = 500;     // steps of one's own history, in one commit
// Refused attempts on others' statuses: each target of one person is recorded, and counted for a
// minute, up to so many; and so many of all people. It says who tries, and fills no audit.
inline constexpr std::ptrdiff_t kRefusedTargets = 20;
inline constexpr std::size_t kRefusalsCounted = 2'000;
// Kept answers of all (Idempotency-Key), 60 MB; then the oldest of them go before their 24 h.
inline constexpr std::size_t kAnswersKept = 200'000;
// Of the embedded database, where one begins at each start. Clients from before the oldest of them
// get a fresh board. PostgreSQL keeps all: one begins there only when the server is another one (a
// standby took over, a copy was put back), and nodes notice it by how many there are.
inline constexpr std::size_t kEpochsKept = 200;
// Events that hold anything of a person: long enough for a node that was away for a moment.
inline constexpr std::chrono::minutes kPresenceEventsKept{15};

}  // namespace pastille::limits
