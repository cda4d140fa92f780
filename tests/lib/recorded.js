// Changes at all nodes of a cluster while it is disturbed, each with what was answered; afterwards everything is held against
// that: what was acknowledged is there exactly once, what was refused is not, and what was not answered is there at most once.

import assert from 'node:assert/strict';
import { isGone } from './colleague.js';
import { pause, until } from './patience.js';

/** @typedef {import('./cluster.js').Cluster} Cluster */
/** @typedef {import('./organisation.js').Person} Person */
/** @typedef {import('./server.js').Server} Server */
/** @typedef {'acknowledged' | 'refused' | 'unknown'} Outcome */
/** @typedef {{text: string, outcome: Outcome, node: number, at: number, took: number, position?: string, id?: string}} Command */

const kTeamsKept = 30;
const kPace = 30; // ms between two commands of one writer
const kPaceRefused = 150; // when the last one was not taken

export class Recorded {
  /**
   * @param {Cluster} cluster
   * @param {{setters: Person[], talkers: [Person, Person][], at?: (writer: string) => Server | undefined}} people `setters` change their own
   * status and are to be there; `talkers` write to each other; `at`: the node that a writer comes to, a random open one without it
   */
  constructor(cluster, { setters, talkers, at }) {
    this.cluster = cluster;
    this.setters = setters;
    this.talkers = talkers;
    this.at = at;
    /** All commands by writer. @type {Map<string, Command[]>} */
    this.commands = new Map();
    /** What was asked to be deleted. @type {Map<string, Outcome>} */
    this.deleted = new Map();
    this.over = false;
    /** @type {unknown} */
    this.fault = undefined;
    /** @type {Promise<void>[]} */
    this.writers = [];
  }

  /** @param {import('./cluster.js').Cluster} cluster @param {ConstructorParameters<typeof Recorded>[1]} people */
  static async begin(cluster, people) {
    const recorded = new Recorded(cluster, people);
    await recorded.#begin();
    return recorded;
  }

