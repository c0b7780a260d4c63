import { type Candidate, textValue } from '../candidate.ts';
import type { CandidateRequest } from '../candidates.ts';
import type { Slot } from '../slot.ts';

export function sourceNameCandidates({ context }: CandidateRequest): Candidate[] {
  return context.catalogue.sources.map((source) => ({
    label: source.name,
    icon: 'source',
    detail: source.kind,
    insert: textValue(source.name),
  }));
}

export function remoteSchemaNameCandidates({ context }: CandidateRequest): Candidate[] {
  return context.catalogue.remoteSchemas.map((schema) => ({
    label: schema.name,
    icon: 'schema',
    detail: schema.origin,
    insert: textValue(schema.name),
  }));
}

/** Kinds every server has; data connectors have names of their own. */
export function sourceKindCandidates(): Candidate[] {
  return ['postgres', 'citus', 'cockroach', 'mssql', 'bigquery'].map((kind) => ({
    label: kind,
    icon: 'value',
    insert: textValue(kind),
  }));
}

/** Object types only (R27); the root types, which are object types too, come last. */
export function typeNameCandidates(slot: Extract<Slot, { kind: 'type-name' }>): Candidate[] {
  if (slot.schema.state !== 'present') return [];
  const schema = slot.schema.value;
  const names = schema.typeNames.filter(
    (name) => !name.startsWith('__') && schema.type(name)?.kind === 'object',
  );
  const roots = new Set([schema.queryTypeName, 'Mutation', 'Subscription']);
  const ordered = [...names.filter((name) => !roots.has(name)), ...names.filter((name) => roots.has(name))];
  return ordered.map((name) => ({
    label: name,
    icon: 'type',
    insert: textValue(name),
  }));
}

export function relationshipTypeCandidates(): Candidate[] {
  return [
    {
      label: 'object',
      icon: 'value',
      detail: 'at most one row',
      insert: textValue('object'),
    },
    {
      label: 'array',
      icon: 'value',
      detail: 'any number of rows',
      insert: textValue('array'),
    },
  ];
}

export function booleanCandidates(): Candidate[] {
  return ['true', 'false'].map((text) => ({
    label: text,
    icon: 'value',
    insert: { kind: 'value', value: { kind: 'literal', text } },
  }));
}

const verbs: Readonly<Record<string, string>> = {
  create: 'creates or replaces a remote relationship',
  update: 'replaces a remote relationship',
  delete: 'removes a remote relationship',
};

/** Relationship commands of the kinds of sources in the project, then those of remote schemas, then `bulk`. */
export function commandCandidates({ context }: CandidateRequest): Candidate[] {
  const kinds = new Set(context.catalogue.sources.map((source) => source.kind ?? 'postgres'));
  if (kinds.size === 0) kinds.add('postgres');
  const prefixes = [...kinds].map((kind) => (kind === 'postgres' ? 'pg' : kind));
  const command = (label: string, detail: string | undefined): Candidate => ({
    label,
    icon: 'command',
    detail,
    insert: textValue(label),
  });
  return [
    ...prefixes.flatMap((prefix) =>
      Object.entries(verbs).map(([verb, detail]) =>
        command(`${prefix}_${verb}_remote_relationship`, `${detail} of a table`),
      ),
    ),
    ...Object.entries(verbs).map(([verb, detail]) =>
      command(`${verb}_remote_schema_remote_relationship`, `${detail} of a remote schema's type`),
    ),
    command('bulk', 'runs several commands; none is kept when one fails'),
    command('bulk_keep_going', 'runs several commands; those that fail are left out'),
  ];
}
