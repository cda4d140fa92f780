// The server of a simulation: small and never wrong. Its frames come in the order of the protocol. It
// keeps a list of the changes that it made, which the test compares with what the pages show.
import type { Entry } from '@pastille/client/live/frames';
import type { Draw, Time } from './time';

export interface Line {
  say(frame: object): void;
  end(code: number): void;
}
interface Listener {
  readonly line: Line;
  readonly follow: Set<string>;
  open: boolean;
}
interface Talk {
  readonly id: string;
  readonly with: string;
  readonly messages: { id: string; conversation: string; from: string; text: string; at: string }[];
  unread: number;
  readUpTo: string | null;
  partnerReadUpTo: string | null;
  changedAt: string;
}
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly header: (name: string) => string | null;
  readonly body: unknown;
}
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export const kMe = 'u1';
/** Small, so that a few messages are more than a page. */
const kPage = 4;
const types = ['connected', 'absent', 'busy', 'in_a_call'] as const;
type Kept = { readonly at: number; readonly value: object | null };

export class Server {
  up = true;
  signedIn = true;
  epoch = 'e1';
  seq = 1;
  #oldest = 0;
  readonly entries = new Map<string, Entry>();
  readonly statuses = new Map<string, Kept>();
  readonly people = new Map<string, Kept>();
  catalogueVersion = 1;
  peopleVersion = 1;
  self = {
    id: kMe,
    login: 'me',
    display_name: 'Me',
    locale: 'en',
    time_zone: 'UTC',
    unset: [],
    status_at_sign_in: 'connected',
    pinned: [] as string[],
    role: { id: 'r1', name: 'Agent' },
    teams: [],
    version: 1,
  };
  permissions: string[] = ['audit.read'];
  readonly talks = new Map<string, Talk>();
  /** Notes of the own statuses that were set, and pins that were asked for and made. */
  readonly notesSet = new Set<string>();
  readonly patches: string[][] = [];
  #listeners = new Set<Listener>();
  #keys = new Map<string, Answered>();
  #messages = 0;

  constructor(
    private readonly time: Time,
    private readonly draw: Draw,
  ) {
    types.forEach((type, at) => this.statuses.set(`s${at}`, { at: 1, value: statusOf(`s${at}`, type, type) }));
    for (let user = 1; user <= 7; user++) {
      this.people.set(`u${user}`, { at: 1, value: { id: `u${user}`, display_name: `User ${user}`, teams: [] } });
      this.entries.set(`u${user}`, this.#entry(`u${user}`, 's0', null));
    }
    const at = () => {
      for (const each of this.#listeners)
        if (each.open) each.line.say({ is: 'at', seq: this.seq, now: this.time.iso() });
    };
    time.after(12_000, at, { everyMs: 12_000 });
  }

  #entry(user: string, status: string, note: string | null): Entry {
    const type = (this.statuses.get(status)?.value as { type: Entry['type'] } | undefined)?.type ?? 'connected';
    return { user, status, type, note, since: this.time.iso(), until: null, rev: this.seq };
  }

  // What others do.

  show(user: string, status: string, note: string | null): void {
    this.seq++;
    this.entries.set(user, this.#entry(user, status, note));
    for (const each of this.#listeners) {
      if (each.open && (user === kMe || each.follow.has(user)))
        each.line.say({ is: 'changes', seq: this.seq, users: [this.entries.get(user)] });
    }
  }

  changeStatus(id: string, name: string | null): void {
    const value = name === null ? null : statusOf(id, 'absent', name);
    this.statuses.set(id, { at: ++this.catalogueVersion, value });
    this.#tell({
      is: 'catalogue',
      version: this.catalogueVersion,
      statuses: value === null ? [] : [value],
      gone: value === null ? [id] : [],
    });
  }

  changePerson(id: string, name: string): void {
    const value = { id, display_name: name, teams: [] };
    this.people.set(id, { at: ++this.peopleVersion, value });
    this.#tell({ is: 'people', version: this.peopleVersion, users: [value], gone: [] });
  }

  changeSelf(change: object): void {
    this.self = { ...this.self, ...change, version: this.self.version + 1 };
    this.#tellSelf();
  }

  permit(permissions: string[]): void {
    this.permissions = permissions;
    this.#tellSelf();
  }

