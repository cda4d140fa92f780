// A client that is there and comes back by itself, as a process of its own that can be frozen:
//
//     node returning.js ORIGIN COOKIE LOCAL_ADDRESS
//
// Prints 'here' for each ready. Comes back when the connection ends, and when it heard nothing for two heartbeats.

import WebSocket from 'ws';

const [origin, cookie, localAddress] = process.argv.slice(2);
/** @type {Record<string, unknown>} the position to come back from */
let position = {};

function come() {
  /** @type {NodeJS.Timeout | undefined} */
  let silence;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/live`, ['pastille.v1'], /** @type {any} */ ({
    headers: { Cookie: cookie },
    localAddress,
    handshakeTimeout: 2000,
    rejectUnauthorized: false,
  }));
  let heartbeat = 25;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), 2000 * heartbeat);
  };
  socket.on('open', () => socket.send(JSON.stringify({ do: 'open', present: true, ...position, follow: { all: true } })));
  socket.on('ping', heard);
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString());
    if (frame.is === 'ready') {
      heartbeat = frame.heartbeat_s;
      position = { epoch: frame.epoch, seq: frame.seq };
      console.log('here');
    }
    heard();
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => {
    clearTimeout(silence);
    setTimeout(come, 100);
  });
}

come();
