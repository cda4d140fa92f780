// Runs after the tests: every operation, every documented problem of each, and every frame of the contracts was
// produced at least once by the real server. 503 stands apart: it depends on the machine and not on the request,
// and is produced once with a full disk. So does 429: it depends on what a person did before, and is produced where a share
// is used up. `x-not-produced-in-tests` in openapi.yaml gives a reason for each other.

import { asyncapi, operations } from './lib/contract.js';
import { allSeen } from './lib/seen.js';

const seen = allSeen();
const kSharesUsedUp = ['signIn', 'changeMyPassword', 'setMyStatus', 'sendMessage', 'createTeam', 'patchMe'];
/** @type {string[]} */
const expected = [];
for (const { id, spec } of operations.values()) {
  for (const status of Object.keys(spec.responses)) if (Number(status) < 400) expected.push(`${id} ${status}`);
  for (const [status, slugs] of Object.entries(spec['x-problems'])) {
    if (status === '503' || (status === '429' && !kSharesUsedUp.includes(id))) continue;
    for (const slug of slugs) if (!spec['x-not-produced-in-tests']?.[slug]) expected.push(`${id} ${status} ${slug}`);
  }
}
for (const [name, message] of Object.entries(asyncapi.components.messages)) {
  const properties = asyncapi.components.schemas[message.payload.$ref.split('/').at(-1)].properties;
  if (properties.is) expected.push(`frame ${name}`);
}
for (const code of [1009, 1012, 4400, 4401, 4408, 4429]) expected.push(`close ${code}`);
expected.push('event closed');

const missing = expected.filter((one) => !seen.has(one));
console.log(`${expected.length - missing.length} of ${expected.length} documented answers and frames were seen`);
if (missing.length) {
  console.error(`Never produced:\n${missing.map((one) => `  ${one}`).join('\n')}`);
  process.exitCode = 1;
}