  write(talk: Talk, from: string, text: string): object {
    const message = { id: `m${++this.#messages}`, conversation: talk.id, from, text, at: this.time.iso() };
    talk.messages.push(message);
    talk.changedAt = message.at;
    if (from === kMe) [talk.unread, talk.readUpTo] = [0, message.id];
    else [talk.unread, talk.partnerReadUpTo] = [talk.unread + 1, message.id];
    this.#tell({ is: 'message', message });
    return message;
  }

  read(talk: Talk, user: string, upTo: string): void {
    const place = (id: string | null) => talk.messages.findIndex((each) => each.id === id);
    const before = user === kMe ? talk.readUpTo : talk.partnerReadUpTo;
    if (place(upTo) <= place(before)) return;
    if (user === kMe) talk.readUpTo = upTo;
    else talk.partnerReadUpTo = upTo;
    if (user === kMe && talk.messages.at(-1)?.id === upTo) talk.unread = 0;
    talk.changedAt = this.time.iso();
    this.#tell({ is: 'read', conversation: talk.id, user, up_to: upTo });
  }

  talkWith(user: string): Talk {
    const known = [...this.talks.values()].find((each) => each.with === user);
    if (known !== undefined) return known;
    const talk: Talk = {
      id: `c${user}`,
      with: user,
      messages: [],
      unread: 0,
      readUpTo: null,
      partnerReadUpTo: null,
      changedAt: this.time.iso(),
    };
    this.talks.set(talk.id, talk);
    return talk;
  }

  /** In place of what did not fit: says only that something changed. */
  hint(): void {
    this.#tell({ is: 'conversations' });
  }

