import type { FromGraphPage, ToGraphPage } from '../graph/graphMessages.ts';
import { Controls } from './controls.ts';
import { Drawing } from './drawing.ts';
import { element } from './element.ts';
import { type KeptState, readState } from './keptState.ts';
import { found } from './search.ts';
import { type Direction, type ItemName, stepFrom } from './steps.ts';
import { View } from './view.ts';

/** The page that draws the graph. It knows what it is sent, and asks the extension for all else. */

interface VsCode {
  postMessage(message: FromGraphPage): void;
  getState(): unknown;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): VsCode;

type Drawn = Extract<ToGraphPage, { kind: 'graph' }>;

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** How far the drawing goes with each press of an arrow key. */
const ways: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [60, 0],
  right: [-60, 0],
  up: [0, 60],
  down: [0, -60],
};

class Page {
  readonly #vscode = acquireVsCodeApi();
  readonly #drawing = new Drawing();
  readonly #view: View;
  #state = readState(this.#vscode.getState());
  #controls: Controls | undefined;
  #drawn: Drawn | undefined;
  #current: number | null = null;
  #found: readonly ItemName[] | undefined;

  constructor() {
    this.#view = new View(this.#drawing, this.#state.camera, (camera) => this.#keep({ camera }));
    const { svg } = this.#drawing;
    svg.addEventListener('click', ({ target }) => {
      const name = this.#drawing.nameOf(target);
      if (name !== undefined) this.#open(name);
    });
    svg.addEventListener('focusin', ({ target }) => {
      const name = this.#drawing.nameOf(target);
      // What the pointer presses is in sight, and must not move away from below it.
      if (name !== undefined && (target as Element).matches(':focus-visible')) this.#view.show(name);
    });
    svg.addEventListener('keydown', (event) => {
      if (this.#press(event)) event.preventDefault();
    });
    addEventListener('message', ({ data }: MessageEvent<ToGraphPage>) => this.#receive(data));
    this.#vscode.postMessage({ kind: 'show', group: this.#state.group });
  }

  #receive(message: ToGraphPage): void {
    if (message.kind === 'graph') this.#draw(message);
    else if (message.kind === 'nothing') this.#say(message.text);
    else if (message.kind === 'current' && message.version === this.#drawn?.version) {
      if (message.current === this.#current) return;
      this.#mark(message.current);
      const name = edgeNamed(message.current);
      if (name !== undefined) this.#view.show(name);
    }
  }

  #say(text: string): void {
    if (this.#drawn === undefined)
      document.body.replaceChildren(element('p', { class: 'nothing', role: 'status' }, text));
  }

  #draw(drawn: Drawn): void {
    const { source, group, graph, texts, current } = drawn;
    const isOther = this.#drawn === undefined ? this.#state.camera === null : this.#drawn.group !== group;
    this.#drawn = drawn;
    this.#keep({ source, group });
    const controls = this.#controls ?? this.#build(drawn);
    controls.offer(texts.everything, graph.groups, group);
    this.#drawing.draw(graph);
    if (isOther) this.#view.begin(graph, edgeNamed(current));
    else this.#view.redraw();
    // The person may have moved it meanwhile.
    this.#search(this.#state.query, false);
    this.#mark(current);
  }

  #build({ texts }: Drawn): Controls {
    const controls = new Controls(texts, {
      search: (query) => this.#search(query, true),
      next: (step) => this.#next(step),
      filter: (group) => this.#vscode.postMessage({ kind: 'show', group }),
      zoom: (factor) => this.#view.zoom(factor),
      fit: () => this.#fit(),
      export: (form) => this.#vscode.postMessage({ kind: 'export', form }),
    });
    const { svg } = this.#drawing;
    svg.setAttribute('aria-label', `${texts.graph}. ${texts.keys}`);
    document.body.replaceChildren(controls.head, svg, controls.foot);
    controls.query = this.#state.query;
    this.#controls = controls;
    return controls;
  }

  /** `shows`: moves to the first one that is found. */
  #search(query: string, shows: boolean): void {
    const { graph, texts } = this.#drawn ?? {};
    if (graph === undefined || texts === undefined) return;
    this.#keep({ query });
    this.#found = query.trim() === '' ? undefined : found(graph, query);
    this.#drawing.highlight(this.#found);
    const [first] = this.#found ?? [];
    if (shows && first !== undefined) this.#view.show(first);
    const total = graph.nodes.length + graph.edges.length;
    const counts = [this.#found?.length, total].map(String);
    const text = texts.found.replaceAll(/\{([01])\}/g, (_, index) => counts[Number(index)] ?? '');
    this.#controls?.say(this.#found === undefined ? graph.summary : text);
  }

  #next(step: 1 | -1): void {
    const all = this.#found ?? [];
    const { focused } = this.#drawing;
    const at = all.findIndex(({ what, index }) => what === focused?.what && index === focused.index);
    const name = all[(Math.max(at, step === 1 ? -1 : 0) + step + all.length) % all.length];
    if (name !== undefined) this.#drawing.focus(name);
  }

  #mark(current: number | null): void {
    this.#current = current;
    this.#drawing.mark(current);
  }

  #fit(): void {
    if (this.#drawn !== undefined) this.#view.fit(this.#drawn.graph);
  }

  #open({ what, index }: ItemName): void {
    if (this.#drawn === undefined) return;
    this.#vscode.postMessage({ kind: 'open', version: this.#drawn.version, what, index });
  }

  /** Whether the key does something here. */
  #press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey || this.#drawn === undefined) return false;
    const { focused } = this.#drawing;
    const direction = arrows[key];
    if (direction !== undefined) {
      if (shiftKey || focused === undefined) this.#view.move(...ways[direction]);
      else {
        const next = stepFrom(this.#drawn.graph, focused, direction);
        if (next !== undefined) this.#drawing.focus(next);
      }
      return true;
    }
    switch (key) {
      case 'Enter':
      case ' ':
        if (focused === undefined) return false;
        this.#open(focused);
        return true;
      case 'Escape':
        this.#controls?.focus();
        return true;
      case '+':
      case '=':
        this.#view.zoom(1.25);
        return true;
      case '-':
        this.#view.zoom(1 / 1.25);
        return true;
      case '0':
        this.#fit();
        return true;
      default:
        return false;
    }
  }

  #keep(changes: Partial<KeptState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#vscode.setState(this.#state);
  }
}

function edgeNamed(index: number | null): ItemName | undefined {
  return index === null ? undefined : { what: 'edge', index };
}

new Page();
