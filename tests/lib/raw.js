// Bytes on a socket, for what no proper client would send.

import { randomBytes } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { patient } from './patience.js';

export class Raw {
  /** @param {net.Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    this.ended = false;
    /** @type {Set<() => void>} */
    this.waiting = new Set();
    const wake = () => {
      for (const one of this.waiting) one();
    };
    socket.on('data', (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
      wake();
    });
    const over = () => {
      this.ended = true;
      wake();
    };
    socket.on('end', over);
    socket.on('close', over);
    socket.on('error', over);
  }

  /**
   * Over TLS whoever is there is believed. With allowHalfOpen, the end of the other side is not answered with ours.
   * @param {string} origin @param {{allowHalfOpen?: boolean, localAddress?: string}} [options] @returns {Promise<Raw>}
   */
  static connect(origin, options = {}) {
    const url = new URL(origin);
    return new Promise((done, failed) => {
      const where = { host: url.hostname, port: Number(url.port), rejectUnauthorized: false, ...options };
      const socket = url.protocol === 'https:' ? tls.connect(where, () => done(new Raw(socket))) : net.connect(where, () => done(new Raw(socket)));
      socket.once('error', failed);
    });
  }

  /** @param {string | Buffer} bytes */
  write(bytes) {
    this.socket.write(bytes);
  }

  /**
   * @param {(received: Buffer, ended: boolean) => any} enough
   * @param {number} [within] ms
   */
  async until(enough, within = 20_000) {
    const end = Date.now() + patient(within);
    while (!enough(this.received, this.ended)) {
      if (this.ended) throw new Error(`ended after: ${this.received.toString('latin1').slice(0, 300)}`);
      const left = end - Date.now();
      if (left <= 0) throw new Error(`not enough within ${patient(within)} ms: ${this.received.toString('latin1').slice(0, 300)}`);
      await new Promise((done) => {
        const wake = () => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          done(undefined);
        };
        const timer = setTimeout(wake, left);
        this.waiting.add(wake);
      });
    }
    return this.received;
  }

  /** The status of the first answer, once its header fields are here. */
  async status() {
    const received = await this.until((bytes, ended) => bytes.includes('\r\n\r\n') || ended);
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(received.toString('latin1'))?.[1] ?? 0);
  }

  close() {
    this.socket.destroy();
  }
}

/**
 * A WebSocket connection whose frames one makes oneself.
 * @param {import('./api.js').Client} client @param {{allowHalfOpen?: boolean, localAddress?: string}} [options]
 * @returns {Promise<RawLive>}
 */
export async function rawLive(client, options) {
  const raw = await Raw.connect(client.server.origin, options);
  raw.write(upgradeRequest(client));
  const received = await raw.until((bytes) => bytes.includes('\r\n\r\n'));
  if (!received.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(received.toString('latin1'));
  raw.received = received.subarray(received.indexOf('\r\n\r\n') + 4);
  return new RawLive(raw);
}

/** @param {import('./api.js').Client} client */
export function upgradeRequest(client) {
  const fields = {
    Host: new URL(client.server.origin).host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Protocol': 'pastille.v1',
    ...client.credentials(),
  };
  return `GET /api/v1/live HTTP/1.1\r\n${Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

export class RawLive {
  /** @param {Raw} raw */
  constructor(raw) {
    this.raw = raw;
  }

  /**
   * @param {Buffer | string} payload
   * @param {{opcode?: number, fin?: boolean, masked?: boolean, reserved?: number, length?: number}} [options] `length` is claimed in place of the true one
   */
  frame(payload, { opcode = 1, fin = true, masked = true, reserved = 0, length } = {}) {
    const body = Buffer.from(payload);
    const size = length ?? body.length;
    const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
    const mask = masked ? 0x80 : 0;
    if (size < 126) head.push(mask | size);
    else if (size < 65536) head.push(mask | 126, size >> 8, size & 255);
    else {
      const long = Buffer.alloc(8);
      long.writeBigUInt64BE(BigInt(size));
      head.push(mask | 127, ...long);
    }
    if (!masked) return Buffer.concat([Buffer.from(head), body]);
    const key = randomBytes(4);
    return Buffer.concat([Buffer.from(head), key, body.map((byte, at) => byte ^ key[at % 4])]);
  }

  /** @param {Buffer | string} payload @param {Parameters<RawLive['frame']>[1]} [options] */
  send(payload, options) {
    this.raw.write(this.frame(payload, options));
  }

  /**
   * The frames received so far.
   * @returns {{opcode: number, payload: Buffer}[]}
   */
  frames() {
    const found = [];
    let at = 0;
    const bytes = this.raw.received;
    while (at + 2 <= bytes.length) {
      const opcode = bytes[at] & 15;
      let size = bytes[at + 1] & 127;
      let from = at + 2;
      if (size === 126) {
        if (from + 2 > bytes.length) break;
        size = bytes.readUInt16BE(from);
        from += 2;
      } else if (size === 127) {
        if (from + 8 > bytes.length) break;
        size = Number(bytes.readBigUInt64BE(from));
        from += 8;
      }
      if (from + size > bytes.length) break;
      found.push({ opcode, payload: bytes.subarray(from, from + size) });
      at = from + size;
    }
    return found;
  }

  /** Waits for the close frame, or the end of the connection (0), and gives the code. @param {number} [within] ms */
  async closeCode(within = 20_000) {
    await this.raw.until((_, ended) => ended || this.frames().some((frame) => frame.opcode === 8), within);
    const frame = this.frames().find((one) => one.opcode === 8);
    return frame && frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 0;
  }

  /** Waits for a frame of this opcode. @param {number} opcode @param {(payload: Buffer) => any} [predicate] */
  async next(opcode, predicate = () => true) {
    const match = () => this.frames().find((frame) => frame.opcode === opcode && predicate(frame.payload));
    await this.raw.until((_, ended) => ended || match());
    const found = match();
    if (!found) throw new Error('the connection ended');
    return found.payload;
  }

  close() {
    this.raw.close();
  }
}
