// The client of the pages (web/packages/client), which is there and comes back by itself, as a process of its own that
// can be frozen:
//
//     node returning.js ORIGIN COOKIE LOCAL_ADDRESS
//
// Prints 'here' for each ready. Comes back when the connection ends, and when it heard nothing for two heartbeats.
// Its sockets are those of `ws`: Node's own do not let one choose the address that they come from.

import WebSocket from 'ws';
import { initial, reduce, resumable } from '../../web/packages/client/build/live/reducer.js';
import { LiveSocket } from '../../web/packages/client/build/live/socket.js';

const [origin, cookie, localAddress] = process.argv.slice(2);
/** A hundred milliseconds, so that the tests are quick; then up to a third of a second. */
const random = () => 0.033;

let state = initial;
new LiveSocket(
  `${origin.replace('http', 'ws')}/api/v1/live`,
  {
    opened: (send) => {
      send({ do: 'open', present: true, ...resumable(state), follow: { all: true } });
      state = reduce(state, { is: 'asked-board', anew: true });
    },
    frame: (frame) => {
      state = reduce(state, frame);
      if (frame.is === 'ready') console.log('here');
    },
  },
  random,
  (to) => {
    const socket = new WebSocket(to, ['pastille.v1'], {
      headers: { Cookie: cookie },
      localAddress,
      handshakeTimeout: 2000,
      rejectUnauthorized: false,
    });
    socket.on('error', () => {}); // 'close' follows
    return socket;
  },
);
