import { describe, expect, it } from 'vitest';
import { groupsOf, withinGroup } from '../../../server/src/features/graph/graphGroups.ts';
import { placedGraph } from '../../../server/src/features/graph/graphLayout.ts';
import { graphMermaid } from '../../../server/src/features/graph/graphMermaid.ts';
import { graphSvg } from '../../../server/src/features/graph/graphSvg.ts';
import {
  type GraphEdge,
  type RelationshipGraph,
  relationshipGraph,
} from '../../../server/src/features/graph/relationshipGraph.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { contextOf, findingsIn } from '../support/checkText.ts';
import { remoteSchemas, request, surroundings } from './support.ts';

function graphOf(text: string, where = surroundings) {
  return relationshipGraph([{ context: contextOf(text, where), findings: findingsIn(text, where) }]);
}

/** `from -name-> to (state)` */
function edgesOf({ nodes, edges }: RelationshipGraph): string[] {
  const named = new Map(nodes.map(({ id, kind, label, group }) => [id, `${kind} ${group}/${label}`]));
  return edges.map(
    ({ from, to, name, state }) => `${named.get(from)} -${name}-> ${named.get(to)} (${state})`,
  );
}

const tables = `- table: customer
  remote_relationships:
    - name: friend
      definition:
        to_remote_schema:
          remote_schema: people
          lhs_fields: [id]
          remote_field: { person: { arguments: { id: $id }, field: { address: { arguments: { kind: HOME } } } } }
    - name: wrong
      definition:
        to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { persn: { arguments: {} } } }
    - name: dark
      definition:
        to_remote_schema: { remote_schema: dark, lhs_fields: [id], remote_field: { x: { arguments: {} } } }
    - name: tickets
      definition:
        to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { id: id } }
    - name: parent
      definition:
        to_source: { relationship_type: object, source: default, table: { schema: public, name: customer }, field_mapping: { id: id } }
    - name: half
      definition:
`;
const where = { ...surroundings, location: { role: 'tables', source: 'default' } } as const;

describe('the graph', () => {
  it('has tables, types and remote schemas, and relationships with their states', () => {
    expect(edgesOf(graphOf(tables, where))).toEqual([
      'table default/customer -friend-> type people/Address (error)',
      'table default/customer -wrong-> remote-schema people/people (error)',
      'table default/customer -dark-> remote-schema dark/dark (unknown)',
      'table default/customer -tickets-> table helpdesk/ticket (checked)',
      'table default/customer -parent-> table default/customer (checked)',
    ]);
  });

  it('tells what several projects have apart, and draws it in boxes of its own', () => {
    const context = contextOf(tables, where);
    const graph = relationshipGraph(
      ['a', 'b'].map((project) => ({ context, findings: findingsIn(tables, where), project })),
    );
    const one = graphOf(tables, where);
    expect(graph.nodes).toHaveLength(one.nodes.length * 2);
    expect(edgesOf(graph)).toEqual([...edgesOf(one), ...edgesOf(one)]);
    const projects = new Map(graph.nodes.map(({ id, project }) => [id, project]));
    expect(graph.edges.map(({ from, to }) => [projects.get(from), projects.get(to)])).toEqual(
      ['a', 'b'].flatMap((project) => one.edges.map(() => [project, project])),
    );
    expect(graphMermaid(graph)).toContain('["source helpdesk, b"]');
    expect(groupsOf(graph)).toHaveLength(groupsOf(one).length * 2);
    const group = { id: 'source helpdesk b', kind: 'source', name: 'helpdesk', project: 'b' };
    expect(groupsOf(graph)).toContainEqual(group);
    expect(withinGroup(graph, group.id).edges.map(({ name }) => name)).toEqual(['tickets']);
  });

  it.each([
    ['has types of remote schemas as owners', 'Person', 'checked'],
    ['has relationships of what is not there as wrong', 'Persn', 'error'],
  ])('%s', (_, type, state) => {
    const text = `- name: people
  definition: { url: http://localhost }
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: tickets
          definition:
            to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { number: id } }
`;
    expect(edgesOf(graphOf(text, remoteSchemas))).toEqual([
      `type people/${type} -tickets-> table helpdesk/ticket (${state})`,
    ]);
  });

  it('leaves requests out, and what is empty', async () => {
    const text = JSON.stringify({
      type: 'pg_create_remote_relationship',
      args: {
        table: 'customer',
        name: 'tickets',
        definition: {
          to_source: {
            relationship_type: 'array',
            source: 'helpdesk',
            table: 'ticket',
            field_mapping: { id: 'id' },
          },
        },
      },
    });
    expect(graphOf(text, request)).toMatchObject({ nodes: [], edges: [] });
    expect(graphMermaid({ nodes: [], edges: [] })).toBe('flowchart LR\n');
    expect(await graphSvg({ nodes: [], edges: [] })).toContain('width="0" height="0"');
  });
});

const [node] = parse('a', 'yaml').roots;
if (node === undefined) throw new Error('no node');
const edge = (from: string, to: string, name: string, state: GraphEdge['state'] = 'checked'): GraphEdge => {
  return { from, to, name, state, uri: 'file:///a.yaml', node };
};
const evil = '"]; click n0 "javascript:x" <script>&\u0000';
const hostile: RelationshipGraph = {
  nodes: [
    { id: 'a', kind: 'table', label: evil, group: 'shop' },
    { id: 'b', kind: 'type', label: 'Person', group: 'people' },
  ],
  edges: [edge('a', 'b', evil, 'error'), edge('a', 'b', 'second', 'unknown'), edge('b', 'b', 'own')],
};

