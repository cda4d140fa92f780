// Pages against a server, in orders of events that nobody would think of: frames, answers, losses,
// sleeps, two tabs, wrong clocks. Each order comes from its seed; in the end the pages show what the
// server has. SEED=123 runs one, SEEDS=200 so many, FIRST_SEED where they begin.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browser, Order } from './order';

const one = process.env['SEED'];
const count = one === undefined ? Number(process.env['SEEDS'] ?? 10_000) : 1;
const first = Number(one ?? process.env['FIRST_SEED'] ?? 1);
const kMostTold = 10;

const before = new Map<string, PropertyDescriptor | undefined>();
const trueRandom = Math.random;

beforeAll(() => {
  const TrueDate = Date;
  browser.install = () => {
    const globals: Record<string, unknown> = {
      ...browser.globals,
      fetch: browser.fetch,
      Date: class extends TrueDate {
        constructor(...of: [] | [number]) {
          super(...((of.length === 0 ? [browser.now()] : of) as [number]));
        }
        static override now = browser.now;
      },
    };
    for (const [name, value] of Object.entries(globals)) {
      if (!before.has(name)) before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
    Math.random = browser.random;
  };
});
afterAll(restore);

function restore(): void {
  for (const [name, was] of before) {
    if (was === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, was);
  }
  Math.random = trueRandom;
}

it('pages show in the end what the server has, whatever came in between', async () => {
  const found = new Map<number, string[]>();
  for (let seed = first; seed < first + count; seed++) {
    const wrong = await new Order(seed).run();
    if (wrong.length > 0) found.set(seed, wrong);
  }
  restore();
  const told = [...found].slice(0, kMostTold).map(([seed, wrong]) => `SEED=${seed}\n  ${wrong.join('\n  ')}`);
  expect(told.join('\n'), `${found.size} of ${count} orders`).toBe('');
}, 1_200_000); // 20 s on a machine that has nothing else to do
