import { describe, expect, it } from 'vitest';
import { texts as en } from '../../i18n/maker_en';
import { texts as fr } from '../../i18n/maker_fr';
import { translate } from '../../i18n/translate';
import { kActions, kSlots, segments, sentenceKey, targetKind } from './actions';

/** Nobody is signed in yet. */
const nobodyDid = ['user.first-administrator', 'user.renewal-accepted'];

describe('a sentence of the audit', () => {
  it.each(kActions)('%s has one in both languages that says who and about what', (action) => {
    const key = sentenceKey({ action, outcome: 'done' });
    for (const [locale, catalogue] of [
      ['en', en],
      ['fr', fr],
    ] as const) {
      const slots = segments(translate(catalogue, locale, key, kSlots)).flatMap((each) =>
        'slot' in each ? [each.slot] : [],
      );
      expect(slots.sort(), `${locale} ${key}`).toEqual(nobodyDid.includes(action) ? ['what'] : ['what', 'who']);
    }
  });
  it('has a sentence for an action of a newer server, and for each refusal', () => {
    expect(sentenceKey({ action: 'call.record', outcome: 'done' })).toBe('audit.did-other');
    expect(sentenceKey({ action: 'own-status.set', outcome: 'refused' })).toBe('audit.refused.own-status');
    expect(sentenceKey({ action: 'status.create', outcome: 'refused' })).toBe('audit.refused.other');
  });
  it('comes apart at its names and nowhere else', () => {
    expect(segments(`${kSlots.who} changed “${kSlots.what}”.`)).toEqual([
      { slot: 'who' },
      { text: ' changed “' },
      { slot: 'what' },
      { text: '”.' },
    ]);
  });
});

it('reads the kind of a target from the action', () => {
  expect(
    ['status.delete', 'user.sign-out', 'team.create', 'role.modify', 'own-status.set', 'call.record'].map(targetKind),
  ).toEqual(['status', 'user', 'team', 'role', 'user', null]);
});
