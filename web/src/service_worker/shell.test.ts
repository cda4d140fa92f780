import { describe, expect, it } from 'vitest';
import { isAway, kindOf, pageOf } from './shell';

const shell = { version: '1', files: ['/banner', '/icon.svg', '/assets/banner-1.js'] };
const kind = (path: string, { method = 'GET', navigates = false } = {}) =>
  kindOf(new URL(path, 'https://pastille.example'), 'https://pastille.example', method, navigates, shell);

describe('a request', () => {
  it('to the API is never touched, not even as an address of a page', () => {
    expect(kind('/api/v1/session')).toBe('other');
    expect(kind('/api/v1/me/history', { navigates: true })).toBe('other');
  });
  it('elsewhere or that changes something is never touched', () => {
    expect(kind('https://other.example/assets/banner-1.js')).toBe('other');
    expect(kind('/banner', { method: 'POST', navigates: true })).toBe('other');
  });
  it('for a page of ours is one, also with a link that works once', () => {
    for (const path of ['/', '/?invitation=abc', '/banner', '/banner/conversations/c4', '/maker/statuses?tag=a']) {
      expect(kind(path, { navigates: true })).toBe('page');
    }
    for (const path of ['/readyz', '/bannered', '/maker/x.js']) expect(kind(path, { navigates: true })).toBe('other');
  });
  it('for a file is known by its place', () => {
    expect(kind('/assets/Home-9.js')).toBe('hashed');
    expect(kind('/icon.svg')).toBe('shell');
    expect(kind('/embed.js')).toBe('other');
  });
});

it('a page of an address is that of the server', () => {
  expect(pageOf('/banner/history')).toBe('/banner');
  expect(pageOf('/maker')).toBe('/maker');
  expect(pageOf('/')).toBe('/');
  expect(pageOf('/nothing')).toBeNull();
});

it.each([
  [200, false],
  [404, false],
  [500, false],
  [502, true],
  [503, true],
  [504, true],
])('%i means away: %s', (status, away) => {
  expect(isAway(status)).toBe(away);
});
