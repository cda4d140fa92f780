// What a page makes of where one is: the tab's title, and the focus in the new view when what had it is gone with the
// view before.
import { untrack } from 'svelte';
import { arrive } from '../../ui/arrival';
import { pageTitle } from '../../ui/page_title.svelte';

/** Call while a component is made. view: what holds the views, once it is there; where: another value after each
 *  move, a path where one goes back from "/list/x" to the row of x in "/list". */
export function afterMove(
  parts: () => readonly string[],
  view: () => HTMLElement | undefined,
  where: () => unknown,
): void {
  $effect(() => {
    pageTitle.text = [...parts(), 'Pastille'].filter((each) => each !== '').join(' · ');
  });
  let from = untrack(where);
  $effect(() => {
    const now = where();
    const main = view();
    if (now === from || main === undefined) return undefined;
    const end = arrive(main, typeof from === 'string' ? from : '');
    from = now;
    return end;
  });
}
