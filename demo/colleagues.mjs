// Simulated colleagues: each arrives on the live protocol with a token, changes status now and then, leaves
// and comes back. A few sign in with a password as well and write messages.

import { LiveSocket } from '../web/packages/client/build/live/socket.js';
import { Session } from './pastille.mjs';

const between = (least, most) => least + Math.random() * (most - least);
const any = (list) => list[Math.floor(Math.random() * list.length)];
const seconds = 1000;

const notes = ['', '', '', 'Back soon', 'Room 2', 'Until half past', 'De retour à 15 h', 'Zaraz wracam', '马上回来', 'Επιστρέφω σε λίγο'];
const messages = [
  'Good morning!',
  'Do you have a minute after lunch?',
  'Bonjour, peux-tu regarder le dossier 4711 ?',
  'Dziękuję za pomoc :-)',
  'The customer from this morning called again.',
  'Ich übernehme das, danke.',
  'Can you take the next shift on Thursday?',
  'شكرا جزيلا',
];

export class Colleagues {
  #timers = new Set();
  #sockets = new Set();
  #over = false;

  /** @param {string} address of the server @param {any} demo see organisation.mjs */
  constructor(address, demo) {
    this.address = address;
    this.demo = demo;
  }

  async start() {
    const administrator = await Session.signIn(this.address, this.demo.administrator.login, this.demo.administrator.password);
    const { statuses } = await administrator.call('GET', '/catalogue');
    this.statuses = statuses.filter((status) => status.type !== 'offline');
    const { users } = await administrator.call('GET', '/directory');
    this.users = users;
    await administrator.call('DELETE', '/session');
    this.shown = [];
    for (const each of [this.demo.administrator, this.demo.supervisor, this.demo.agent]) this.shown.push(await this.#idOf(each));
    for (const token of Object.values(this.demo.tokens)) this.#after(between(0, 30 * seconds), () => this.#arrive(token));
    for (const writer of this.demo.writers) await this.#write(writer);
  }

  stop() {
    this.#over = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const live of this.#sockets) live.close();
  }

  #after(span, what) {
    if (this.#over) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      what();
    }, span);
    this.#timers.add(timer);
  }

  #arrive(token) {
    const leaves = Date.now() + between(5, 40) * 60 * seconds;
    const live = new LiveSocket(
      `${this.address.replace('http', 'ws')}/api/v1/live`,
      {
        opened: (send) => send({ do: 'open', present: true, follow: { all: true } }),
        frame: () => {}, // they only show something
        ended: () => this.#leave(live, token),
      },
      Math.random,
      (url) => new WebSocket(url, { protocols: 'pastille.v1', headers: { Authorization: `Bearer ${token}` } }),
    );
    this.#sockets.add(live);
    const change = () => {
      if (Date.now() > leaves) return this.#leave(live, token);
      this.#choose(live);
      this.#after(between(20, 240) * seconds, change);
    };
    this.#after(between(1, 60) * seconds, change);
  }

  #leave(live, token) {
    if (!this.#sockets.delete(live)) return;
    live.close();
    this.#after(between(30, 300) * seconds, () => this.#arrive(token));
  }

  /** While the connection is lost nothing is sent. */
  #choose(live) {
    if (Math.random() < 0.4) return live.send({ do: 'clear', ref: 'back' });
    const choice = { do: 'set', ref: 'change', status_id: any(this.statuses).id };
    const note = any(notes);
    if (note) choice.note = note;
    if (Math.random() < 0.3) choice.for_s = 60 * Math.ceil(between(1, 45));
    live.send(choice);
  }

  /** Signs in and writes to the people whose sign-ins are printed, and to others. */
  async #write({ login, password }) {
    const session = await Session.signIn(this.address, login, password);
    const { user } = await session.call('GET', '/session');
    const others = this.users.filter((one) => one.id !== user.id);
    const next = async () => {
      try {
        const partner = Math.random() < 0.5 ? any(this.shown) : any(others).id;
        const { id } = await session.call('POST', '/conversations', { with: partner });
        await session.call('POST', `/conversations/${id}/messages`, { text: any(messages) });
      } catch (error) {
        if (!this.#over) console.error(`${login} could not write: ${error.message}`);
      }
      this.#after(between(30, 240) * seconds, next);
    };
    this.#after(between(5, 60) * seconds, next);
  }

  /** Signs in for a moment; the display name tells nobody's login. */
  async #idOf({ login, password }) {
    const session = await Session.signIn(this.address, login, password);
    const { user } = await session.call('GET', '/session');
    await session.call('DELETE', '/session');
    return user.id;
  }
}
