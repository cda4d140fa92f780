import { describe, expect, it } from 'vitest';
import type { Entry } from '@pastille/client/live/frames';
import { choiceToSend, tidyNote, type Fields } from './choice_to_send';

const shown: Entry = {
  user: 'u1',
  status: 'coffee',
  type: 'absent',
  note: 'in the garden',
  since: '2026-11-23T14:00:00.000Z',
  until: '2026-11-23T14:30:00.000Z',
  rev: 1,
};
const fields = (more: Partial<Fields> = {}): Fields => ({
  note: 'in the garden',
  clear: 'default',
  picked: '',
  ...more,
});
const sent = (status: string, more: Partial<Fields> = {}, me: Entry | null = shown) =>
  choiceToSend(status, fields(more), me, 'Europe/Paris');

describe('what is sent when one chooses a status', () => {
  it('leaves the note with the status it was written for, and the end to the new status', () => {
    expect(sent('lunch')).toEqual({ status_id: 'lunch', note: null });
  });
  it('takes a note that was written for it, and an end that was chosen', () => {
    expect(sent('lunch', { note: ' back  at two\n', clear: '1h' })).toEqual({
      status_id: 'lunch',
      note: 'back at two',
      for_s: 3_600,
    });
  });
  it('changes the note of what is shown and keeps its end', () => {
    expect(sent('coffee', { note: 'in the hall' })).toEqual({
      status_id: 'coffee',
      note: 'in the hall',
      until: '2026-11-23T14:30:00.000Z',
    });
  });
  it('keeps the note when only the end is changed', () => {
    expect(sent('coffee', { clear: 'never' })).toEqual({ status_id: 'coffee', note: 'in the garden', until: null });
  });
  it('takes the note away when its field was emptied', () => {
    expect(sent('coffee', { note: ' ' })).toMatchObject({ note: null });
    expect(sent('lunch', { note: '' })).toMatchObject({ note: null });
  });
  it('works before anything is shown', () => {
    expect(sent('coffee', { note: '' }, null)).toEqual({ status_id: 'coffee', note: null });
  });
});

it('tidies a note into one line', () => {
  expect(tidyNote('  a\r\n\tb  e\u0301 ')).toBe('a b \u00e9');
});
