import { describe, expect, it } from 'vitest';
import { drawnGraph, edgeAt } from '../../../client/src/graph/drawnGraph.ts';
import { readFromGraphPage, sourceInState } from '../../../client/src/graph/graphMessages.ts';
import type { PlacedState } from '../../../client/src/graph/placedState.ts';
import { webPageHtml } from '../../../client/src/ui/webPageHtml.ts';
import { moved, showing, start, whole, zoomed } from '../../../client/src/webview/camera.ts';
import { readState } from '../../../client/src/webview/keptState.ts';
import { found } from '../../../client/src/webview/search.ts';
import { type Direction, type ItemName, readingOrder, stepFrom } from '../../../client/src/webview/steps.ts';
import type { PlacedGraphEdge, PlacedGraphNode, RelationshipGraph } from '../../../common/src/protocol.ts';

const uri = 'file:///project/customer.yaml';
const evil = '<img src=x onerror="alert(1)">\u202e\n</script>';

function range(line: number, endLine = line + 3) {
  return { start: { line, character: 4 }, end: { line: endLine, character: 0 } };
}

function node(id: string, parts: Partial<PlacedGraphNode> = {}): PlacedGraphNode {
  return {
    ...{ id, kind: 'table', label: id, group: 'shop', text: id, x: 0, y: 0, width: 80, height: 40 },
    definition: { uri, range: range(0) },
    ...parts,
  };
}

function edge(name: string, line: number, parts: Partial<PlacedGraphEdge> = {}): PlacedGraphEdge {
  return {
    ...{ name, from: 'customer', to: 'ticket', state: 'checked', uri, range: range(line) },
    ...{ points: [], label: { x: 0, y: line, text: name } },
    ...parts,
  };
}

/** customer leads to ticket and Person, ticket back to customer; region stands below customer. */
const graph: RelationshipGraph = {
  ...{ project: 'file:///project', width: 400, height: 200 },
  groups: [
    { id: 'source shop', kind: 'source', name: 'shop' },
    { id: 'remote-schema people', kind: 'remote-schema', name: 'people' },
    { id: 'source ', kind: 'source', name: '' },
    { id: 'actions', kind: 'actions', name: '' },
  ],
  nodes: [
    node('customer'),
    node('ticket', { x: 200, group: 'helpdesk' }),
    node('Person', { x: 200, y: 100, kind: 'type', group: 'people', definition: null }),
    node('region', { y: 120 }),
  ],
  edges: [
    edge('tickets', 4),
    edge('profile', 8, { to: 'Person', state: 'error' }),
    edge('owner', 20, { from: 'ticket', to: 'customer', state: 'unknown' }),
  ],
};

const states: readonly PlacedState[] = [
  { uri, start: { line: 4, character: 4 }, text: 'changed', isDifferent: true },
  { uri, start: { line: 8, character: 4 }, text: 'same', isDifferent: false },
  {
    uri: 'file:///project/other.yaml',
    start: { line: 20, character: 4 },
    text: 'changed',
    isDifferent: true,
  },
];

describe('what is drawn', () => {
  it('says of everything what it is and how it is, beside the server', () => {
    const { nodes, edges, groups, summary } = drawnGraph(graph, states);
    expect(nodes.map(({ spoken }) => spoken)).toEqual([
      'table customer of source shop, 2 relationships from here, 1 relationship to here',
      'table ticket of source helpdesk, 1 relationship from here, 1 relationship to here',
      'type Person of remote schema people, 1 relationship to here, where it is declared is not known',
      'table region of source shop',
    ]);
    expect(edges.map(({ spoken }) => spoken)).toEqual([
      'relationship tickets from table customer of source shop to table ticket of source helpdesk, compared with the server: changed',
      'relationship profile from table customer of source shop to type Person of remote schema people, something is wrong with it, compared with the server: same',
      'relationship owner from table ticket of source helpdesk to table customer of source shop, a side of it is not known, so that it is not checked',
    ]);
    expect(edges.map(({ isDifferent }) => isDifferent)).toEqual([true, false, false]);
    expect(groups.map(({ text }) => text)).toEqual([
      'source shop',
      'remote schema people',
      'source not known',
      'actions',
    ]);
    expect(summary).toBe('3 relationships, 1 with errors, 1 not checked, 1 not as on the server');
  });

  it('counts a relationship from a table to itself once', () => {
    const edges = [edge('parent', 4, { to: 'customer' }), edge('tickets', 8)];
    const { nodes } = drawnGraph({ ...graph, edges }, []);
    expect(nodes.slice(0, 2).map(({ spoken }) => spoken)).toEqual([
      'table customer of source shop, 1 relationship from here, 1 relationship from here to itself',
      'table ticket of source helpdesk, 1 relationship to here',
    ]);
  });

  it('says nothing of a server that was not read, and that there is nothing', () => {
    expect(drawnGraph(graph, []).edges[0]?.spoken).not.toContain('server');
    expect(drawnGraph({ ...graph, nodes: [], edges: [] }, states).summary).toBe(
      'No relationship here leads anywhere yet.',
    );
  });

  it('has names without what steers text, cut, and no address', () => {
    const drawn = drawnGraph(
      {
        ...graph,
        nodes: [
          node('customer', { label: evil, group: 'g'.repeat(100) }),
          node('ticket', { label: 'a'.repeat(1000) }),
        ],
      },
      [],
    );
    expect(drawn.nodes[0]?.spoken).toContain('<img src=x onerror="alert(1)">\\u202e\\n</script>');
    expect(drawn.nodes[1]?.spoken.length).toBeLessThan(300);
    expect(drawn.nodes[0]?.lines).toEqual(['customer', `${'g'.repeat(40)}…`]);
    expect(JSON.stringify(drawn)).not.toContain('file:');
  });
});

