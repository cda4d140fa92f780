// Letters without case and accents, so that "reunion" finds "Réunion".
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
