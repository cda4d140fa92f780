// One order of events: drawn from a seed, then time for everything to settle. What is different then
// between the pages and the server is what went wrong.
import { clock } from '../../i18n/clock.svelte';
import { Network, Socket } from './network';
import { Server } from './server';
import { Tab } from './tab';
import { Draw, Time } from './time';

const kSettleMs = 130_000;
const kSkews = [0, 0, 0, 1_200_000, -1_200_000];
/** What a lost network may take to be seen, and one that is back. */
const kSeenMs = 5_000;
const kBackMs = 3_000;

export class Order {
  readonly time = new Time();
  readonly draw: Draw;
  readonly server: Server;
  readonly network: Network;
  readonly tabs: Tab[] = [];
  readonly found: string[] = [];
  #texts = 0;
  #onLine = true;

  constructor(seed: number) {
    this.draw = new Draw(seed);
    this.server = new Server(this.time, this.draw);
    this.network = new Network(this.time, this.draw, this.server);
  }

  async run(): Promise<string[]> {
    this.#give();
    this.time.skewMs = this.draw.one(kSkews);
    this.network.faults = this.draw.one([0, 0.1, 0.3]);
    this.network.refuses = this.draw.chance(0.3);
    for (let count = this.draw.chance(0.2) ? 2 : 1; count > 0; count--)
      this.tabs.push(new Tab(this.server, `tab ${count}`));
    for (let steps = this.draw.between(8, 24); steps > 0; steps--) {
      await this.#step();
      for (const each of this.tabs) each.look();
      await this.#wait();
    }
    await this.#settle();
    for (const each of this.tabs) this.found.push(...each.differences());
    const wrong = Math.abs(clock.now.getTime() - this.time.serverNow());
    if (this.server.signedIn && wrong > 5_000) this.found.push(`clock: wrong by ${wrong} ms`);
    for (const { session, conversations } of this.tabs) {
      conversations.close();
      session.close();
    }
    return [...new Set(this.found)];
  }

