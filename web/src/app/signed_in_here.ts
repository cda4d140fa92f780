// Whether somebody is signed in on this device, as far as the page knows: the cookie is not for
// scripts, and asking the server without need is a request that fails.
import { device } from '../stores/device_storage';

const kKey = 'pastille.signed-in';

export const signedInHere = {
  known: (): boolean => device.get(kKey) !== null,
  remember: (): void => device.set(kKey, 'yes'),
  forget: (): void => device.set(kKey, null),
};
