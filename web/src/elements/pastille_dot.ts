// <pastille-dot user="u4"> for other applications: the small circle of one person with its tip, live.
// One module without dependencies, at most 4 KB compressed. All circles of a page share one stream of
// server-sent events, read with fetch so that a token can go along: attribute `token`, or the session
// cookie where the browser sends it. docs/guide/embedding.md shows it.
import { glyphShapes, unknownShape } from '../ui/glyph_shapes';
import { Stream, type Update } from './stream';
import { words } from './words';

const look = new CSSStyleSheet();
look.replaceSync(`
:host{display:inline-block;position:relative;vertical-align:-1px;color-scheme:inherit;
--c:light-dark(#667080,#98a2b3);--m:light-dark(#fff,#14171d)}
:host([hidden]){display:none}
span{display:block;border-radius:50%;color:var(--c)}
span:focus-visible{outline:2px solid;outline-offset:2px}
svg{display:block;width:14px;height:14px}
.connected{--c:light-dark(#177a3d,#48c77c)}.absent{--c:light-dark(#a85a00,#f2a93b)}
.busy{--c:light-dark(#c8283c,#ff7a85)}.in_a_call{--c:light-dark(#6d3fd1,#b89bff)}
.last svg{opacity:.55}
.unknown svg{opacity:.6}
p{position:fixed;inset:auto;width:max-content;max-width:min(240px,100vw - 16px);margin:0;padding:6px 10px;border:1px solid transparent;
border-radius:6px;overflow:visible;background:light-dark(#1c2029,#eceff4);color:light-dark(#f3f5f9,#161a22);font:13px/18px system-ui,sans-serif;white-space:pre-line;overflow-wrap:anywhere}
p::before{content:"";position:absolute;inset:-8px 0}
p::first-line{font-weight:600}
i{font:13px/18px "Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji",system-ui}
@media(forced-colors:active){span{color:CanvasText;--m:Canvas}p{background:Canvas;color:CanvasText;border-color:CanvasText}}`);

const streams = new Map<string, Stream>();

class PastilleDot extends HTMLElement {
  static observedAttributes = ['user', 'token', 'lang'];
  #dot = document.createElement('span');
  #tip = document.createElement('p');
  #leave: (() => void) | undefined;
  #seen: Update | undefined;
  #timer = 0;
  #frame = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [look];
    this.#dot.tabIndex = 0;
    this.#dot.setAttribute('role', 'img');
    this.#tip.popover = 'manual'; // above everything, so that nothing cuts it off
    this.#tip.ariaHidden = 'true'; // its text is the name of the circle
    root.append(this.#dot, this.#tip);
    const open =
      (opened: boolean, wait = 0) =>
      () => {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.#open(opened), wait);
      };
    this.addEventListener('pointerenter', open(true, 300));
    this.addEventListener('pointerleave', open(false));
    this.#dot.addEventListener('focus', open(true));
    this.#dot.addEventListener('blur', open(false));
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') open(false)();
    });
  }

  connectedCallback(): void {
    this.#follow();
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#follow();
  }

  #follow(): void {
    this.disconnectedCallback();
    this.#seen = undefined;
    this.#show();
    const user = this.getAttribute('user');
    if (!user) return;
    const token = this.getAttribute('token') ?? '';
    const stream = streams.get(token) ?? new Stream(new URL('/api/v1/', import.meta.url).href, token);
    streams.set(token, stream);
    this.#leave = stream.watch(user, (update) => {
      this.#seen = update;
      this.#show();
    });
  }

  #open(opened: boolean): void {
    if (!this.isConnected || this.#tip.matches(':popover-open') === opened) return;
    this.#tip.togglePopover(opened);
    this.#show(); // what was today may be yesterday
  }

  #show(): void {
    const entry = this.#seen?.entry;
    const status = this.#seen?.status;
    const shape = (entry && glyphShapes[entry.type]) ?? unknownShape;
    this.#dot.className = entry === undefined ? 'unknown' : entry.type + (this.#seen?.live ? '' : ' last');
    const body = `<path d="${shape.body}" fill="${shape.hollow ? 'none' : 'currentColor'}"${shape.stroke === undefined ? '' : ` stroke="currentColor" stroke-width="${shape.stroke}"`}/>`;
    const mark =
      shape.mark === undefined
        ? ''
        : `<path d="${shape.mark}" ${shape.solidMark ? 'fill="var(--m)"' : 'fill="none" stroke="var(--m)" stroke-width="1.6"'}/>`;
    this.#dot.innerHTML = `<svg viewBox="0 0 12 12" aria-hidden="true">${body}${mark}</svg>`;
    const lines = words(
      this.#seen,
      this.closest('[lang]')?.getAttribute('lang') || navigator.language,
      navigator.languages,
      new Date(),
    );
    this.#dot.ariaLabel = lines.join(', ');
    const icon = document.createElement('i');
    icon.textContent = (entry && status?.icon) ?? '';
    this.#tip.replaceChildren(icon, (icon.textContent && ' ') + lines.join('\n'));
    this.#place();
  }

  /** Under the circle or, at the lower edge of the window, over it; never beyond an edge, and with it when the page scrolls. */
  #place(): void {
    cancelAnimationFrame(this.#frame);
    if (!this.#tip.matches(':popover-open')) return;
    const dot = this.#dot.getBoundingClientRect();
    const tip = this.#tip.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = dot.bottom + 6;
    this.#tip.style.left = `${Math.max(8, Math.min(dot.left, clientWidth - 8 - tip.width))}px`;
    this.#tip.style.top = `${below + tip.height > clientHeight ? Math.max(0, dot.top - 6 - tip.height) : below}px`;
    this.#frame = requestAnimationFrame(() => this.#place());
  }
}

if (!customElements.get('pastille-dot')) customElements.define('pastille-dot', PastilleDot);
