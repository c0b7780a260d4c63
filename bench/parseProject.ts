import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { parseDocument } from 'yaml';

/** The floor of the headless run: every file of a project read and parsed once, nothing else. */
const project = process.argv[2] ?? '.';
for (const entry of readdirSync(project, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
  if (entry.name.endsWith('.yaml')) parseDocument(text);
  else if (entry.name.endsWith('.json')) JSON.parse(text);
  else if (entry.name.endsWith('.graphql')) parse(text);
}
