// What one has written and the server does not have yet: drafts and messages on their way. Kept in
// this tab only, under the person's id; another person who signs in here finds nothing of it.
import type { Outgoing } from './conversations';

export interface Texts {
  readonly drafts: readonly (readonly [conversation: string, text: string])[];
  readonly outgoing: readonly Outgoing[];
}

const kPrefix = 'pastille.unsent.';

export function loadTexts(me: string): Texts {
  try {
    const kept = JSON.parse(sessionStorage.getItem(kPrefix + me) ?? 'null') as Texts | null;
    // Whether they were written is not known: they are sent again under their key.
    const outgoing = (kept?.outgoing ?? []).map((each) => ({
      ...each,
      state: each.state === 'refused' ? each.state : ('waiting' as const),
      arrived: null,
    }));
    return { drafts: kept?.drafts ?? [], outgoing };
  } catch {
    return { drafts: [], outgoing: [] };
  }
}

export function saveTexts(me: string, texts: Texts): void {
  try {
    if (texts.drafts.length === 0 && texts.outgoing.length === 0) sessionStorage.removeItem(kPrefix + me);
    else sessionStorage.setItem(kPrefix + me, JSON.stringify(texts));
  } catch {
    // A full or forbidden store loses only what a reload would have kept.
  }
}

export function forgetOthersTexts(me: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(kPrefix) && key !== kPrefix + me) sessionStorage.removeItem(key);
    }
  } catch {
    // Forbidden: there is nothing.
  }
}

/** On signing out on purpose. */
export function forgetAllTexts(): void {
  forgetOthersTexts('');
}
