// What is told of a person, held against what they set.

import assert from 'node:assert/strict';

/**
 * The same entry. Wherever it is told, `rev` is any position from the change on: up to that of the frame or answer.
 * @param {any} told @param {any} set
 */
export function isSame({ rev, ...told }, { rev: changed, ...set }) {
  assert.deepEqual(told, set);
  assert.ok(rev >= changed, `rev ${rev} is before the change, ${changed}`);
}
