import type { DrawnEdge, DrawnGraph, DrawnNode } from '../graph/graphMessages.ts';
import type { Camera, Rectangle } from './camera.ts';
import { shape } from './element.ts';
import { type ItemName, readingOrder } from './steps.ts';

/** About as wide as a letter is, as the layout assumes it. */
const letter = 7;
const labelHeight = 16;
/** Below it letters are a few pixels high. */
const legible = 0.35;

/** The picture of a graph. */
export class Drawing {
  readonly svg: SVGSVGElement;
  readonly #scene = shape('g');
  #graph: DrawnGraph | undefined;
  #elements = new Map<string, SVGGElement>();
  #names = new WeakMap<Element, ItemName>();
  #dimmed: readonly SVGGElement[] = [];
  #current: SVGGElement | undefined;

  constructor() {
    const tip = shape('path', { d: 'M0 0L8 4L0 8z', fill: 'context-stroke' });
    const size = { viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 10, markerHeight: 10 };
    const marker = shape(
      'marker',
      { id: 'arrow', orient: 'auto', markerUnits: 'userSpaceOnUse', ...size },
      tip,
    );
    this.svg = shape('svg', { tabindex: 0, role: 'group' }, shape('defs', {}, marker), this.#scene);
  }

  /** Draws another graph; what has the focus keeps it, if it is still there. */
  draw(graph: DrawnGraph): void {
    const focused = this.focused && this.#textOf(this.focused);
    this.#graph = graph;
    this.#elements = new Map();
    this.#names = new WeakMap();
    this.#dimmed = [];
    this.#current = undefined;
    const drawn = readingOrder(graph).flatMap((name) => {
      const item = this.#item(name);
      if (item === undefined) return [];
      const made = 'kind' in item ? nodeShape(item) : edgeShape(item);
      this.#elements.set(keyOf(name), made);
      this.#names.set(made, name);
      return [made];
    });
    this.#scene.replaceChildren(...drawn);
    if (focused === undefined) return;
    const again = readingOrder(graph).find((name) => this.#textOf(name) === focused);
    if (again === undefined) this.svg.focus();
    else this.focus(again);
  }

  /** What an element of the picture belongs to. */
  nameOf(target: EventTarget | null): ItemName | undefined {
    const item = target instanceof Element ? target.closest('.item') : null;
    return item === null ? undefined : this.#names.get(item);
  }

  get focused(): ItemName | undefined {
    return this.nameOf(document.activeElement);
  }

  focus(name: ItemName): void {
    this.#elements.get(keyOf(name))?.focus();
  }

  /** Shows which relationship the cursor is in. */
  mark(current: number | null): void {
    this.#current?.removeAttribute('aria-current');
    this.#current =
      current === null ? undefined : this.#elements.get(keyOf({ what: 'edge', index: current }));
    this.#current?.setAttribute('aria-current', 'true');
  }

  /** Everything else steps back; `undefined`: nothing does. */
  highlight(found: readonly ItemName[] | undefined): void {
    for (const each of this.#dimmed) each.classList.remove('dimmed');
    const kept = new Set(found?.map(keyOf));
    this.#dimmed =
      found === undefined ? [] : [...this.#elements].flatMap(([key, each]) => (kept.has(key) ? [] : each));
    for (const each of this.#dimmed) each.classList.add('dimmed');
  }

  look({ x, y, scale }: Camera): void {
    this.#scene.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    // What nobody can read takes the most time to be drawn.
    this.#scene.classList.toggle('far', scale < legible);
  }

  /** Where it stands in the graph: of a relationship its name, then its ends. */
  placesOf(name: ItemName): readonly Rectangle[] {
    const item = this.#item(name);
    if (item === undefined) return [];
    if ('kind' in item) return [around(item.x, item.y, item.width, item.height)];
    const { from, to, label } = item;
    return [
      around(label.x, label.y, letter * label.text.length, labelHeight),
      ...[from, to].flatMap((index) => this.placesOf({ what: 'node', index })),
    ];
  }

  /** The same as long as it is the same, whatever becomes of its state. */
  #textOf(name: ItemName): string | undefined {
    const item = this.#item(name);
    if (item === undefined || 'kind' in item) return item?.lines.join('\n');
    const ends = [item.from, item.to].map((index) => this.#textOf({ what: 'node', index }));
    return [...ends, item.label.text].join('\n');
  }

  #item({ what, index }: ItemName): DrawnNode | DrawnEdge | undefined {
    return what === 'node' ? this.#graph?.nodes[index] : this.#graph?.edges[index];
  }
}

function keyOf({ what, index }: ItemName): string {
  return `${what} ${index}`;
}

function around(x: number, y: number, width: number, height: number): Rectangle {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function itemShape(kind: string, spoken: string, ...content: readonly Node[]): SVGGElement {
  const attributes = { class: `item ${kind}`, tabindex: 0, role: 'button', 'aria-label': spoken };
  return shape('g', attributes, shape('title', {}, spoken), ...content);
}

function nodeShape({ kind, x, y, width, height, lines: [name, within], spoken }: DrawnNode): SVGGElement {
  return itemShape(
    `node ${kind}`,
    spoken,
    shape('rect', { ...around(x, y, width, height), rx: 4 }),
    shape('text', { x, y: y - 2 }, name),
    shape('text', { x, y: y + 12, class: 'within' }, within),
  );
}

/** Not by color alone. */
const marks = { error: '⚠ ', unknown: '? ', checked: '' };

function edgeShape({ state, isDifferent, points, label, spoken }: DrawnEdge): SVGGElement {
  const d = points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('');
  const text = `${marks[state]}${label.text}`;
  return itemShape(
    `edge ${state}${isDifferent ? ' different' : ''}`,
    spoken,
    shape('path', { d, 'marker-end': 'url(#arrow)' }),
    shape('rect', { ...around(label.x, label.y, letter * text.length, labelHeight) }),
    shape('text', { x: label.x, y: label.y + 4 }, text),
  );
}
