// <pastille-dot user="u4"> for other applications: the small circle of one person with its tip, live.
// One module without dependencies, at most 3 KB compressed. All circles of a page share one stream of
// server-sent events, read with fetch so that a token can go along: attribute `token`, or the session
// cookie where the browser sends it. docs/guide/embedding.md shows it.
import { glyphShapes } from '../ui/glyph_shapes';
import type { BasicType, Entry } from '../live/frames';
import { Stream, type Update } from './stream';

const texts = {
  en: { connected: 'Connected', absent: 'Absent', busy: 'Busy', in_a_call: 'In a call', offline: 'Offline', until: 'until', since: 'since', last: 'last known', unknown: 'Status unknown' },
  fr: { connected: 'Connecté', absent: 'Absent', busy: 'Occupé', in_a_call: 'En communication', offline: 'Hors ligne', until: 'jusqu’à', since: 'depuis', last: 'dernier connu', unknown: 'Statut inconnu' },
};

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
p{position:absolute;left:0;top:calc(100% + 6px);z-index:9;width:max-content;max-width:240px;margin:0;padding:6px 10px;border:1px solid transparent;
border-radius:6px;background:light-dark(#1c2029,#eceff4);color:light-dark(#f3f5f9,#161a22);font:13px/18px system-ui,sans-serif;white-space:pre-line;overflow-wrap:anywhere}
p::before{content:"";position:absolute;inset:-8px 0 auto;height:8px}
@media(forced-colors:active){span{color:CanvasText;--m:Canvas}p{background:Canvas;color:CanvasText;border-color:CanvasText}}`);

const streams = new Map<string, Stream>();

class PastilleDot extends HTMLElement {
  static observedAttributes = ['user', 'token', 'lang'];
  #dot = document.createElement('span');
  #tip = document.createElement('p');
  #leave: (() => void) | undefined;
  #seen: Update | undefined;
  #timer = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [look];
    this.#dot.tabIndex = 0;
    this.#dot.setAttribute('role', 'img');
    this.#tip.hidden = true;
    this.#tip.ariaHidden = 'true'; // its text is the name of the circle
    root.append(this.#dot, this.#tip);
    const open = (wait: number) => () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => (this.#tip.hidden = false), wait);
    };
    const close = () => {
      clearTimeout(this.#timer);
      this.#tip.hidden = true;
    };
    this.addEventListener('pointerenter', open(300));
    this.addEventListener('pointerleave', close);
    this.#dot.addEventListener('focus', open(0));
    this.#dot.addEventListener('blur', close);
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
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

  #show(): void {
    const language = (this.closest('[lang]')?.getAttribute('lang') ?? navigator.language).startsWith('fr') ? 'fr' : 'en';
    const words = texts[language];
    const entry = this.#seen?.entry;
    const type: BasicType = entry?.type ?? 'offline';
    const shape = glyphShapes[type];
    this.#dot.className = type + (this.#seen?.live ? '' : ' last');
    const body = `<path d="${shape.body}" fill="${shape.hollow ? 'none' : 'currentColor'}"${shape.stroke === undefined ? '' : ` stroke="currentColor" stroke-width="${shape.stroke}"`}/>`;
    const mark = shape.mark === undefined ? '' : `<path d="${shape.mark}" ${shape.solidMark ? 'fill="var(--m)"' : 'fill="none" stroke="var(--m)" stroke-width="1.6"'}/>`;
    this.#dot.innerHTML = `<svg viewBox="0 0 12 12" aria-hidden="true">${body}${mark}</svg>`;
    const text = entry === undefined ? words.unknown : this.#text(entry, words, language);
    this.#dot.ariaLabel = text.replaceAll('\n', ', ');
    this.#tip.textContent = text;
  }

  #text(entry: Entry, words: (typeof texts)['en'], language: 'en' | 'fr'): string {
    const status = this.#seen?.status;
    const time = (instant: string) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(instant));
    return [
      status?.names[language] ?? status?.name ?? words[entry.type],
      entry.note,
      entry.since && `${words.since} ${time(entry.since)}`,
      entry.until && `${words.until} ${time(entry.until)}`,
      this.#seen?.live ? '' : words.last,
    ].filter(Boolean).join('\n');
  }
}

if (!customElements.get('pastille-dot')) customElements.define('pastille-dot', PastilleDot);
