// The order of a list as the address and the server write it: "name", "-name"; "" is the standard one.

export function sortedBy(sort: string, field: string): 'ascending' | 'descending' | null {
  if (sort === field) return 'ascending';
  return sort === `-${field}` ? 'descending' : null;
}

/** What a press on the head of this column asks for. */
export function nextSort(sort: string, field: string, standard = ''): string {
  const next = sortedBy(sort === '' ? standard : sort, field) === 'ascending' ? `-${field}` : field;
  return next === standard ? '' : next;
}