describe('the relationship at the cursor', () => {
  const inner = edge('inner', 9, {
    range: { start: { line: 9, character: 6 }, end: { line: 9, character: 20 } },
  });
  const edges = [edge('outer', 8), inner, edge('elsewhere', 8, { uri: 'file:///project/other.yaml' })];
  it.each([
    [{ line: 7, character: 0 }, undefined],
    [{ line: 8, character: 4 }, 0],
    [{ line: 9, character: 10 }, 1],
    [{ line: 9, character: 30 }, 0],
    [{ line: 11, character: 0 }, 0],
    [{ line: 11, character: 1 }, undefined],
  ])('%o', (position, expected) => {
    expect(edgeAt({ edges }, (each) => each === uri, position)).toBe(expected);
  });
});

describe('messages of the page', () => {
  it.each([
    [
      { kind: 'show', group: 'source shop' },
      { kind: 'show', group: 'source shop' },
    ],
    [
      { kind: 'export', form: 'svg' },
      { kind: 'export', form: 'svg' },
    ],
    [
      { kind: 'open', version: 1, what: 'node', index: 3, uri: 'file:///etc/passwd' },
      { kind: 'open', version: 1, what: 'node', index: 3 },
    ],
    [{ kind: 'show' }, undefined],
    [{ kind: 'export', form: 'exe' }, undefined],
    [{ kind: 'open', version: 1, what: 'file', index: 3 }, undefined],
    [{ kind: 'open', version: '1', what: 'node', index: 3 }, undefined],
    [{ kind: 'run' }, undefined],
    ['show', undefined],
    [null, undefined],
  ])('%o', (message, read) => {
    expect(readFromGraphPage(message)).toEqual(read);
  });

  it.each([
    [{ source: uri, group: '' }, uri],
    [{ source: 3 }, undefined],
    [undefined, undefined],
  ])('what it keeps names the file: %o', (state, source) => {
    expect(sourceInState(state)).toBe(source);
  });

  it.each([
    [undefined, { source: '', group: '', query: '', camera: null }],
    [
      { source: 'a', group: 'b', query: 'c', camera: { x: 1, y: 2, scale: 1, more: 3 } },
      { source: 'a', group: 'b', query: 'c', camera: { x: 1, y: 2, scale: 1 } },
    ],
    [
      { query: 1, camera: { x: 1, y: 2, scale: 0 } },
      { source: '', group: '', query: '', camera: null },
    ],
    [{ camera: { x: Number.NaN, y: 2, scale: 1 } }, { source: '', group: '', query: '', camera: null }],
  ])('what was kept is read, whatever it is: %o', (kept, state) => {
    expect(readState(kept)).toEqual(state);
  });
});

describe('the page', () => {
  const html = webPageHtml({
    nonce: 'N0nce+/=',
    script: 'https://page/graph.cjs?a=1&b=2',
    style: 'https://page/a.css',
    language: '"><x',
  });

  it('lets in one script and one style sheet by the nonce, and nothing else', () => {
    expect(/content="([^"]*default-src[^"]*)"/.exec(html)?.[1]).toBe(
      "default-src 'none'; script-src 'nonce-N0nce+/='; style-src 'nonce-N0nce+/='; base-uri 'none'; form-action 'none'",
    );
    expect(html.match(/<(?:script|link|style)\b[^>]*>/g)).toEqual([
      '<link rel="stylesheet" nonce="N0nce+/=" href="https://page/a.css">',
      '<script nonce="N0nce+/=" src="https://page/graph.cjs?a=1&amp;b=2">',
    ]);
    expect(html).not.toMatch(/unsafe-|\son\w+=|\sstyle=|<x/);
  });
});

