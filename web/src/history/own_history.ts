// One's own history as it is read: in pages, and whole for a file.
import { api, ask, type Told } from '@pastille/client/http/client';
import { whole } from '@pastille/client/http/all_pages';
import type { ReadPage } from '../app/query/paginated_query.svelte';
import type { Shown } from './days';

const kFilePage = 200;

export const historyPage: ReadPage<Shown> = (cursor, limit, signal) =>
  ask(api.GET('/me/history', { signal, params: { query: { limit, ...(cursor === undefined ? {} : { cursor }) } } }));

export const wholeHistory = (): Promise<Told<readonly Shown[]>> =>
  whole((cursor) => ask(api.GET('/me/history', { params: { query: { limit: kFilePage, ...cursor } } })));
