import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FilteringRouter, refined } from './filtering_router.svelte';
import { Router } from './router.svelte';

/** The browser's history, as far as a page can see it. */
class Browser {
  entries: { address: string; state: unknown }[] = [{ address: '/maker/users?q=a', state: null }];
  get at(): URL {
    return new URL(this.entries.at(-1)?.address ?? '/', 'http://pastille.test');
  }
  get state(): unknown {
    return this.entries.at(-1)?.state;
  }
  pushState(state: unknown, _: string, address: string): void {
    this.entries.push({ address, state });
  }
  replaceState(state: unknown, _: string, address: string): void {
    this.entries.splice(-1, 1, { address, state });
  }
  back = vi.fn(() => void this.entries.pop());
  get addresses(): string[] {
    return this.entries.map(({ address }) => address);
  }
}

let browser: Browser;
beforeEach(() => {
  browser = new Browser();
  vi.stubGlobal('history', browser);
  vi.stubGlobal('location', {
    get pathname() {
      return browser.at.pathname;
    },
    get search() {
      return browser.at.search;
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

describe('a router', () => {
  it('begins where the address is, and takes the address along', () => {
    const router = new Router('/maker');
    expect([router.path, router.below, router.search]).toEqual(['/maker/users', '/users', '?q=a']);
    router.push('/maker/teams');
    router.replace('/maker/roles?q=b');
    expect([router.below, router.search]).toEqual(['/roles', '?q=b']);
    expect(browser.addresses).toEqual(['/maker/users?q=a', '/maker/roles?q=b']);
  });
  it('leaves the address alone where it is kept in memory', () => {
    const router = new Router('/banner', true);
    router.push('/banner/profile');
    router.replace('/banner/history');
    expect([router.below, browser.addresses]).toEqual(['/history', ['/maker/users?q=a']]);
  });
});

describe('a router of lists with filters', () => {
  it('makes one step back of a search that is typed, and one of each choice', () => {
    const router = new FilteringRouter('/maker');
    router.narrow('/maker/users?q=ab', true);
    router.narrow('/maker/users?q=abc', true);
    router.narrow('/maker/users?q=abc&role=r1');
    router.narrow('/maker/users?q=abc&role=r1');
    expect(browser.addresses).toEqual(['/maker/users?q=a', '/maker/users?q=abc', '/maker/users?q=abc&role=r1']);
  });
  it('goes back out of what was opened here, and else to where it belongs', () => {
    const router = new FilteringRouter('/maker');
    router.leave('/maker/users');
    expect([browser.back.mock.calls.length, browser.addresses]).toEqual([0, ['/maker/users']]);
    router.go('/maker/users/u4');
    router.leave('/maker/users');
    expect([browser.back.mock.calls.length, browser.addresses]).toEqual([1, ['/maker/users']]);
  });
  it('names the part of the page', () => {
    const router = new FilteringRouter('/maker');
    expect(router.part).toBe('users');
    router.replace('/maker/');
    expect(router.part).toBeNull();
  });
});

it('changes names of a query, takes them out, and gives several of one', () => {
  const query = new URLSearchParams('q=a&tag=x');
  expect(refined(query, { q: 'b', tag: ['y', 'z'] })).toBe('?q=b&tag=y&tag=z');
  expect(refined(query, { q: '', tag: [] })).toBe('');
});
