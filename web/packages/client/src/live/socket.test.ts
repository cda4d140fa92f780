import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from './fake_socket.ts';
import { heedSigns } from './signs.ts';
import { LiveSocket } from './socket.ts';

const ready = { is: 'ready', epoch: 'e1', seq: 1, heartbeat_s: 25 };
let told: string[] = [];
let socket: LiveSocket;
let page: EventTarget;
let endSigns: () => void;
const last = () => FakeSocket.all.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  told = [];
  page = new EventTarget();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  socket = new LiveSocket(
    'ws://test.invalid',
    {
      opened: (send) => send({ do: 'open' } as never),
      asks: (send) => send({ do: 'asks' } as never),
      watched: () => document.visibilityState === 'visible',
      frame: (frame) => told.push(frame.is),
      lost: () => told.push('lost'),
      failed: () => told.push('failed'),
      ended: () => told.push('ended'),
    },
    () => 0.5,
  );
  endSigns = heedSigns(socket);
});
afterEach(() => {
  endSigns();
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function live(): FakeSocket {
  last().opens();
  last().says(ready);
  told = [];
  last().asked();
  return last();
}
const pageSays = (sign: string, more: object = {}) => page.dispatchEvent(Object.assign(new Event(sign), more));
const hide = () => Object.assign(document, { visibilityState: 'hidden' });
const seen = () => document.dispatchEvent(new Event('visibilitychange'));

describe('a connection that does not come about', () => {
  it('is given up, and tried again', () => {
    hide();
    vi.advanceTimersByTime(14_000);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['lost', 'failed']);
    vi.advanceTimersByTime(3_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('has younger ones beside it while somebody looks, the oldest of which go, and the first that opens is it', () => {
    vi.advanceTimersByTime(7_500);
    expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([3, 0, 0, 0]);
    FakeSocket.all[1]?.opens();
    expect(FakeSocket.all.map(({ readyState }) => readyState)).toEqual([3, 1, 3, 3]);
    FakeSocket.all[1]?.says(ready);
    expect(FakeSocket.all[1]?.asked()).toEqual([{ do: 'open' }]);
    vi.advanceTimersByTime(1_999);
    expect([told, FakeSocket.all.length]).toEqual([['ready'], 4]);
  });

  it('goes on while one of its tries is refused', () => {
    vi.advanceTimersByTime(2_500);
    FakeSocket.all[0]?.ends(1006);
    expect(told).toEqual([]);
    FakeSocket.all[1]?.ends(1006);
    expect(told).toEqual(['lost', 'failed']);
  });

  it('is tried all the time while somebody looks: a network that is back is used within 3 s', () => {
    for (let s = 0; s < 60; s += 3) {
      const before = FakeSocket.all.length;
      vi.advanceTimersByTime(3_000);
      expect(FakeSocket.all.length).toBeGreaterThan(before);
    }
  });

  it('is given up, too, when it opens and says nothing', () => {
    last().opens();
    vi.advanceTimersByTime(15_000);
    expect(told).toEqual(['lost', 'failed']);
  });

  it('does not keep a network that is back waiting', () => {
    hide();
    vi.advanceTimersByTime(4_000);
    pageSays('online');
    vi.advanceTimersByTime(2_600);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('is tried at once when the server answers elsewhere, but not again and again', () => {
    last().ends(1006);
    vi.advanceTimersByTime(1_500);
    last().ends(1006); // its next try would be in 5 s
    socket.serverAnswers();
    expect(FakeSocket.all).toHaveLength(2);
    vi.advanceTimersByTime(3_000);
    socket.serverAnswers();
    expect(FakeSocket.all).toHaveLength(3);
  });
});

describe('a connection that stands', () => {
  it.each([['online'], ['offline']])('has to answer soon after %s', (sign) => {
    const first = live();
    pageSays(sign);
    expect(first.asked()).toEqual([{ do: 'asks' }]);
    vi.advanceTimersByTime(2_600);
    expect(told[0]).toBe('lost');
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('has to answer soon when somebody looks at the page again', () => {
    live();
    seen();
    vi.advanceTimersByTime(2_600);
    expect(told[0]).toBe('lost');
  });

  it('stays when it answers, and is asked once at a time', () => {
    const first = live();
    pageSays('online');
    seen();
    expect(first.asked()).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    first.says({ is: 'board', seq: 2, users: [] });
    hide();
    vi.advanceTimersByTime(20_000);
    expect(told).toEqual(['board']);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('is asked when the machine has slept, though no sign says so', () => {
    const first = live();
    vi.setSystemTime(Date.now() + 600_000);
    vi.advanceTimersByTime(5_000);
    expect(first.asked()).toEqual([{ do: 'asks' }]);
  });

  it('is lost after two heartbeats of silence when nobody looks at the page', () => {
    hide();
    live();
    vi.advanceTimersByTime(49_000);
    expect([last().asked(), told]).toEqual([[], []]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['lost']);
  });

  it('is lost within 5 s when somebody looks at the page, though nothing says that the network is gone', () => {
    const first = live();
    vi.advanceTimersByTime(2_000);
    expect(first.asked()).toEqual([{ do: 'asks' }]);
    vi.advanceTimersByTime(2_499);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told[0]).toBe('lost');
  });

  it('is asked only when it says nothing by itself', () => {
    const first = live();
    for (let i = 0; i < 20; ++i) {
      vi.advanceTimersByTime(1_900);
      first.says({ is: 'changes', seq: i, users: [] });
    }
    expect(first.asked()).toEqual([]);
  });

  it('has more time where answers take long', () => {
    last().opens();
    vi.advanceTimersByTime(3_000); // the network is slow
    last().says(ready);
    const slow = last();
    slow.asked();
    vi.advanceTimersByTime(2_000);
    expect(slow.asked()).toEqual([{ do: 'asks' }]);
    vi.advanceTimersByTime(8_000);
    expect(told).toEqual(['ready']);
    vi.advanceTimersByTime(1_000);
    expect(told[1]).toBe('lost');
  });
});

it('is not there while the browser keeps the page for later, and back at once when it is shown again', () => {
  const first = live();
  pageSays('pagehide', { persisted: true });
  expect([first.readyState, told]).toEqual([3, ['lost']]);
  pageSays('online');
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(1);
  pageSays('pageshow', { persisted: true });
  expect(FakeSocket.all).toHaveLength(2);
});

it('stays as it is when the page only begins', () => {
  pageSays('pageshow', { persisted: false });
  vi.advanceTimersByTime(2_000);
  expect([FakeSocket.all.length, told]).toEqual([1, []]);
});

it('ends for good with the session, wherever that is heard', () => {
  last().opens();
  last().ends(4401);
  expect(told).toEqual(['ended']);
  socket.end();
  pageSays('online');
  vi.advanceTimersByTime(60_000);
  expect([FakeSocket.all.length, told]).toEqual([1, ['ended']]);
});