  endSession(): void {
    this.signedIn = false;
    for (const each of [...this.#listeners]) this.#end(each, 4401);
  }

  /** forgets: positions from before are not known any more. */
  restart(forgets: boolean): void {
    for (const each of [...this.#listeners]) this.#end(each, 1012);
    if (!forgets) return;
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`;
    this.#oldest = this.seq;
  }

  // The live connection.

  connect(line: Line): { hear: (text: string) => void; gone: () => void } {
    const listener: Listener = { line, follow: new Set(), open: false };
    this.#listeners.add(listener);
    if (!this.signedIn) this.#end(listener, 4401);
    return {
      hear: (text) => this.#hear(listener, JSON.parse(text) as Record<string, unknown>),
      gone: () => this.#listeners.delete(listener),
    };
  }

  #end(listener: Listener, code: number): void {
    this.#listeners.delete(listener);
    listener.line.end(code);
  }

  #tell(frame: object): void {
    for (const each of this.#listeners) if (each.open) each.line.say(frame);
  }

  #tellSelf(): void {
    this.#tell({ is: 'self', user: this.self, permissions: this.permissions });
  }

  #hear(listener: Listener, frame: Record<string, unknown>): void {
    if (!this.#listeners.has(listener)) return;
    if (frame['do'] === 'open') return this.#open(listener, frame);
    if (frame['do'] === 'follow' && frame['add'] !== undefined) {
      for (const user of frame['drop'] as string[]) listener.follow.delete(user);
      for (const user of frame['add'] as string[]) listener.follow.add(user);
      this.#board(listener, frame['add'] as string[], frame['ref'] as string | undefined);
    }
    if (frame['do'] !== 'set') return;
    this.notesSet.add(frame['note'] as string);
    this.show(kMe, frame['status_id'] as string, frame['note'] as string);
    listener.line.say({ is: 'done', ref: frame['ref'], entry: this.entries.get(kMe) });
  }

  #open(listener: Listener, frame: Record<string, unknown>): void {
    const { users } = frame['follow'] as { users: string[] };
    const seq = frame['seq'] as number | undefined;
    const resumed = seq !== undefined && frame['epoch'] === this.epoch && seq >= this.#oldest && seq <= this.seq;
    listener.open = true;
    for (const user of users) listener.follow.add(user);
    listener.line.say({
      is: 'ready',
      epoch: this.epoch,
      seq: resumed ? seq : this.seq,
      me: this.entries.get(kMe),
      catalogue: this.catalogueVersion,
      people: this.peopleVersion,
      heartbeat_s: 25,
      resumed,
      stale: false,
    });
    if (!resumed) return this.#board(listener, users);
    const changed = [...this.entries.values()].filter(
      (each) => each.rev > seq && (each.user === kMe || listener.follow.has(each.user)),
    );
    if (changed.length > 0) listener.line.say({ is: 'changes', seq: this.seq, users: changed });
  }

  #board(listener: Listener, users: readonly string[], ref?: string): void {
    const found = users.map((user) => this.entries.get(user)).filter((each) => each !== undefined);
    const cut = this.draw.chance(0.3) ? 1 : found.length;
    const part = { seq: this.seq, all: false, ...(ref === undefined ? {} : { ref }) };
    if (cut < found.length) listener.line.say({ is: 'board', ...part, users: found.slice(0, cut), more: true });
    listener.line.say({ is: 'board', ...part, users: found.slice(cut < found.length ? cut : 0), more: false });
  }

  // HTTP.

  answer(asked: Asked): Answered {
    if (!this.signedIn) return problem(401, 'not-signed-in');
    const key = asked.method === 'POST' ? asked.header('Idempotency-Key') : null;
    const before = key === null ? undefined : this.#keys.get(key);
    if (before !== undefined) return before;
    const answered = this.#route(asked);
    if (key !== null) this.#keys.set(key, answered);
    return answered;
  }

  #route({ method, url, body, header }: Asked): Answered {
    const [what = '', id = '', part = ''] = url.pathname.replace('/api/v1/', '').split('/');
    const since = Number(url.searchParams.get('since') ?? 0);
    const talk = this.talks.get(id);
    switch (`${method} ${what}${part === '' ? '' : `/${part}`}`) {
      case 'GET session':
        return ok({ user: this.self, permissions: this.permissions });
      case 'PATCH me':
        return this.#patch(body as { pinned: string[] }, header('If-Match'));
      case 'GET catalogue':
        return ok({ version: this.catalogueVersion, ...changedSince(this.statuses, since, 'statuses') });
      case 'GET directory':
        return ok({ version: this.peopleVersion, ...changedSince(this.people, since, 'users') });
      case 'GET conversations': {
        const after = url.searchParams.get('changed_after') ?? '';
        const items = [...this.talks.values()].filter((each) => each.changedAt >= after).map(shown);
        return ok({ items, total: items.length, next: null });
      }
      case 'POST conversations':
        return ok(shown(this.talkWith((body as { with: string }).with)));
      case 'GET conversations/messages': {
        if (talk === undefined) return problem(404, 'not-found');
        const end = Number(url.searchParams.get('cursor') ?? talk.messages.length);
        const items = talk.messages.slice(Math.max(0, end - kPage), end).reverse();
        return ok({ items, total: talk.messages.length, next: end > kPage ? String(end - kPage) : null });
      }
      case 'POST conversations/messages':
        return talk === undefined
          ? problem(404, 'not-found')
          : ok(this.write(talk, kMe, (body as { text: string }).text));
      case 'PUT conversations/read':
        if (talk === undefined) return problem(404, 'not-found');
        this.read(talk, kMe, (body as { up_to: string }).up_to);
        return ok(shown(talk));
      default:
        throw new Error(`Nobody answers ${method} ${url.pathname}`);
    }
  }

  #patch(patch: { pinned: string[] }, match: string | null): Answered {
    if (match !== null && match !== `"${this.self.version}"`)
      return problem(412, 'stale-version', { current: this.self });
    if (JSON.stringify(patch.pinned) !== JSON.stringify(this.self.pinned)) this.changeSelf(patch);
    this.patches.push(patch.pinned);
    return ok(this.self);
  }
}

/** As the contract writes a conversation. */
export function shown(talk: Talk): object {
  return {
    id: talk.id,
    with: talk.with,
    last_message: talk.messages.at(-1) ?? null,
    unread: talk.unread,
    read_up_to: talk.readUpTo,
    partner_read_up_to: talk.partnerReadUpTo,
    changed_at: talk.changedAt,
  };
}

function statusOf(id: string, type: string, name: string): object {
  return { id, name, names: {}, type, system: false, tags: [], icon: null, position: 0, default_duration_s: null };
}

function changedSince(all: Map<string, Kept>, since: number, name: string): object {
  const changed = [...all].filter(([, each]) => each.at > since);
  const values = changed.flatMap(([, { value }]) => value ?? []);
  return {
    [name]: values,
    ...(since === 0 ? {} : { gone: changed.filter(([, { value }]) => value === null).map(([id]) => id) }),
  };
}

const ok = (body: unknown): Answered => ({ status: 200, body });

export function problem(status: number, slug: string, more: object = {}): Answered {
  return { status, body: { type: `/problems/${slug}`, title: slug, status, ...more } };
}
