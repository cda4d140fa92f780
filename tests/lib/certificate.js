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
  openssl([...args, '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']);
  return { certificate, key, pem: readFileSync(certificate, 'utf8') };
}

/** @param {string[]} args */
function openssl(args) {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/**
 * An authority that signs certificates of others.
 * @param {string} folder @param {string} name
 */
export function authority(folder, name) {
  const self = selfSigned(folder, name);
  return {
    ...self,
    /** @param {string} whose @param {string} names as subjectAltName has them */
    issue(whose, names) {
      const [certificate, key] = [join(folder, `${whose}.crt`), join(folder, `${whose}.key`)];
      openssl(['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-keyout', key, '-out', certificate, '-CA', self.certificate, '-CAkey', self.key,
        '-subj', `/CN=${whose}`, '-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE']);
      return { certificate, key };
    },
  };
}
