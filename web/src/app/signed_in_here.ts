// Whether somebody is signed in on this device, as far as the page knows: the cookie is not for
// scripts, and asking the server without need is a request that fails.
const kKey = 'pastille.signed-in';

export const signedInHere = {
  known: (): boolean => localStorage.getItem(kKey) !== null,
  remember: (): void => localStorage.setItem(kKey, 'yes'),
  forget: (): void => localStorage.removeItem(kKey),
};