  async #wait(): Promise<void> {
    const much = this.draw.number();
    await this.time.advance(
      much < 0.4 ? this.draw.below(100) : much < 0.8 ? this.draw.below(3_000) : this.draw.below(20_000),
    );
  }

  async #settle(): Promise<void> {
    this.network.faults = 0;
    this.#up(this.draw.chance(0.5));
    this.server.up = true;
    await this.time.advance(kSettleMs);
  }

  #up(told: boolean): void {
    if (this.network.up) return;
    this.network.up = true;
    this.#onLine = true;
    if (told) this.network.says('online');
  }

  async #step(): Promise<void> {
    const { draw } = this;
    const what = draw.number();
    if (what < 0.4) this.#act(draw.one(this.tabs));
    else if (what < 0.7) this.#others();
    else await this.#world();
  }

  /** What the person at this page does. */
  #act(tab: Tab): void {
    const { draw } = this;
    if (tab.ended !== null) return;
    const text = `text ${++this.#texts}`;
    switch (draw.below(6)) {
      case 0:
        return void tab.open(this.#colleague());
      case 1:
        return tab.send(text);
      case 2:
        return void tab.show(draw.one(['s0', 's1', 's2', 's3']), text);
      case 3: {
        const user = this.#colleague();
        // Each is pinned once, by one page.
        if (this.tabs.some(({ pins }) => pins.some((each) => each.user === user))) return;
        return void tab.pin(user);
      }
      case 4:
        return tab.watch(['u2', 'u3', 'u4', 'u5', 'u6', 'u7'].filter(() => draw.chance(0.5)));
      default:
        tab.send(text);
        tab.send(`${text} again`);
    }
  }

  /** What others do, and the person elsewhere. */
  #others(): void {
    const { draw, server } = this;
    const text = `text ${++this.#texts}`;
    const talk = () => server.talkWith(this.#colleague());
    switch (draw.below(11)) {
      case 0:
      case 1:
        return server.show(this.#colleague(), draw.one(['s0', 's1', 's2', 's3']), text);
      case 2:
      case 3:
      case 4: {
        const of = talk();
        for (let count = draw.one([1, 1, 2, 7]); count > 0; count--) server.write(of, of.with, `${text} ${count}`);
        return;
      }
      case 5: {
        const of = talk();
        const last = of.messages.at(-1);
        if (last !== undefined) server.read(of, draw.one([of.with, 'u1']), last.id);
        return;
      }
      case 6:
        return void server.write(talk(), 'u1', `${text} from elsewhere`);
      case 7:
        return server.changeStatus(draw.one(['s8', 's9']), draw.chance(0.3) ? null : text);
      case 8:
        return server.changePerson(this.#colleague(), text);
      case 9:
        if (draw.chance(0.5)) return server.permit(draw.chance(0.5) ? [] : ['audit.read', 'users.manage']);
        return server.changeSelf({ pinned: [`o${this.#texts}`, ...server.self.pinned] });
      default:
        if (draw.chance(0.5)) return server.hint();
        return server.show('u1', draw.one(['s0', 's1']), `${text} elsewhere`);
    }
  }

  /** What happens to the network, the machine and the server. */
  async #world(): Promise<void> {
    const { draw, network, server, time } = this;
    switch (draw.below(10)) {
      case 0:
      case 1:
        return this.#outage();
      case 2:
        for (const each of [...network.sockets]) each.breaks();
        return;
      case 3:
        return network.silence();
      case 4:
        if (draw.chance(0.8)) network.down();
        if (draw.chance(0.5)) network.says('offline');
        return;
      case 5:
        return this.#up(draw.chance(0.5));
      case 6:
        time.skewMs = draw.one(kSkews);
        return;
      case 7:
        return this.#sleep();
      case 8:
        server.restart(draw.chance(0.5));
        server.up = draw.chance(0.5);
        time.after(draw.below(8_000), () => (server.up = true));
        return;
      default:
        if (draw.chance(0.15)) server.endSession();
    }
  }

  async #outage(): Promise<void> {
    const { network, time, server, draw } = this;
    if (!network.up || !server.up) return;
    network.down();
    this.#onLine = false;
    network.says('offline');
    await time.advance(kSeenMs);
    const blind = this.tabs.filter(({ ended, link }) => ended === null && link === 'live');
    if (blind.length > 0) this.found.push('a lost network: not seen in time');
    await time.advance(draw.below(40_000));
    const before = network.faults;
    network.faults = 0;
    network.calm = true;
    this.#up(true);
    await time.advance(kBackMs);
    network.calm = false;
    network.faults = before;
    const away = this.tabs.filter(({ ended, link }) => ended === null && link !== 'live');
    if (away.length > 0)
      this.found.push(
        server.signedIn ? 'a network that is back: not used in time' : 'the end of the session: not said in time',
      );
  }

  async #sleep(): Promise<void> {
    const { network, draw, time } = this;
    if (draw.chance(0.7)) network.silence();
    network.visible = false;
    network.says('visibilitychange');
    const kept = draw.chance(0.3);
    if (kept) network.says('pagehide', { persisted: true });
    const during = draw.below(3);
    for (let count = 0; count < during; count++) this.#others();
    await time.sleep(draw.one([5_000, 60_000, 900_000]));
    network.visible = true;
    if (kept) network.says('pageshow', { persisted: true });
    if (draw.chance(0.7)) network.says('visibilitychange');
  }

  #colleague(): string {
    return `u${this.draw.between(2, 7)}`;
  }

  /** What a browser gives its pages. */
  #give(): void {
    const { time, network } = this;
    const page =
      (everyMs: (ms: number) => number | null) =>
      (run: () => void, ms = 0) =>
        time.after(ms, run, { ofPage: true, everyMs: everyMs(ms) }) as never;
    const stop = (id?: number) => time.stop(id);
    const hear = network.hear.bind(network);
    const hearNot = network.hearNot.bind(network);
    const storage = new Map<string, string>();
    const stored = {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
      removeItem: (key: string) => void storage.delete(key),
    };
    const onLine = () => this.#onLine;
    const seen = () => (network.visible ? 'visible' : 'hidden');
    Object.assign(browser, {
      now: () => time.deviceNow(),
      random: this.draw.number,
      fetch: network.fetch.bind(network),
      globals: {
        setTimeout: page(() => null),
        setInterval: page((ms) => ms),
        clearTimeout: stop,
        clearInterval: stop,
        WebSocket: class extends Socket {
          static readonly OPEN = 1;
          constructor() {
            super(network);
          }
        },
        addEventListener: hear,
        removeEventListener: hearNot,
        sessionStorage: stored,
        localStorage: stored,
        location: { protocol: 'http:', host: 'pastille.test', origin: 'http://pastille.test' },
        navigator: {
          get onLine() {
            return onLine();
          },
          languages: ['en'],
          language: 'en',
        },
        document: {
          get visibilityState() {
            return seen();
          },
          addEventListener: hear,
          removeEventListener: hearNot,
          documentElement: {},
        },
      },
    });
    browser.install();
  }
}

/** The globals of the order that runs; the modules under test are loaded once for all. */
export const browser = {
  now: (): number => 0,
  random: (): number => 0,
  fetch: (_input: never, _init?: RequestInit): Promise<Response> => Promise.reject(new Error('no network')),
  globals: {} as Record<string, unknown>,
  install: (): void => undefined,
};
