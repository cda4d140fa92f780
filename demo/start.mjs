// ./run --demo: the sample organisation, its server, its sign-ins, and simulated colleagues until Ctrl-C.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Colleagues } from './colleagues.mjs';
import { begin, complete } from './organisation.mjs';
import { serve } from './pastille.mjs';

const { values } = parseArgs({ options: { data: { type: 'string' }, listen: { type: 'string' } } });
const data = resolve(values.data ?? 'data-demo');

const demo = await begin(data);
const server = serve(['--data', data, ...(values.listen ? ['--listen', values.listen] : [])]);
let colleagues;
let stopping = false;

async function stop(code) {
  if (stopping) return;
  stopping = true;
  colleagues?.stop();
  await server.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
server.ended.then((code) => {
  if (!stopping) process.exit(code ?? 1);
});

function sayWelcome(address) {
  const line = (role, { login, password }) => `  ${role.padEnd(14)} ${login.padEnd(24)} ${password}`;
  console.log(
    [
      `Pastille is ready on ${address} with a sample organisation of 200 people. Sign in as`,
      line('Administrator', demo.administrator),
      line('Supervisor', demo.supervisor),
      line('Agent', demo.agent),
      `Its data is in ${data}. Stop it with Ctrl-C.`,
    ].join('\n'),
  );
}

try {
  const address = await server.address;
  await complete(data, demo, address);
  sayWelcome(address);
  colleagues = new Colleagues(address, demo);
  await colleagues.start();
} catch (error) {
  if (!stopping) console.error(`The demo could not start: ${error.message}`);
  await stop(1);
}
