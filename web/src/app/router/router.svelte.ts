// Where one is on a page. The address is the state, so that a view can be reloaded and gone back from; a part that
// stands beside another page keeps it in memory.
export class Router {
  /** "/banner/conversations/c4" */
  path = $state('');
  search = $state('');

  /** root: "/banner", of which it is the page. Call while a component is made: it follows back and forward until that
   *  component is gone. */
  constructor(
    readonly root: string,
    readonly inMemory = false,
  ) {
    this.path = root;
    if (inMemory) return;
    this.read();
    $effect(() => {
      const back = () => this.back();
      addEventListener('popstate', back);
      return () => removeEventListener('popstate', back);
    });
  }

  /** The path below the root. */
  get below(): string {
    return this.path.slice(this.root.length);
  }

  /** mark: stands at the entry in the browser's history. */
  push(address: string, mark: string | null = null): void {
    if (this.inMemory) this.path = address;
    else history.pushState(mark, '', address);
    this.read();
  }

  /** Another address in the stead of this one: going back does not lead here. */
  replace(address: string): void {
    if (this.inMemory) this.path = address;
    else history.replaceState(history.state, '', address);
    this.read();
  }

  protected back(): void {
    this.read();
  }

  protected read(): void {
    if (this.inMemory) return;
    this.path = location.pathname;
    this.search = location.search;
  }
}
