import type { DrawnGroup } from '../graph/graphMessages.ts';
import type { GraphTexts } from '../graph/graphTexts.ts';
import { element } from './element.ts';

/** What the controls do. */
export interface ControlActions {
  search(query: string): void;
  /** Goes to the next one that was found, or the one before. */
  next(step: 1 | -1): void;
  /** `group`: empty for all. */
  filter(group: string): void;
  zoom(factor: number): void;
  fit(): void;
  export(form: 'svg' | 'mermaid'): void;
}

/** What stands above the graph: search, filter and buttons, with what is said of it and what its lines mean. */
export class Controls {
  readonly head: HTMLElement;
  readonly foot: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #filter: HTMLSelectElement;
  /** A screen reader says what changes in it. */
  readonly #status = element('p', { role: 'status', 'aria-live': 'polite' });

  constructor(texts: GraphTexts, actions: ControlActions) {
    const button = (text: string, label: string, act: () => void): HTMLButtonElement => {
      const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
      made.addEventListener('click', act);
      return made;
    };
    this.#search = element('input', {
      type: 'search',
      placeholder: texts.searchShort,
      title: texts.search,
      'aria-label': texts.search,
    });
    this.#search.addEventListener('input', () => actions.search(this.query));
    this.#search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      actions.next(event.shiftKey ? -1 : 1);
    });
    this.#filter = element('select', { title: texts.filter, 'aria-label': texts.filter });
    this.#filter.addEventListener('change', () => actions.filter(this.#filter.value));
    this.head = element(
      'header',
      {},
      this.#search,
      this.#filter,
      button('−', texts.zoomOut, () => actions.zoom(1 / 1.25)),
      button('+', texts.zoomIn, () => actions.zoom(1.25)),
      button(texts.fit, texts.fit, () => actions.fit()),
      button('SVG', texts.svg, () => actions.export('svg')),
      button('Mermaid', texts.mermaid, () => actions.export('mermaid')),
    );
    const key = (kind: string, text: string) =>
      element('li', {}, element('span', { class: `line ${kind}`, 'aria-hidden': 'true' }), text);
    const keys = [
      key('checked', texts.checked),
      key('error', texts.error),
      key('unknown', texts.unknown),
      key('different', texts.different),
      key('current', texts.current),
    ];
    this.foot = element('footer', {}, this.#status, element('ul', {}, ...keys));
  }

  get query(): string {
    return this.#search.value;
  }

  set query(text: string) {
    this.#search.value = text;
  }

  /** Goes to the search. */
  focus(): void {
    this.#search.focus();
  }

  /** What can be chosen. */
  offer(everything: string, groups: readonly DrawnGroup[], chosen: string): void {
    const options = [{ id: '', text: everything }, ...groups].map(({ id, text }) =>
      element('option', { value: id }, text),
    );
    this.#filter.replaceChildren(...options);
    this.#filter.value = chosen;
  }

  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}
