// What lies between the pages of a simulation and their server: delays, losses, silence, sleep. It
// gives pages the browser's names: WebSocket, fetch, the clock, and the events of network and page.
import { problem, type Answered, type Server } from './server';
import type { Draw, Time } from './time';

type Fate = 'answered' | 'lost before' | 'lost after' | 'silent before' | 'silent after' | 'proxy';
type Hears = (event: Event) => void;

export class Network {
  up = true;
  /** How often something goes wrong with a request. */
  faults = 0;
  /** The server, or something before it, refuses the upgrade of an ended session, as a lost one looks. */
  refuses = false;
  visible = true;
  /** Nothing is slow. */
  calm = false;
  readonly sockets = new Set<Socket>();
  #hearers = new Map<string, Set<Hears>>();

  constructor(
    readonly time: Time,
    readonly draw: Draw,
    readonly server: Server,
  ) {}

  delay(): number {
    return this.calm || this.draw.chance(0.9) ? this.draw.between(2, 40) : this.draw.between(40, 400);
  }

  hear(kind: string, hearer: Hears): void {
    this.#hearers.set(kind, (this.#hearers.get(kind) ?? new Set()).add(hearer));
  }

  hearNot(kind: string, hearer: Hears): void {
    this.#hearers.get(kind)?.delete(hearer);
  }

  says(kind: string, more: object = {}): void {
    for (const each of [...(this.#hearers.get(kind) ?? [])]) each(Object.assign(new Event(kind), more));
  }

  /** No connection that stands says anything any more; nobody is told. */
  silence(): void {
    for (const each of this.sockets) each.silent = true;
  }

  down(): void {
    this.up = false;
    this.silence();
  }

  fetch(
    input: string | { url: string; method: string; headers: Headers; body?: unknown },
    init: RequestInit = {},
  ): Promise<Response> {
    const old = typeof input === 'string' ? null : input;
    const headers = new Map(old === null ? Object.entries(init.headers as Record<string, string>) : [...old.headers]);
    const body = (old?.body ?? init.body ?? null) as string | null;
    const asked = {
      method: old?.method ?? init.method ?? 'GET',
      url: new URL(old?.url ?? (input as string), 'http://pastille.test'),
      header: (name: string) => headers.get(name) ?? headers.get(name.toLowerCase()) ?? null,
      body: body === null ? null : (JSON.parse(body) as unknown),
    };
    const fate = this.#fate();
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      if (init.signal?.aborted === true) return reject(new Error('aborted'));
      const fails = () => reject(new TypeError('Failed to fetch'));
      const there = this.up && this.server.up;
      if (!there) return this.up || this.draw.chance(0.5) ? void this.time.after(this.delay(), fails) : undefined;
      this.time.after(this.delay(), () => {
        if (fate === 'silent before' || !this.up) return;
        if (fate === 'lost before' || !this.server.up) return fails();
        const proxy = fate === 'proxy';
        const answered = proxy && this.draw.chance(0.5) ? problem(503, 'x') : this.server.answer(asked);
        if (fate === 'silent after') return;
        const date = new Date(this.time.serverNow()).toUTCString();
        this.time.after(this.delay(), () => {
          if (fate === 'lost after') fails();
          else if (this.up) resolve(proxy ? reply({ status: 502, body: 'Bad gateway' }, date) : reply(answered, date));
        });
      });
    });
  }

  #fate(): Fate {
    if (!this.draw.chance(this.faults)) return 'answered';
    return this.draw.one(['lost before', 'lost after', 'silent before', 'silent after', 'proxy'] as const);
  }
}

/** As much of an answer as a client looks at. */
function reply({ status, body }: Answered, date: string): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { get: (name: string) => (name.toLowerCase() === 'date' ? date : null) };
  const json = () => Promise.resolve(JSON.parse(text) as unknown);
  return { status, ok: status < 300, headers, text: () => Promise.resolve(text), json } as unknown as Response;
}

/** A WebSocket of a page. */
export class Socket {
  readyState = 0;
  silent = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  #there: { hear: (text: string) => void; gone: () => void } | null = null;
  #toPage = 0;
  #toServer = 0;

  constructor(private readonly network: Network) {
    const { time, draw, server } = network;
    network.sockets.add(this);
    // Without a network an attempt fails at once, or waits for an answer that never comes.
    if (!network.up) this.silent = draw.chance(0.6);
    if (this.silent) return;
    time.after(network.delay(), () => {
      if (this.readyState !== 0 || this.silent) return;
      if (!network.up || !server.up || (network.refuses && !server.signedIn)) return this.#ends(1006);
      this.readyState = 1;
      this.onopen?.();
      this.#there = server.connect({
        say: (frame) => this.#later('toPage', () => this.onmessage?.({ data: JSON.stringify(frame) })),
        end: (code) => this.#later('toPage', () => this.#ends(code)),
      });
    });
  }

  send(text: string): void {
    this.#later('toServer', () => this.#there?.hear(text));
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.network.sockets.delete(this);
    this.network.time.after(this.silent ? 40_000 : 20, () => this.#there?.gone());
  }

  /** The connection breaks, and the browser notices. */
  breaks(): void {
    this.#there?.gone();
    this.#ends(1006);
  }

  #ends(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.network.sockets.delete(this);
    this.onclose?.({ code });
  }

  /** In order, each way. */
  #later(way: 'toPage' | 'toServer', run: () => void): void {
    const { time } = this.network;
    const at = Math.max(time.ms + this.network.delay(), way === 'toPage' ? this.#toPage : this.#toServer);
    if (way === 'toPage') this.#toPage = at;
    else this.#toServer = at;
    time.after(at - time.ms, () => {
      if (!this.silent && (way === 'toServer' || this.readyState === 1)) run();
    });
  }
}