describe('search', () => {
  const drawn = drawnGraph(graph, []);
  const name = ({ what, index }: ItemName) =>
    what === 'node' ? drawn.nodes[index]?.lines[0] : drawn.edges[index]?.label.text;
  it.each([
    ['', []],
    ['   ', []],
    ['TICKET', ['ticket', 'tickets']],
    ['shop', ['customer', 'region']],
    ['help ticket', ['ticket']],
    ['(.*', []],
  ])('"%s"', (query, names) => {
    expect(found(drawn, query).map(name)).toEqual(names);
  });
});

describe('the arrow keys', () => {
  const drawn = drawnGraph(graph, []);
  const at = (what: 'node' | 'edge', index: number): ItemName => ({ what, index });
  it.each<[ItemName, Direction, ItemName | undefined]>([
    [at('node', 0), 'right', at('edge', 0)],
    [at('edge', 0), 'down', at('edge', 1)],
    [at('edge', 1), 'up', at('edge', 0)],
    [at('edge', 1), 'right', at('node', 2)],
    [at('edge', 1), 'left', at('node', 0)],
    [at('edge', 1), 'down', undefined],
    [at('node', 0), 'left', at('edge', 2)],
    [at('node', 0), 'down', at('node', 3)],
    [at('node', 3), 'up', at('node', 0)],
    [at('node', 3), 'right', at('node', 2)],
    [at('node', 3), 'down', undefined],
    [at('edge', 99), 'right', undefined],
  ])('from %o %s', (from, direction, to) => {
    expect(stepFrom(drawn, from, direction)).toEqual(to);
  });

  it('and Tab go through all of it, each node before what leads from it', () => {
    expect(readingOrder(drawn).map(({ what, index }) => `${what} ${index}`)).toEqual([
      ...['node 0', 'edge 0', 'edge 1', 'node 1', 'edge 2', 'node 2', 'node 3'],
    ]);
  });
});

describe('what is seen', () => {
  const view = { width: 400, height: 300 };
  it('is all of it, in the middle', () => {
    expect(whole({ width: 200, height: 100 }, view)).toEqual({ scale: 1, x: 100, y: 100 });
    expect(whole({ width: 800, height: 100 }, view)).toEqual({ scale: 0.5, x: 0, y: 125 });
    expect(whole({ width: 0, height: 0 }, view).scale).toBe(1);
  });

  const name = { x: 700, y: 140, width: 60, height: 16 };
  it.each([
    ['of a small one all', { width: 440, height: 100 }, [name], { scale: 400 / 440, x: 0 }],
    ['of a large one its beginning, as large as it is', { width: 8000, height: 100 }, [], { x: 0, y: 100 }],
    [
      'a relationship in the middle',
      { width: 8000, height: 6000 },
      [{ ...name, y: 1000 }],
      { x: -530, y: -858 },
    ],
    [
      'both its ends as well',
      { width: 8000, height: 100 },
      [name, { ...name, x: 560 }, { ...name, x: 800 }],
      { x: -510 },
    ],
    [
      'one end, where both have no room',
      { width: 8000, height: 100 },
      [name, { ...name, x: 0 }],
      { x: -530 },
    ],
    [
      'the other end, where the first has no room',
      { width: 8000, height: 100 },
      [name, { ...name, x: 0 }, { ...name, x: 800 }],
      { x: -580 },
    ],
    ['nothing beside the graph', { width: 780, height: 100 }, [name], { x: -380 }],
  ])('at first it is %s', (_, graph, parts, expected) => {
    expect(start(graph, view, parts)).toMatchObject({ scale: 1, ...expected });
  });

  it('grows around a point, within bounds', () => {
    const camera = { x: 10, y: 20, scale: 1 };
    expect(zoomed(camera, 2, { x: 100, y: 100 })).toEqual({ scale: 2, x: -80, y: -60 });
    expect(zoomed(camera, 1e9, { x: 0, y: 0 }).scale).toBe(4);
    expect(zoomed(camera, 1e-9, { x: 0, y: 0 }).scale).toBe(0.02);
    expect(moved(camera, 1, -1)).toEqual({ x: 11, y: 19, scale: 1 });
  });

  const box = { width: 80, height: 40 };
  it.each([
    ['inside', [{ x: 50, y: 50, ...box }], { x: 0, y: 0 }],
    ['to the right', [{ x: 500, y: 50, ...box }], { x: -196, y: 0 }],
    ['above', [{ x: 50, y: -100, ...box }], { x: 0, y: 116 }],
    ['too wide', [{ x: 500, y: 50, width: 900, height: 40 }], { x: -484, y: 0 }],
    [
      'inside, and to the left of it as far as there is room',
      [
        { x: 50, y: 50, ...box },
        { x: -200, y: 50, ...box },
        { x: -400, y: 50, ...box },
      ],
      { x: 216, y: 0 },
    ],
    ['nowhere', [], { x: 0, y: 0 }],
  ])('moves no further than it must to what is %s', (_, places, expected) => {
    expect(showing({ x: 0, y: 0, scale: 1 }, places, view)).toEqual({ ...expected, scale: 1 });
  });
});
