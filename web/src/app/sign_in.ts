// `/`: signs in and goes on to where the person wanted to be.
import { mount } from 'svelte';
import { api, ask, passes, type Schemas } from '@pastille/client/http/client';
import { language } from '../i18n/language.svelte';
import { installation } from '../stores/installation.svelte';
import { loadLastKnown } from '../stores/last_known';
import '../ui/tokens.css';
import '../ui/controls.css';
import '../ui/theme.svelte';
import { chooseForDevice, deviceLanguage } from './device_choice';
import { externalFailure } from './external_failure';
import SignIn from './SignIn.svelte';
import { signedInHere } from './signed_in_here';

const query = new URLSearchParams(location.search);
// In the fragment, which browsers send to nobody; links of earlier versions had it in the query.
const token = new URLSearchParams(location.hash.slice(1)).get('invitation') ?? query.get('invitation');
const reason = query.get('reason');

/** Only a path of this site, so that a link cannot lead away after signing in. */
function destination(): string {
  const next = query.get('next') ?? '';
  return /^\/(banner|maker)([/?#]|$)/.test(next) ? next : '/banner';
}

/** Signed in already; or that cannot be asked, and the Banner can show what was last known. */
async function mayGoOn(): Promise<boolean> {
  if (!signedInHere.known()) return false;
  const { problem } = await ask(api.GET('/session'));
  return problem === undefined || (passes(problem) && loadLastKnown() !== null);
}

async function signedIn({ user }: Schemas['SignedIn']): Promise<void> {
  await chooseForDevice(user);
  location.replace(destination());
}

// A link that is opened where this page stands already changes the fragment alone.
addEventListener('hashchange', () => location.reload());
installation.begin();
await language.use(deviceLanguage(), true);
if (token === null && (await mayGoOn())) {
  location.replace(destination());
} else {
  // Without an answer there is the password, which says itself what is wrong.
  const { data } = await ask(api.GET('/sign-in-methods'));
  const failed = externalFailure(query.get('sign_in_problem'));
  mount(SignIn, {
    target: document.body,
    props: {
      token,
      external: data?.external ?? null,
      failed,
      next: destination(),
      reason: reason === 'ended' || reason === 'signed-out' ? reason : null,
      onsignedin: signedIn,
    },
  });
}
