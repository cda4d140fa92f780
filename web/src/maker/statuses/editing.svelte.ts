// One form of a status from opening to saving: what it began with, what stands in it, what was saved
// elsewhere meanwhile, and what is wrong.
import { api, ask, slug, type Problem, type Schemas } from '@pastille/client/http/client';
import { explain } from '../../i18n/explain';
import { t } from '../../i18n/language.svelte';
import { draftOf, emptyDraft, faultsOf, newBody, patchBetween, unchanged, type Draft, type Status } from './draft';
import { changedMeanwhile, merged, type Difference, type FieldName } from './meanwhile';

type Current = Schemas['CatalogueStatus'];
export interface Collision {
  readonly current: Current;
  readonly differences: readonly Difference[];
}

export class Editing {
  draft = $state.raw<Draft>(emptyDraft);
  busy = $state(false);
  /** What the server or the form itself finds wrong, by pointer. */
  faults = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** What belongs to no field. */
  problem = $state.raw<Problem | null>(null);
  collision = $state.raw<Collision | null>(null);
  /** It was deleted while the form was open. */
  deleted = $state(false);
  #began = $state.raw<Draft>(emptyDraft);
  #version: number | null = null;

  /** null: a new one. */
  constructor(readonly status: Status | null) {
    if (status !== null) this.#begin(status);
  }

  get dirty(): boolean {
    return !unchanged(this.#began, this.draft);
  }

  edit(more: Partial<Draft>): void {
    this.draft = { ...this.draft, ...more };
    if (this.faults.size === 0) return;
    // A field that is being mended stops complaining.
    const touched = Object.keys(more).map((field) => `/${field}`);
    this.faults = new Map(
      [...this.faults].filter(
        ([pointer]) => !touched.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
      ),
    );
  }

  /** Saves; the status as it is then, or nothing when there is something to mend first. */
  async save(): Promise<Status | undefined> {
    if (this.busy || this.collision !== null) return undefined;
    this.problem = null;
    this.faults = new Map([...faultsOf(this.draft)].map(([pointer, fault]) => [pointer, t(`statuses.fault.${fault}`)]));
    if (this.faults.size > 0) return undefined;
    this.busy = true;
    const answer =
      this.status === null
        ? await ask(api.POST('/statuses', { body: newBody(this.draft) }))
        : await ask(
            api.PATCH('/statuses/{id}', {
              params: { path: { id: this.status.id }, header: { 'If-Match': `"${this.#version}"` } },
              body: patchBetween(this.#began, this.draft),
            }),
          );
    this.busy = false;
    if (answer.data !== undefined) return answer.data;
    this.#refused(answer.problem);
    return undefined;
  }

  /** Somebody may have saved it elsewhere: looks, and says what differs. */
  async look(): Promise<void> {
    if (this.status === null || this.busy) return;
    const answer = await ask(api.GET('/statuses/{id}', { params: { path: { id: this.status.id } } }));
    if (this.busy) return; // one's own saving says it by itself
    if (answer.data !== undefined) {
      this.deleted = false;
      this.#collide(answer.data);
    } else if (answer.problem.status === 404) this.deleted = true;
  }

  resolve(keepMine: ReadonlySet<FieldName>): void {
    if (this.collision === null) return;
    const { current, differences } = this.collision;
    this.draft = merged(this.draft, differences, keepMine);
    this.#began = draftOf(current);
    this.#version = current.version;
    this.collision = null;
  }

  #begin(status: Current): void {
    this.#began = draftOf(status);
    this.#version = status.version;
    this.draft = this.#began;
  }

  #collide(current: Current): void {
    if (this.#version === null || current.version <= this.#version) return;
    const differences = changedMeanwhile(this.#began, draftOf(current), this.draft);
    if (differences.length > 0) this.collision = { current, differences };
    else this.#version = current.version; // there and back again
  }

  #refused(problem: Problem): void {
    const kind = slug(problem);
    if (kind === 'stale-version' && problem.current !== undefined) this.#collide(problem.current as unknown as Current);
    else if (kind === 'name-taken') this.faults = new Map([['/name', explain(problem)]]);
    else if (problem.errors !== undefined && problem.errors.length > 0)
      this.faults = new Map(problem.errors.map(({ pointer, detail }) => [pointer, detail]));
    else if (kind === 'not-found') this.deleted = true;
    else this.problem = problem;
  }
}
