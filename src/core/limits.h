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

// Conversations.
inline constexpr std::size_t kMessage = 4'000;

// Requests.
inline constexpr std::size_t kBodyBytes = 64 * 1024;
inline constexpr std::size_t kImportBytes = 1024 * 1024;  // CSV: 10,000 people and more
inline constexpr std::size_t kHeaderBytes = 16 * 1024;
inline constexpr std::size_t kTargetBytes = 8 * 1024;
inline constexpr std::chrono::seconds kHandshakeWithin{10};    // of TLS, from accepting
inline constexpr std::chrono::seconds kHeaderWithin{10};       // from the first byte of a request
inline constexpr std::chrono::seconds kBodyWithin{30};         // 64 KB over the slowest line
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
inline constexpr std::size_t kLingerBytes = 1024 * 1024;      // read after a refusal, so it arrives
inline constexpr std::size_t kReadsWaiting = 1'000;           // for a reader thread; then 503
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
inline constexpr std::chrono::seconds kOpenWithin{10};  // the first frame of a client
inline constexpr std::chrono::seconds kCloseWithin{2};  // for the other side's half of a close
inline constexpr std::chrono::milliseconds kTick{50};
inline constexpr std::chrono::seconds kCountsEvery{2};
inline constexpr std::size_t kConnectionsPerPerson = 50;

// Beside the API.
// Of a path, what the log leaves out: a secret has 43 bytes, the names in our paths fewer.
inline constexpr std::size_t kLoggedSegment = 28;
inline constexpr std::size_t kLogLinesWaiting = 8'192;  // 2 MB, when standard error takes nothing
inline constexpr std::size_t kControlBytes = 64 * 1024 * 1024;  // kPeople lines of a CSV file
inline constexpr std::size_t kImportCell = 8'192;               // 50 team names with separators

// Several nodes on one store.
inline constexpr std::chrono::seconds kLookEvery{1};  // renews the lease of app/ports/nodes.h
// What falls due is done by the node whose it is, and by any other so much later.
inline constexpr std::chrono::seconds kOthersLater{2};
inline constexpr std::chrono::milliseconds kBatchApart{40};  // 25 transactions a second and node
inline constexpr std::size_t kLooksWaiting = 20'000;         // requests that wait for one look

// The writer.
inline constexpr std::size_t kQueueMost = 20'000;  // commands waiting; then 503
inline constexpr std::size_t kBatchMost = 2'000;   // commands in one transaction
// Events that hold anything of a person: long enough for a node that was away for a moment.
inline constexpr std::chrono::minutes kPresenceEventsKept{15};

}  // namespace pastille::limits
