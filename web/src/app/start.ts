// What every page of a signed-in person does first: who is it? Nobody: to sign-in and back again.
import { mount, unmount, type Component } from 'svelte';
import { api, ask, passes, type Answer, type Schemas } from '@pastille/client/http/client';
import { clock } from '../i18n/clock.svelte';
import { language } from '../i18n/language.svelte';
import { installation } from '../stores/installation.svelte';
import { forgetLastKnown, loadLastKnown } from '../stores/last_known';
import { forgetAllTexts } from '../stores/unsent_texts';
import type { Begun } from './page.svelte';
import { signedInHere } from './signed_in_here';
import '../ui/tokens.css';
import '../ui/controls.css';
import '../ui/theme.svelte';

type SignedIn = Schemas['SignedIn'];

/** Leads to sign-in and, after it, back to where one is. */
export function leave(reason: 'ended' | 'signed-out' | null): void {
  // Who signs out on purpose may leave the machine to somebody else.
  if (reason === 'signed-out') forgetAllTexts();
  forgetLastKnown();
  const query = new URLSearchParams({ next: location.pathname + location.search + location.hash });
  if (reason !== null) query.set('reason', reason);
  signedInHere.forget();
  location.replace(`/?${query}`);
}

export async function start(page: Component<Begun>): Promise<void> {
  installation.begin();
  language.expect(navigator.language);
  let answer = await ask(api.GET('/session'));
  if (answer.problem !== undefined && passes(answer.problem)) {
    const before = loadLastKnown();
    if (before !== null) {
      await show(page, { signedIn: before.signedIn, before });
      return;
    }
    answer = await reached(answer);
  }
  if (answer.data === undefined) {
    leave(null);
    return;
  }
  clock.hear(answer.response.headers.get('Date'));
  signedInHere.remember();
  const { user } = answer.data;
  // Who comes from an identity provider was not at our sign-in page.
  const known = user.unset.length === 0 ? user : await (await import('./device_choice')).chooseForDevice(user);
  await show(page, { signedIn: { ...answer.data, user: known }, before: null });
}

async function show(page: Component<Begun>, begun: Begun): Promise<void> {
  await language.use(begun.signedIn.user.locale);
  mount(page, { target: document.body, props: begun });
}

/** Asks again until the server answers, and says so meanwhile. */
async function reached(failed: Answer<SignedIn>): Promise<Answer<SignedIn>> {
  // The service worker has this part; without one the browser says itself that it reaches nobody.
  const part = import('./Unreachable.svelte').catch(() => location.reload());
  await language.use(navigator.language, true);
  const Unreachable = (await part)?.default;
  if (Unreachable === undefined) return failed;
  return new Promise((resolve) => {
    const shown = mount(Unreachable, {
      target: document.body,
      props: {
        retryAfterS: failed.problem === undefined ? null : (failed.retryAfterS ?? null),
        onreached: (answer: Answer<SignedIn>) => {
          void unmount(shown);
          resolve(answer);
        },
      },
    });
  });
}
