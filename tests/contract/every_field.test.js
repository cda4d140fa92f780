// Every field of every request, taken from openapi.yaml: a value of another type, and one step beyond each
// limit, is 422 and named. What a value means, and that the last step within a limit is taken, is tested with
// each resource.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fieldsOf, operations } from '../lib/contract.js';
import { organisation } from '../lib/organisation.js';

/** @type {import('../lib/organisation.js').Organisation} */
let org;
/** @type {[string, string][]} */
let ids;

before(async () => {
  org = await organisation();
  const person = await org.account('person');
  const conversation = await org.admin.get('openConversation', { body: { with: person.id } });
  ids = [
    ['/users/{id}/status', org.admin.me.id],
    ['/users', person.id],
    ['/statuses', (await org.status('Lunch')).id],
    ['/teams', (await org.team('North')).id],
    ['/roles', (await org.role(['audit.read'])).id],
    ['/conversations', conversation.id],
  ];
});
after(() => org?.close());

/** Values to try on a field: of every type, and around its limits. @param {any} schema */
function values(schema) {
  const found = [null, true, 7, -1, 1.5, 1e15, '', 'text', [], ['text'], [null], [7], {}, { x: 1 }, { fr: 7 }];
  if (schema.maxLength) found.push('é'.repeat(schema.maxLength + 1), '🌴'.repeat(schema.maxLength + 1));
  if (schema.minLength > 1) found.push('é'.repeat(schema.minLength - 1));
  if (schema.maximum) found.push(schema.maximum + 1);
  if (schema.minimum !== undefined) found.push(schema.minimum - 1);
  if (schema.maxItems) found.push(Array.from({ length: schema.maxItems + 1 }, (_, i) => `u${i + 1}`));
  if (schema.maxProperties) found.push(Object.fromEntries(Array.from({ length: schema.maxProperties + 1 }, (_, i) => [`a${String.fromCharCode(97 + i)}`, 'x'])));
  return found;
}

for (const op of operations.values()) {
  if (['acceptInvitation', 'acceptGivenInvitation'].includes(op.id)) continue; // takes an open invitation: invitations.test.js
  const fields = fieldsOf(op);
  if (fields.length === 0) continue;
  test(`${op.id} names each field that is of another type or beyond a limit`, async () => {
    const id = ids.find(([start]) => op.path.startsWith(start))?.[1];
    for (const { name, schema, takes } of fields) {
      for (const value of values(schema)) {
        if (takes(value)) continue;
        const problem = await org.admin.refused('invalid', op.id, { id, body: { [name]: value } });
        const pointers = problem.errors.map((/** @type {any} */ one) => one.pointer);
        assert.ok(
          pointers.some((/** @type {string} */ one) => one === `/${name}` || one.startsWith(`/${name}/`)),
          `${name} = ${JSON.stringify(value)?.slice(0, 80)}: ${JSON.stringify(problem.errors)}`,
        );
      }
    }
  });
}
