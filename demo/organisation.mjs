// The sample organisation: 200 people in 8 teams, three roles, 15 statuses. Made at the first start; what
// is needed again later is kept in the data directory, readable by its owner alone.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pastille, Session } from './pastille.mjs';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const kept = (data) => join(data, 'demo.json');
const password = () => randomBytes(9).toString('base64url');

/** The people of people.csv; none of its cells needs quotes. */
function people() {
  const [header, ...lines] = readFileSync(file('people.csv'), 'utf8').trim().split('\n');
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])));
}

/** Before the first start: the administrator. */
export async function begin(data) {
  if (existsSync(kept(data))) return JSON.parse(readFileSync(kept(data), 'utf8'));
  const all = people();
  const supervisor = all.find((one) => one.role === 'Supervisor');
  const agents = all.filter((one) => one.role === 'Agent');
  const agent = agents.find((one) => one.locale === 'fr');
  const demo = {
    made: false,
    administrator: { login: 'admin', password: password() },
    supervisor: { login: supervisor.login, password: password() },
    agent: { login: agent.login, password: password() },
    writers: agents
      .filter((one) => one !== agent)
      .slice(0, 6)
      .map((one) => ({ login: one.login, password: password() })),
    tokens: {},
  };
  const { login, password: secret } = demo.administrator;
  await pastille(
    ['user', 'add', login, '--name', 'Amina El Idrissi', '--role', 'Administrator', '--password-stdin', '--data', data],
    `${secret}\n`,
  );
  keep(data, demo);
  return demo;
}

/** Once the server runs: roles, people, statuses, and tokens for the simulated colleagues. */
export async function complete(data, demo, address) {
  if (demo.made) return;
  const administrator = await Session.signIn(address, demo.administrator.login, demo.administrator.password);
  const { items: roles } = await administrator.call('GET', '/roles');
  if (!roles.some((role) => role.name === 'Supervisor')) {
    await administrator.call('POST', '/roles', {
      name: 'Supervisor',
      permissions: ['statuses.create', 'statuses.modify', 'statuses.delete'],
    });
    await pastille(['user', 'import', file('people.csv'), '--data', data]);
  }
  await pastille(['import', file('statuses.json'), '--data', data]);
  for (const { login, password: secret } of [demo.supervisor, demo.agent, ...demo.writers]) {
    await pastille(['user', 'passwd', login, '--password-stdin', '--data', data], `${secret}\n`);
  }
  const lines = await pastille(['token', 'add', '--all', '--scope', 'status', '--name', 'Simulated colleague', '--data', data]);
  const shown = [demo.administrator.login, demo.supervisor.login, demo.agent.login];
  for (const line of lines.trim().split('\n')) {
    const [login, token] = line.split(',');
    if (!shown.includes(login)) demo.tokens[login] = token;
  }
  demo.made = true;
  keep(data, demo);
}

function keep(data, demo) {
  const part = `${kept(data)}.part`;
  writeFileSync(part, JSON.stringify(demo, null, 1), { mode: 0o600 });
  renameSync(part, kept(data));
}
