// Signing in: with a password, or with a link that works once. While the server cannot be reached it
// tries again by itself until it can, or until one stops it.
import { againInMs } from '@pastille/client/http/backoff';
import { api, ask, passes, type Answer, type Problem, type Schemas } from '@pastille/client/http/client';

export interface Given {
  readonly login: string;
  readonly password: string;
  readonly displayName: string;
  /** Of who has signed in before; '': none. */
  readonly recoveryCode: string;
}

export class Entry {
  /** null: none, or not known yet. */
  invitation = $state.raw<Schemas['Invitation'] | null>(null);
  gone = $state(false);
  /** Which form to show is known. */
  ready = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** When it tries again by itself. */
  again = $state.raw<Date | null>(null);
  /** When one may try again, after too many attempts. */
  notBefore = $state.raw<Date | null>(null);
  readonly first = $derived(this.invitation?.kind === 'first_administrator');
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly token: string | null,
    private readonly onsignedin: (signedIn: Schemas['SignedIn']) => void,
  ) {
    if (token === null) this.ready = true;
    else void this.#look(token);
  }

  async submit(given: Given): Promise<void> {
    clearTimeout(this.#timer);
    this.busy = true;
    this.again = this.notBefore = null;
    const answer = await this.#send(given);
    if (answer.problem === undefined) {
      this.onsignedin(answer.data);
      return;
    }
    this.problem = answer.problem;
    if (passes(answer.problem)) {
      this.#later(() => this.submit(given), answer.retryAfterS ?? null);
      return;
    }
    this.#failures = 0;
    this.busy = false;
    if (answer.problem.status === 429) this.notBefore = new Date(Date.now() + (answer.retryAfterS ?? 60) * 1000);
    if (this.invitation !== null && answer.problem.status === 404) this.#isGone();
  }

  /** At once, instead of when it would by itself. */
  hurry(given: Given): void {
    if (this.again !== null) void this.submit(given);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.again = this.problem = null;
    this.busy = false;
    this.#failures = 0;
  }

  #send({ login, password, displayName, recoveryCode }: Given): Promise<Answer<Schemas['SignedIn']>> {
    if (this.token === null || this.invitation === null)
      return ask(api.POST('/session', { body: { login, password } }));
    const code = recoveryCode.trim() === '' ? {} : { recovery_code: recoveryCode };
    return ask(
      api.POST('/invitation', {
        params: { header: { 'Pastille-Invitation': this.token } },
        body: this.first ? { password, login, display_name: displayName } : { password, ...code },
      }),
    );
  }

  async #look(token: string): Promise<void> {
    const answer = await ask(api.GET('/invitation', { params: { header: { 'Pastille-Invitation': token } } }));
    if (answer.problem !== undefined && passes(answer.problem)) {
      this.problem = answer.problem;
      this.#later(() => this.#look(token), answer.retryAfterS ?? null);
      return;
    }
    this.stop();
    if (answer.data !== undefined) this.invitation = answer.data;
    else if (answer.problem.status === 404) this.gone = true;
    else this.problem = answer.problem;
    this.ready = true;
  }

  #later(act: () => Promise<void>, retryAfterS: number | null): void {
    const wait = againInMs(retryAfterS, this.#failures++, Math.random);
    this.again = new Date(Date.now() + wait);
    this.#timer = setTimeout(() => void act(), wait);
  }

  #isGone(): void {
    this.invitation = this.problem = null;
    this.gone = true;
  }
}
