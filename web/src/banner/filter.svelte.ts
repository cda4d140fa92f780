// Whom the list of colleagues shows: everyone, or those of one type, of one team, or of both. It is kept on the device.
import { device } from '../stores/device_storage';
import type { BasicType } from '@pastille/client/live/frames';
import { basicTypes } from '../ui/basic_types';

const key = 'pastille.colleagues';

class Filter {
  type = $state<BasicType | null>(null);
  /** The team's id. */
  team = $state<string | null>(null);

  constructor() {
    const [type, team] = (device.get(key) ?? '').split(' ');
    this.type = basicTypes.find((each) => each === type) ?? null;
    this.team = team || null;
  }

  get on(): boolean {
    return this.type !== null || this.team !== null;
  }

  choose(of: { type?: BasicType | null; team?: string | null }): void {
    if (of.type !== undefined) this.type = of.type;
    if (of.team !== undefined) this.team = of.team;
    device.set(key, `${this.type ?? ''} ${this.team ?? ''}`);
  }
}

export const filter = new Filter();
