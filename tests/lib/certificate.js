// Certificates for tests, made by OpenSSL's own program.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A certificate that stands for itself, for 127.0.0.1, with its key.
 * @param {string} folder @param {string} name
 * @param {{days?: number, key?: string[]}} [options] `key` as `openssl req -newkey` takes it
 * @returns {{certificate: string, key: string, pem: string}} two paths, and what clients are to trust
 */
export function selfSigned(folder, name, { days = 30, key: kind = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] } = {}) {
  const [certificate, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const args = ['req', '-x509', '-newkey', ...kind, '-nodes', '-days', String(days), '-keyout', key, '-out', certificate];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const { status, stderr } = spawnSync('openssl', [...args, ...subject], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return { certificate, key, pem: readFileSync(certificate, 'utf8') };
}
