import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'vitest';
import { testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** Whatever is typed without a look at the list arrives as typed, with what the editor itself indents and closes. */

const tables = 'metadata/databases/shop/tables';
let project = '';
const window = testWindow('typing', async (home) => {
  project = await sampleProject(home);
  for (const name of ['typed', 'typed_slowly']) {
    await writeFile(path.join(project, tables, `${name}.yaml`), '');
    await writeFile(path.join(project, `${name}.json`), '');
  }
  await writeFile(path.join(project, tables, 'typed_very_slowly.yaml'), '');
  await writeFile(path.join(project, 'typed.http'), '');
  await writeFile(path.join(project, 'chosen.json'), chosen(''));
  return {
    workspace: project,
    settings: { 'editor.minimap.enabled': false, 'files.autoSave': 'off', 'editor.tabSize': 2 },
  };
});

const yaml = `table:
  schema: public
  name: customer
remote_relationships:
  - name: places
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - person_id
        remote_field:
          person:
            arguments:
              id: $person_id
  - definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table: ticket
        field_mapping:
          id: customer_id
    name: tickets
`;

const json = `{
  "type": "pg_create_remote_relationship",
  "args": {
    "source": "shop",
    "table": "customer",
    "name": "places",
    "definition": {
      "to_remote_schema": {
        "remote_schema": "people",
        "lhs_fields": [
          "person_id"
        ],
        "remote_field": {
          "person": {
            "arguments": {
              "id": "$person_id"
            }
          }
        }
      }
    }
  }
}`;

const http = `POST http://localhost:8080/v1/metadata
Content-Type: application/json

{
  "type": "pg_create_remote_relationship",
  "args": {
    "source": "shop",
    "definition": {
      "to_source": {
        "source": "helpdesk",
        "table": "ticket"
      }
    }
  }
}`;

const chosen = (definition: string) => `{
  "type": "pg_create_remote_relationship",
  "args": {
    "source": "shop",
    "table": "customer",
    "name": "tickets",
    "definition": {${definition}}
  }
}`;

/** What is typed slowly is shorter. */
const shortestYaml = `table: customer
remote_relationships:
  - name: ticket
    definition:
      to_source:
        table: ticket
`;
const shortYaml = yaml.slice(0, yaml.indexOf('  - definition'));
const shortJson = `{
  "type": "pg_create_remote_relationship",
  "args": {
    "source": "shop",
    "definition": {
      "to_remote_schema": {
        "remote_schema": "people",
        "lhs_fields": [
          "person_id"
        ]
      }
    }
  }
}`;

/** Types lines as a person does; what the editor indents by itself is typed over, so that it does not matter. */
async function typeYaml(text: string, delay: number): Promise<void> {
  const { workbench } = window;
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (at > 0) await workbench.typeSlowly('\n', delay);
    await workbench.press('Shift+Home');
    if (line === '') await workbench.press('Delete');
    else await workbench.typeSlowly(line, delay);
  }
}

/** What closes a bracket stands there already: it is only typed up to the line before. */
async function typeJson(text: string, delay: number): Promise<void> {
  const { workbench } = window;
  const lines = text.split('\n').map((line) => line.trimStart());
  const last = lines.findLastIndex((line) => !/^[\]}],?$/.test(line));
  for (const [at, line] of lines.slice(0, last + 1).entries()) {
    if (/^[\]}]/.test(line)) {
      // A list that is still open would take the arrow, as everywhere.
      await workbench.noSuggestions();
      await workbench.press('ArrowDown');
      await workbench.press('End');
      await workbench.typeSlowly(line.slice(1), delay);
    } else {
      await workbench.typeSlowly(line, delay);
    }
    const next = lines[at + 1] ?? '';
    if (at < last && !/^[\]}]/.test(next)) await workbench.breakLine();
  }
}

async function saved(file: string): Promise<string> {
  await window.workbench.press('Control+S');
  await window.workbench.saved();
  return readFile(path.join(project, file), 'utf8');
}

describe('a relationship that is typed arrives as typed', () => {
  it.for([
    ['typed', 40, yaml],
    ['typed_slowly', 90, shortYaml],
    ['typed_very_slowly', 250, shortestYaml],
  ] as const)('in YAML: %s, %i ms a key', async ([name, delay, text], { expect }) => {
    await window.workbench.openFile(`${name}.yaml`);
    await typeYaml(text, delay);
    expect(await saved(`${tables}/${name}.yaml`)).toBe(text);
  });

  it.for([
    ['typed', 40, json],
    ['typed_slowly', 90, shortJson],
  ] as const)('in JSON: %s, %i ms a key', async ([name, delay, text], { expect }) => {
    await window.workbench.openFile(`${name}.json`);
    await window.workbench.bracketsClose();
    await typeJson(text, delay);
    expect(await saved(`${name}.json`)).toBe(text);
  });
});

describe('in a request', () => {
  it('what is typed arrives as typed', async ({ expect }) => {
    await window.workbench.openFile('typed.http');
    await window.workbench.bracketsClose();
    await typeJson(http, 40);
    expect(await saved('typed.http')).toBe(http);
  });

  it('what is chosen is written as the file is, and Tab goes on from place to place', async ({ expect }) => {
    const { workbench } = window;
    await workbench.openFile('chosen.json');
    await workbench.goTo(7, 20);
    await workbench.suggestions('to_source');
    await workbench.accept('to_source', '"field_mapping"');
    await workbench.suggested('array');
    await workbench.press('ArrowDown');
    // A choice goes on to the next place by itself.
    await workbench.press('Enter');
    await workbench.accept('helpdesk', '"source": "helpdesk"');
    await workbench.press('Tab');
    await workbench.suggested('ticket');
    await workbench.accept('ticket', '"ticket"');
    await workbench.press('Tab');
    await workbench.suggested('id');
    await workbench.accept('id', '"id"');
    expect(await saved('chosen.json')).toBe(
      chosen(`
      "to_source": {
        "relationship_type": "array",
        "source": "helpdesk",
        "table": "ticket",
        "field_mapping": {
          "id": ""
        }
      }
    `),
    );
  });
});
