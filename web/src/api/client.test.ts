import { expect, it } from 'vitest';
import { api } from './client';

it('asks whichever server answers for the newest, and lets it decide on changes itself', async () => {
  const asked: Request[] = [];
  const options = { baseUrl: 'http://pastille.test', fetch: (request: Request) => (asked.push(request), Promise.resolve(Response.json({}))) };
  await api.GET('/tags', options);
  await api.POST('/teams', { ...options, body: { name: 'Night' } });
  expect(asked.map((request) => request.headers.get('Pastille-Position'))).toEqual(['newest', null]);
});
