// A way between a server and its database that is slow, or that breaks: what either says goes through here.

import net from 'node:net';

/** @typedef {{near: net.Socket, far: net.Socket}} Pair */

export class Relay {
  /** @param {{host?: string, port: number}} to @returns {Promise<Relay>} */
  static async start(to) {
    const relay = new Relay(to);
    await relay.open();
    return relay;
  }

  /** For the first time, or on the same port after close(). @returns {Promise<void>} */
  open() {
    return new Promise((done, failed) => {
      this.server.once('error', failed);
      this.server.listen(this.port, '127.0.0.1', () => {
        this.port = /** @type {net.AddressInfo} */ (this.server.address()).port;
        done();
      });
    });
  }

  /** @param {{host?: string, port: number}} to */
  constructor(to) {
    /** ms that each piece takes, there and back */
    this.delay = 0;
    this.answers = true;
    this.port = 0;
    /** @type {Set<Pair>} */
    this.pairs = new Set();
    this.server = net.createServer({ noDelay: true }, (near) => {
      const far = net.connect({ host: '127.0.0.1', noDelay: true, ...to });
      const pair = { near, far };
      this.pairs.add(pair);
      this.#carry(near, far, () => true);
      this.#carry(far, near, () => this.answers);
      for (const socket of [near, far]) {
        socket.on('error', () => {}); // 'close' follows
        socket.on('close', () => this.#end(pair));
      }
    });
  }

  /** @param {net.Socket} from @param {net.Socket} to @param {() => boolean} lets */
  #carry(from, to, lets) {
    const later = (/** @type {() => void} */ act) => (this.delay ? setTimeout(act, this.delay) : act());
    from.on('data', (piece) => later(() => lets() && to.writable && to.write(piece)));
    from.on('end', () => later(() => to.end()));
  }

  /** @param {Pair} pair */
  #end(pair) {
    if (!this.pairs.delete(pair)) return;
    pair.near.destroy();
    pair.far.destroy();
  }

  /** Ends all connections, as a firewall that was started again. */
  cut() {
    for (const pair of this.pairs) this.#end(pair);
  }

  /** From now on the questions arrive and no answer does; `cut` then leaves whoever asked without knowing. @param {boolean} lost */
  loseAnswers(lost) {
    this.answers = !lost;
  }

  close() {
    this.cut();
    this.server.close();
  }
}
