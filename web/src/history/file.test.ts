import { describe, expect, it } from 'vitest';
import type { Shown } from './days';
import { historyAsCsv, historyAsJson, neutral } from './file';

const item: Shown = {
  id: '1',
  status_id: 's7',
  name: 'Coffee, tea',
  type: 'absent',
  note: '=HYPERLINK("x")',
  from: '2026-11-23T10:00:00.000Z',
  to: null,
};

describe("the file of one's own history", () => {
  it('begins with a mark, has a header, quotes what needs it, and ends lines as RFC 4180 says', () => {
    expect(historyAsCsv([item])).toBe(
      '\ufefffrom,to,status,type,note,status_id\r\n' +
        '2026-11-23T10:00:00.000Z,,"Coffee, tea",absent,"\'=HYPERLINK(""x"")",s7\r\n',
    );
  });
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', "'x"])('%j is no formula', (cell) => {
    expect(neutral(cell)).toBe(`'${cell}`);
  });
  it.each(['', 'a=b', '1-1', ' =1'])('%j stays as it is', (cell) => {
    expect(neutral(cell)).toBe(cell);
  });
  it('has every entry as it is in JSON', () => {
    expect(JSON.parse(historyAsJson([item]))).toEqual([item]);
  });
});