  async #begin() {
    const { admin, system } = this.cluster.org;
    /** @type {[Person, string][]} */
    const conversations = [];
    for (const [from, to] of this.talkers) conversations.push([from, (await from.get('openConversation', { body: { with: to.me.id } })).id]);
    await this.cluster.agree({ people: this.talkers.flat() });
    const types = ['busy', 'absent'].map((type) => system.get(type).id);
    for (const who of this.setters) {
      this.#write(`status ${who.login}`, who, (client, text, i) => client.call('setMyStatus', { body: { status_id: types[i % 2], note: text }, anyStatus: true }));
    }
    for (const [from, id] of conversations) {
      this.#write(`message ${from.login}`, from, (client, text, i) => {
        // Every other one is sent again until there is an answer, as our own pages do.
        const headers = i % 2 ? { 'Idempotency-Key': text.replaceAll(' ', '-') } : undefined;
        return client.call('sendMessage', { id, body: { text }, headers, anyStatus: true });
      }, (i) => i % 2 === 1);
    }
    this.#write('team', admin, (client, text) => client.call('createTeam', { body: { name: text }, anyStatus: true }), undefined, () => this.#deleteOldTeam());
  }

  /**
   * @param {string} writer @param {Person} who
   * @param {(client: import('./api.js').Client, text: string, i: number) => Promise<import('./api.js').Answer>} change
   * @param {(i: number) => boolean} [again] whether it is asked again while it is not answered
   * @param {() => Promise<unknown>} [between]
   */
  #write(writer, who, change, again = () => false, between = async () => {}) {
    /** @type {Command[]} */
    const commands = [];
    this.commands.set(writer, commands);
    const work = async () => {
      for (let i = 0; !this.over; i++) {
        /** @type {Command} */
        const command = { text: `${writer} ${i}`, outcome: 'unknown', node: -1, at: Date.now(), took: 0 };
        commands.push(command);
        do {
          await this.#ask(command, writer, who, (client) => change(client, command.text, i));
        } while (command.outcome === 'unknown' && again(i) && !this.over);
        await between();
        await pause(command.outcome === 'acknowledged' ? kPace : kPaceRefused);
      }
    };
    const writing = work();
    writing.catch((error) => (this.fault ??= error));
    this.writers.push(writing);
  }

  /** @param {Command} command @param {string} writer @param {Person} who @param {(client: Person) => Promise<import('./api.js').Answer>} act */
  async #ask(command, writer, who, act) {
    const node = await until(() => this.at?.(writer) ?? this.#anyNode(), { within: 60_000, what: 'a node to come to' });
    command.node = this.cluster.nodes.indexOf(node);
    const began = Date.now();
    try {
      const answer = await act(this.cluster.at(node, who));
      command.outcome = answer.status === 503 ? 'refused' : 'acknowledged';
      if (answer.status === 503) assert.ok(answer.headers['retry-after'], `${command.text}: a 503 without Retry-After`);
      else assert.ok(answer.status < 300, `${command.text} -> ${answer.status} ${answer.text}`);
      command.position = String(answer.headers['pastille-position'] ?? '');
      command.id = answer.body?.id;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    command.took = Date.now() - began;
  }

  /** @returns {Server | undefined} */
  #anyNode() {
    const open = [...this.cluster.open];
    return open[Math.floor(Math.random() * open.length)];
  }

  async #deleteOldTeam() {
    const there = this.of('team', 'acknowledged').filter(({ text }) => !this.deleted.has(text));
    if (there.length <= kTeamsKept) return;
    /** @type {Command} */
    const command = { ...there[0], outcome: 'unknown' };
    this.deleted.set(command.text, 'unknown');
    await this.#ask(command, 'team', this.cluster.org.admin, (client) => client.call('deleteTeam', { id: there[0].id, anyStatus: true }));
    this.deleted.set(command.text, command.outcome);
  }

  /** Commands of writers whose name begins like this. @param {string} writer @param {Outcome} outcome @param {number} [since] ms */
  of(writer, outcome, since = 0) {
    return [...this.commands].filter(([name]) => name.startsWith(writer)).flatMap(([, all]) => all).filter((one) => one.outcome === outcome && one.at >= since);
  }

  /** Waits until so many more were acknowledged, at that node or anywhere. @param {number} count @param {{node?: number, within?: number}} [options] */
  async acknowledges(count, { node, within } = {}) {
    const since = Date.now();
    const here = () => this.of('', 'acknowledged', since).filter((one) => node === undefined || one.node === node).length;
    await until(() => {
      if (this.fault) throw this.fault;
      return here() >= count;
    }, { within, what: `${count} acknowledged changes${node === undefined ? '' : ` at node ${node}`}` });
  }

  /** No more changes. */
  async end() {
    this.over = true;
    await Promise.all(this.writers);
  }

  /** How many of each outcome, for the log of the test. */
  summary() {
    const count = (/** @type {Outcome} */ outcome) => `${this.of('', outcome).length} ${outcome}`;
    return `${count('acknowledged')}, ${count('refused')}, ${count('unknown')}`;
  }

  /** Waits until all nodes show the same, and holds everything against what was answered. */
  async check() {
    await this.end();
    const people = [...new Set([...this.setters, ...this.talkers.flat()])];
    const everything = await this.cluster.agree({ people });
    for (const node of this.cluster.open) {
      for (const who of this.setters) await this.#checkStatuses(this.cluster.at(node, who));
      for (const [from, to] of this.talkers) await this.#checkMessages(this.cluster.at(node, from), to);
    }
    this.#checkTeams(everything.teams);
    return everything;
  }

  /** @param {Person} who */
  async #checkStatuses(who) {
    const newestFirst = await who.all('listMyHistory', { query: { limit: 200 } });
    const { entry } = await who.get('getMyStatus');
    if (entry.type !== 'offline') assert.equal(entry.note, newestFirst[0].note, `${who.login} shows what is newest in their history`);
    const shown = newestFirst.reverse().map(({ note }) => note).filter((note) => note?.startsWith('status '));
    this.#held(`status ${who.login}`, shown);
  }

  /** @param {Person} from @param {Person} to */
  async #checkMessages(from, to) {
    const conversation = (await from.get('openConversation', { body: { with: to.me.id } })).id;
    const newestFirst = await from.all('listMessages', { id: conversation, query: { limit: 200 } });
    this.#held(`message ${from.login}`, newestFirst.reverse().filter((message) => message.from === from.me.id).map(({ text }) => text));
  }

  /** @param {any[]} teams */
  #checkTeams(teams) {
    const names = teams.map(({ name }) => name).filter((name) => name.startsWith('team ')).sort((a, b) => number(a) - number(b));
    const without = (/** @type {Outcome} */ outcome) => (/** @type {Command} */ { text }) => this.deleted.get(text) !== outcome;
    const all = /** @type {Command[]} */ (this.commands.get('team'));
    for (const [text, outcome] of this.deleted) if (outcome === 'acknowledged') assert.ok(!names.includes(text), `${text} was deleted`);
    const left = all.filter(without('acknowledged')).map((one) => (this.deleted.get(one.text) === 'unknown' ? { ...one, outcome: /** @type {Outcome} */ ('unknown') } : one));
    compare(left, names);
  }

  /** @param {string} writer @param {string[]} shown */
  #held(writer, shown) {
    compare(/** @type {Command[]} */ (this.commands.get(writer)), shown);
  }
}

/** @param {string} text */
const number = (text) => Number(/\d+$/.exec(text)?.[0]);

/** @param {Command[]} commands in the order in which they were given @param {string[]} shown in the order in which they happened */
function compare(commands, shown) {
  const counts = new Map();
  for (const text of shown) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const command of commands) {
    const times = counts.get(command.text) ?? 0;
    counts.delete(command.text);
    const right = { acknowledged: times === 1, refused: times === 0, unknown: times <= 1 }[command.outcome];
    assert.ok(right, `'${command.text}' is there ${times} times: ${JSON.stringify(command)}`);
  }
  assert.deepEqual([...counts.keys()], [], 'nobody asked for these');
  for (let i = 1; i < shown.length; i++) assert.ok(number(shown[i]) > number(shown[i - 1]), `'${shown[i]}' came after '${shown[i - 1]}'`);
}