describe('as Mermaid', () => {
  it('it has a box for each source and remote schema, and colours', () => {
    expect(graphMermaid(hostile)).toBe(`flowchart LR
  subgraph g0["source shop"]
    n0["#34;#93;#59; click n0 #34;javascript#58;x#34; #60;script#62;#38;#0;"]
  end
  subgraph g1["remote schema people"]
    n1["Person"]
  end
  n0 -->|"#34;#93;#59; click n0 #34;javascript#58;x#34; #60;script#62;#38;#0;"| n1
  n0 -->|"second"| n1
  n1 -->|"own"| n1
  linkStyle 0 stroke:#d13438,color:#d13438
  linkStyle 1 stroke:#8a8886,color:#8a8886
`);
  });
});

const chain = (length: number): RelationshipGraph => ({
  nodes: Array.from({ length }, (_, index) => ({
    ...{ id: `n${index}`, kind: 'table' as const, label: `table_${index}`, group: 'shop' },
  })),
  edges: Array.from({ length: length - 1 }, (_, index) => edge(`n${index}`, `n${index + 1}`, 'next')),
});

it('as Mermaid has no empty texts, which are mistakes', () => {
  const nodes = [{ id: 'a', kind: 'table' as const, label: '', group: '' }];
  const chart = graphMermaid({ nodes, edges: [edge('a', 'a', '')] });
  expect(chart).toContain('n0[" "]');
  expect(chart).toContain('n0 -->|" "| n0');
  expect(chart).not.toContain('""');
});

describe('what it is filtered by', () => {
  const graph = graphOf(tables, where);

  it('are its sources and remote schemas', () => {
    expect(groupsOf(graph).map(({ id }) => id)).toEqual([
      'source default',
      'remote-schema people',
      'remote-schema dark',
      'source helpdesk',
    ]);
  });

  it.each([
    ['source helpdesk', ['table default/customer -tickets-> table helpdesk/ticket (checked)']],
    ['remote-schema dark', ['table default/customer -dark-> remote-schema dark/dark (unknown)']],
    ['source default', edgesOf(graph)],
    ['source of nobody', []],
  ])('%s leaves what leads from or to it', (group, edges) => {
    const filtered = withinGroup(graph, group);
    expect(edgesOf(filtered)).toEqual(edges);
    expect(filtered.nodes.map(({ id }) => id).sort()).toEqual(
      [...new Set(filtered.edges.flatMap(({ from, to }) => [from, to]))].sort(),
    );
  });
});

it('says where nodes are declared, and not where that is not known', () => {
  const graph = graphOf(tables.replaceAll('dark', 'gone'), where);
  const declared = graph.nodes.filter(({ id }) => graph.definitions.has(id)).map(({ label }) => label);
  expect(declared).toEqual(['customer', 'Address', 'people', 'ticket']);
});

describe('as a picture', () => {
  it('it has what names hold as text alone', async () => {
    const svg = await graphSvg(hostile);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&quot;]; click n0 &quot;javascript:x&quot; &lt;script&gt;&amp;');
    expect(svg.match(/class="edge (\w+)"/g)).toEqual([
      'class="edge error"',
      'class="edge unknown"',
      'class="edge checked"',
    ]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('it has a place for what has no name', async () => {
    const nodes = ['a', 'b'].map((id) => ({ id, kind: 'table' as const, label: id, group: '' }));
    const svg = await graphSvg({ nodes, edges: [edge('a', 'b', '')] });
    expect(svg).toContain('class="edge');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of very many it is made at once, however deep they lead', async () => {
    const svg = await graphSvg(chain(5000));
    expect(svg.match(/class="edge /g)).toHaveLength(4999);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of arrows that cross many others it is made at once', async () => {
    const { nodes, edges } = chain(200);
    const crossing = nodes.slice(2).map(({ id }) => edge('n0', id, 'far'));
    const placed = await placedGraph({ nodes, edges: [...edges, ...crossing] });
    expect(new Set(placed.nodes.map(({ x }) => x)).size).toBe(2);
    const few = await placedGraph({ nodes, edges });
    expect(new Set(few.nodes.map(({ x }) => x)).size).toBe(200);
  });

  it('what has not changed stays where it is, and what has is laid out', async () => {
    const known = new Map();
    const first = await placedGraph(chain(5), known);
    const again = await placedGraph(chain(5), known);
    expect(again).toEqual(first);
    expect(again.nodes[0]?.node).not.toBe(first.nodes[0]?.node);
    const [renamed, ...others] = chain(5).nodes;
    if (renamed === undefined) return expect.fail('no node');
    const nodes = [{ ...renamed, label: 'a_much_longer_name' }, ...others];
    const changed = await placedGraph({ nodes, edges: chain(5).edges }, known);
    expect(changed.nodes[0]?.lines[0]).toBe('a_much_longer_name');
    expect(changed.width).toBeGreaterThan(first.width);
    expect(known.size).toBe(1);
  });

  it.each([60, 240])('its boxes lie apart, inside of it: %i', async (count) => {
    const { nodes } = chain(count);
    const edges = nodes.flatMap(({ id }, index) => [
      edge(id, `n${(index * 7 + 1) % count}`, 'a'),
      ...(index % 5 === 0 ? [] : [edge(id, `n${(index * 3) % count}`, 'b')]),
    ]);
    const placed = await placedGraph({ nodes, edges });
    expect(placed.nodes).toHaveLength(count);
    for (const { points } of placed.edges) {
      for (const { x, y } of points) {
        expect(x >= 0 && x <= placed.width && y >= 0 && y <= placed.height).toBe(true);
      }
    }
    for (const [index, one] of placed.nodes.entries()) {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(placed.width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(placed.height);
      for (const other of placed.nodes.slice(index + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
          Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
        expect(apart, `${one.node.label} and ${other.node.label}`).toBe(true);
      }
    }
    expect(placed.edges.every(({ points }) => points.length >= 2)).toBe(true);
  });
});
