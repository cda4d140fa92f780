import { describe, expect, it } from 'vitest';
import { pathOf, readOver } from '../../maker/statuses/paths';
import { match, write } from './routes';

const routes = { home: '', list: '/people', one: '/people/:id', edit: '/people/:id/edit', add: '/people/add/new' };

describe('the routes of a page', () => {
  it.each([
    ['', { at: 'home' }],
    ['/', { at: 'home' }],
    ['/people', { at: 'list' }],
    ['/people/', { at: 'list' }],
    ['/people/u4', { at: 'one', id: 'u4' }],
    ['/people/u4/edit', { at: 'edit', id: 'u4' }],
    ['/people/add/new', { at: 'add' }],
    ['/people/u4/else', null],
    ['/elsewhere', null],
  ])('%s is found, or nothing', (path, found) => {
    expect(match(routes, path)).toEqual(found);
  });
  it('are written as they are read, whatever the id', () => {
    const odd = { at: 'edit', id: 'a/b c%$&' } as const;
    expect(write(routes, odd)).toBe('/people/a%2Fb%20c%25%24%26/edit');
    expect(match(routes, write(routes, odd))).toEqual(odd);
  });
  it('leave as it is what is not encoded as it should be', () => {
    expect(match(routes, '/people/%E0%A4%A')).toEqual({ at: 'one', id: '%E0%A4%A' });
  });
});

describe('what stands over the list of statuses', () => {
  it.each([
    ['/statuses', { at: 'list' }],
    ['/statuses/new', { at: 'new' }],
    ['/statuses/s4/edit', { at: 'edit', id: 's4' }],
    ['/statuses/s4', { at: 'nothing' }],
    ['/statuses/s4/edit/more', { at: 'nothing' }],
  ])('%s', (path, over) => expect(readOver(path)).toEqual(over));
  it('has an address', () => expect(pathOf('s4', 'history')).toBe('/maker/statuses/s4/history'));
});
