// What every page of a signed-in person does first: who is it? Nobody: to sign-in and back again.
import { mount, type Component } from 'svelte';
import { api, ask, type Schemas } from '../api/client';
import { language } from '../i18n/language.svelte';
import { forgetAllTexts } from '../live/unsent';
import { signedInHere } from './signed_in_here';
import '../ui/tokens.css';
import '../ui/controls.css';
import '../ui/theme.svelte';

/** Leads to sign-in and, after it, back to where one is. */
export function leave(reason: 'ended' | 'signed-out' | null): void {
  // Who signs out on purpose may leave the machine to somebody else.
  if (reason === 'signed-out') forgetAllTexts();
  const query = new URLSearchParams({ next: location.pathname + location.search + location.hash });
  if (reason !== null) query.set('reason', reason);
  signedInHere.forget();
  location.replace(`/?${query}`);
}

export async function start(page: Component<{ signedIn: Schemas['SignedIn'] }>): Promise<void> {
  language.expect(navigator.language);
  const answer = await ask(api.GET('/session'));
  if (answer.problem !== undefined) {
    leave(null);
    return;
  }
  signedInHere.remember();
  await language.use(answer.data.user.locale);
  mount(page, { target: document.body, props: { signedIn: answer.data } });
}
