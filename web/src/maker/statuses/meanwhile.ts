// Two people edit the same status: what the other one changed, field by field, and the form that
// comes of it. What only they changed is taken over; where both did, one chooses.
import { settled, type Draft } from './draft';

/** "name", "names.fr", "type", ...: the names that the history of a status uses. */
export type FieldName = string;
export type Value = string | number | readonly string[] | null;

export interface Difference {
  readonly field: FieldName;
  readonly before: Value;
  readonly theirs: Value;
  readonly mine: Value;
  /** Both changed it, and not to the same. */
  readonly clash: boolean;
}

export function fieldsOf(draft: Draft): Map<FieldName, Value> {
  const { names, icon, ...rest } = settled(draft);
  const fields = new Map<FieldName, Value>(Object.entries({ ...rest, icon: icon === '' ? null : icon }));
  for (const [locale, name] of Object.entries(names)) fields.set(`names.${locale}`, name);
  return fields;
}

/** What differs between what the form began with and what is saved now, beside what stands in the form. */
export function changedMeanwhile(before: Draft, theirs: Draft, mine: Draft): Difference[] {
  const [was, is, own] = [fieldsOf(before), fieldsOf(theirs), fieldsOf(mine)];
  const found: Difference[] = [];
  for (const field of new Set([...was.keys(), ...is.keys()])) {
    const [b, t, m] = [was.get(field) ?? null, is.get(field) ?? null, own.get(field) ?? null];
    if (same(b, t)) continue;
    found.push({ field, before: b, theirs: t, mine: m, clash: !same(m, b) && !same(m, t) });
  }
  return found;
}

/** The form after it: theirs where they alone changed something or one chose so, one's own elsewhere. */
export function merged(mine: Draft, differences: readonly Difference[], keepMine: ReadonlySet<FieldName>): Draft {
  let draft = mine;
  for (const { field, theirs, clash } of differences) {
    if (clash && keepMine.has(field)) continue;
    draft = withField(draft, field, theirs);
  }
  return draft;
}

function withField(draft: Draft, field: FieldName, value: Value): Draft {
  if (field.startsWith('names.')) {
    const names = { ...draft.names };
    const locale = field.slice('names.'.length);
    if (typeof value === 'string') names[locale] = value;
    else delete names[locale];
    return { ...draft, names };
  }
  return { ...draft, [field]: field === 'icon' ? (value ?? '') : value };
}

function same(some: Value, other: Value): boolean {
  return JSON.stringify(some) === JSON.stringify(other);
}
