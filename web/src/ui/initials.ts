// Two letters for a name in any script: first and last word, by grapheme.
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = (word: string | undefined) =>
    word === undefined ? '' : ([...segmenter.segment(word)][0]?.segment.toLocaleUpperCase() ?? '');
  return words.length > 1 ? first(words[0]) + first(words[words.length - 1]) : first(words[0]);
}
