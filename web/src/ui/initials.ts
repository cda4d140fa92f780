// One or two signs for a name in any script, by grapheme: first and last word; of a Han name its last two characters,
// which tell people of one family apart.
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const han = /^[\p{Script=Han}·]+$/u;
/** Joined letters would become another sign: a zero-width non-joiner keeps them apart. */
const joining = /[\p{Script=Arabic}\p{Script=Syriac}]/u;

export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  if (words.length === 1 && han.test(words[0] ?? '')) return [...(words[0] ?? '')].slice(-2).join('');
  const first = (word: string | undefined) =>
    word === undefined ? '' : ([...segmenter.segment(word)][0]?.segment.toLocaleUpperCase() ?? '');
  const [one, two] = [first(words[0]), words.length > 1 ? first(words[words.length - 1]) : ''];
  return one + (joining.test(one) && joining.test(two) ? '\u200c' : '') + two;
}

export const hues = 8;

/** Which colour an avatar has: by the person's id and never by the name, which changes. FNV-1a. */
export function hueOf(id: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16_777_619);
  return (hash >>> 0) % hues;
}
