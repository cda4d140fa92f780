import { afterEach, describe, expect, it, vi } from 'vitest';
import { counted, fileKind, placeOf, sameReport, stepRows, type Report } from './importing';

afterEach(() => void vi.unstubAllGlobals());

describe('bringing statuses in', () => {
  it('knows a file by its name', () => {
    expect(['a.json', 'B.CSV', 'statuses.json.txt', 'csv'].map(fileKind)).toEqual(['json', 'csv', null, null]);
  });
  it('counts what would happen', () => {
    const step = (action: 'create' | 'modify' | 'keep') => ({ name: 'x', type: 'busy' as const, action, changes: [] });
    const report: Report = { dry_run: true, steps: [step('create'), step('keep'), step('create'), step('modify')], ignored_columns: [] };
    expect(counted(report)).toEqual({ create: 2, modify: 1, keep: 1 });
  });
  it('tells whether others have changed what it would do', () => {
    const step = (after: string) => ({ name: 'x', type: 'busy' as const, action: 'modify' as const, changes: [{ field: 'name', before: 'X', after }] });
    expect(sameReport({ dry_run: true, steps: [step('x')], ignored_columns: [] }, { dry_run: false, steps: [step('x')], ignored_columns: [] })).toBe(true);
    expect(sameReport({ dry_run: true, steps: [step('x')], ignored_columns: [] }, { dry_run: true, steps: [step('y')], ignored_columns: [] })).toBe(false);
  });
  it('reads the fields of a step: of a new one those that it has', () => {
    const changes = [
      { field: 'name', before: null, after: 'Tea' },
      { field: 'type', before: null, after: 'absent' },
      { field: 'tags', before: [], after: [] },
      { field: 'names.fr', before: null, after: 'Thé' },
    ];
    const step = { name: 'Tea', type: 'absent' as const, changes };
    expect(stepRows({ ...step, action: 'create' }).map(({ field }) => field)).toEqual(['names.fr']);
    expect(stepRows({ ...step, action: 'modify' })).toHaveLength(4);
  });
  it('says where in the file something is wrong, counting from one', () => {
    expect(placeOf('line 3, type')).toEqual({ at: 3, field: 'type' });
    expect(placeOf('line 3, names.fr')).toEqual({ at: 3, field: 'names.fr' });
    expect(placeOf('line 2')).toEqual({ at: 2, field: '' });
    expect(placeOf('/statuses/0/names/fr')).toEqual({ at: 1, field: 'names.fr' });
    expect(placeOf('/statuses/0/tags/3')).toEqual({ at: 1, field: 'tags' });
    expect(placeOf('/statuses/4')).toEqual({ at: 5, field: '' });
    expect(placeOf('/statuses')).toEqual({ at: null, field: '' });
    expect(placeOf('/statuses/1/my~1colour')).toEqual({ at: 2, field: 'my/colour' });
    expect(placeOf('/colour')).toEqual({ at: null, field: 'colour' });
  });
  it('sends the bytes of the file as they are, with their type', async () => {
    const fetched = vi.fn(async (_request: Request) => new Response('{"dry_run":true,"steps":[]}', { headers: { 'Content-Type': 'application/json' } }));
    vi.stubGlobal('fetch', fetched);
    vi.stubGlobal('location', { origin: 'http://test.invalid' });
    vi.stubGlobal('Request', class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, 'http://test.invalid') : input, init);
      }
    });
    vi.resetModules();
    const fresh = await import('./importing');
    const answer = await fresh.send(new Blob(['name,type\r\n']), 'csv', true);
    expect(answer.problem).toBeUndefined();
    const request = fetched.mock.calls[0]?.[0];
    expect(request?.url).toBe('http://test.invalid/api/v1/statuses/import?dry_run=true');
    expect(request?.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(await request?.text()).toBe('name,type\r\n');
  });
});
