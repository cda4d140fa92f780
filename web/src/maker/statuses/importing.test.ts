import { afterEach, describe, expect, it, vi } from 'vitest';
import { counted, fileKind, placeOf, sameReport, send, stepRows, type Report } from './importing';

afterEach(() => void vi.unstubAllGlobals());

describe('bringing statuses in', () => {
  it('knows a file by its name', () => {
    expect(['a.json', 'B.CSV', 'statuses.json.txt', 'csv'].map(fileKind)).toEqual(['json', 'csv', null, null]);
  });
  it('counts what would happen', () => {
    const step = (action: 'create' | 'modify' | 'keep') => ({ name: 'x', type: 'busy' as const, action, changes: [] });
    const report: Report = {
      dry_run: true,
      steps: [step('create'), step('keep'), step('create'), step('modify')],
      new_tags: [],
      ignored_columns: [],
    };
    expect(counted(report)).toEqual({ create: 2, modify: 1, keep: 1 });
  });
  it('tells whether others have changed what it would do', () => {
    const step = (after: string) => ({
      name: 'x',
      type: 'busy' as const,
      action: 'modify' as const,
      changes: [{ field: 'name', before: 'X', after }],
    });
    expect(
      sameReport(
        { dry_run: true, steps: [step('x')], new_tags: [], ignored_columns: [] },
        { dry_run: false, steps: [step('x')], new_tags: [], ignored_columns: [] },
      ),
    ).toBe(true);
    expect(
      sameReport(
        { dry_run: true, steps: [step('x')], new_tags: [], ignored_columns: [] },
        { dry_run: true, steps: [step('y')], new_tags: [], ignored_columns: [] },
      ),
    ).toBe(false);
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
    const answered = () => Promise.resolve(Response.json({ dry_run: true, steps: [] }));
    const fetched = vi.fn((_url: string, _init: RequestInit) => answered());
    vi.stubGlobal('fetch', fetched);
    const file = new Blob(['name,type\r\n']);
    expect((await send(file, 'csv', true)).problem).toBeUndefined();
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/statuses/import?dry_run=true');
    expect(init?.headers).toEqual({ 'Content-Type': 'text/csv; charset=utf-8' });
    expect(init?.body).toBe(file);
  });
});
