// `/`: signs in and goes on to where the person wanted to be.
import { mount } from 'svelte';
import { api, ask } from '../api/client';
import { language } from '../i18n/language.svelte';
import '../ui/tokens.css';
import '../ui/controls.css';
import '../ui/theme.svelte';
import SignIn from './SignIn.svelte';
import { signedInHere } from './signed_in_here';

const query = new URLSearchParams(location.search);
const token = query.get('invitation');
const reason = query.get('reason');

/** Only a path of this site, so that a link cannot lead away after signing in. */
function destination(): string {
  const next = query.get('next') ?? '';
  return /^\/(banner|maker)([/?#]|$)/.test(next) ? next : '/banner';
}

await language.use(navigator.language);
const mayBeSignedIn = token === null && signedInHere.known();
if (mayBeSignedIn && (await ask(api.GET('/session'))).problem === undefined) {
  location.replace(destination());
} else {
  mount(SignIn, {
    target: document.body,
    props: {
      token,
      reason: reason === 'ended' || reason === 'signed-out' ? reason : null,
      onsignedin: () => location.replace(destination()),
    },
  });
}
