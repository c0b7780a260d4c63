import type { Finding } from '../rules/rule.ts';
import { type SeveritySetting, severitySettings } from '../rules/settings.ts';
import { suggest } from '../schema/suggest.ts';
import { property } from '../syntax/nodes.ts';
import { placeholderProblem } from '../syntax/placeholders.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { projectFinding, syntaxMessage } from './findings.ts';

/**
 * Our configuration, from `remote-relationships.config.{json,yaml,yml}` or from the editor's settings, which have
 * the same shape. What can't be read is reported at its place and left out; the rest counts.
 */

/** A path or a glob as written, relative to the folder of the configuration. */
export interface FileReference {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

export interface ConfiguredSource {
  readonly kind: string | undefined;
  /** The table snapshot. */
  readonly tables: FileReference | undefined;
  /** SQL that makes the tables, in place of a snapshot. */
  readonly sql: FileReference | undefined;
  /** A schema of Hasura itself: files and patterns that make it together; never empty. */
  readonly graphql: readonly FileReference[] | undefined;
  readonly offset: number;
  readonly length: number;
}

export interface ConfiguredSchema {
  /** Files and patterns that make it together; never empty. */
  readonly schema: readonly FileReference[] | undefined;
  readonly offset: number;
  readonly length: number;
}

export interface Configuration {
  readonly serverVersion: string | undefined;
  readonly sources: ReadonlyMap<string, ConfiguredSource>;
  readonly remoteSchemas: ReadonlyMap<string, ConfiguredSchema>;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** Whether the server heeds permissions on remote schemas; `undefined`: not said. */
  readonly remoteSchemaPermissions: boolean | undefined;
  /** Patterns of placeholders beside the usual ones. */
  readonly placeholders: readonly string[];
}

export const emptyConfiguration: Configuration = {
  serverVersion: undefined,
  sources: new Map(),
  remoteSchemas: new Map(),
  rules: {},
  remoteSchemaPermissions: undefined,
  placeholders: [],
};

/** Reads a configuration; `ruleCodes` are the codes whose severity can be set. */
export function readConfiguration(
  tree: SyntaxTree,
  ruleCodes: readonly string[],
): { readonly configuration: Configuration; readonly findings: readonly Finding[] } {
  const reader = new Reader();
  for (const problem of tree.problems) {
    reader.report(syntaxMessage(problem), problem);
  }
  const root = tree.roots[0];
  if (root === undefined) return { configuration: emptyConfiguration, findings: reader.findings };

  let serverVersion: string | undefined;
  let rules: Record<string, SeveritySetting> = {};
  let remoteSchemaPermissions: boolean | undefined;
  let placeholders: readonly string[] = [];
  const sources = new Map<string, ConfiguredSource>();
  const remoteSchemas = new Map<string, ConfiguredSchema>();
  reader.object(root, 'The configuration', {
    $schema: () => undefined,
    serverVersion: (node) => {
      serverVersion = reader.serverVersion(node);
    },
    sources: (node) => {
      for (const [name, entry] of reader.entries(node, '"sources"')) {
        let kind: string | undefined;
        let tables: FileReference | undefined;
        let sql: FileReference | undefined;
        let graphql: readonly FileReference[] | undefined;
        reader.object(entry, `The source "${name}"`, {
          kind: (value) => {
            kind = reader.text(value, '"kind"');
          },
          tables: (value) => {
            if (value.kind !== 'object') tables = reader.reference(value, '"tables"');
            else {
              reader.object(value, '"tables"', {
                sql: (pattern) => {
                  sql = reader.reference(pattern, '"sql"');
                },
                graphql: (files) => {
                  graphql = reader.references(files, '"graphql"');
                },
              });
            }
          },
        });
        sources.set(name, {
          kind: kind === 'pg' ? 'postgres' : kind,
          tables,
          sql,
          graphql,
          ...rangeOf(entry.key ?? entry),
        });
      }
    },
    remoteSchemas: (node) => {
      for (const [name, entry] of reader.entries(node, '"remoteSchemas"')) {
        let schema: readonly FileReference[] | undefined;
        reader.object(entry, `The remote schema "${name}"`, {
          schema: (value) => {
            schema = reader.references(value, '"schema"');
          },
        });
        remoteSchemas.set(name, { schema, ...rangeOf(entry.key ?? entry) });
      }
    },
    endpoints: (node) => reader.endpoints(node),
    rules: (node) => {
      rules = reader.rules(node, ruleCodes);
    },
    remoteSchemaPermissions: (node) => {
      remoteSchemaPermissions = reader.flag(node, '"remoteSchemaPermissions"');
    },
    placeholders: (node) => {
      placeholders = reader.placeholders(node);
    },
  });
  return {
    configuration: { serverVersion, sources, remoteSchemas, rules, remoteSchemaPermissions, placeholders },
    findings: reader.findings,
  };
}

function rangeOf(node: SyntaxNode): { offset: number; length: number } {
  return { offset: node.offset, length: node.length };
}

class Reader {
  readonly findings: Finding[] = [];

  report(message: string, location: { offset: number; length: number }): void {
    this.findings.push(projectFinding('configuration', message, location));
  }

  /** Each key by its handler; other keys are reported. `null` values count as not written. */
  object(node: SyntaxNode, what: string, handlers: Record<string, (value: SyntaxNode) => void>): void {
    if (node.kind !== 'object') {
      if (node.kind !== 'null') this.report(`${what} must be an object.`, node);
      return;
    }
    for (const child of node.children) {
      const key = String(child.key?.value ?? '');
      const handler = Object.hasOwn(handlers, key) ? handlers[key] : undefined;
      if (handler === undefined) {
        const known = Object.keys(handlers).filter((each) => each !== '$schema');
        this.report(`${what} has no key "${key}".${didYouMean(key, known)}`, child.key ?? child);
      } else if (child.kind !== 'null') {
        handler(child);
      }
    }
  }

  entries(node: SyntaxNode, what: string): [string, SyntaxNode][] {
    if (node.kind !== 'object') {
      this.report(`${what} must be an object.`, node);
      return [];
    }
    return node.children.map((child) => [String(child.key?.value ?? ''), child]);
  }

  text(node: SyntaxNode, what: string): string | undefined {
    if (typeof node.value === 'string' && node.value !== '') return node.value;
    this.report(`${what} must be a non-empty string.`, node);
    return undefined;
  }

  reference(node: SyntaxNode, what: string): FileReference | undefined {
    const text = this.text(node, what);
    return text === undefined ? undefined : { text, ...rangeOf(node) };
  }

  /** One, or a list of them. */
  references(node: SyntaxNode, what: string): readonly FileReference[] | undefined {
    const written = node.kind === 'array' ? node.children : [node];
    if (written.length === 0) this.report(`${what} must name a file.`, node);
    const references = written.map((each) => this.reference(each, what));
    // With a part left out, what that has would count as missing.
    return references.length > 0 && references.every((each) => each !== undefined) ? references : undefined;
  }

  /** Checked alone: who talks to them reads them by itself. A secret is no key of theirs. */
  endpoints(node: SyntaxNode): void {
    for (const [name, entry] of this.entries(node, '"endpoints"')) {
      this.object(entry, `The endpoint "${name}"`, {
        url: (value) => {
          const url = this.text(value, '"url"');
          if (url !== undefined && !/^https?:\/\/[^\s/]/.test(url))
            this.report('"url" must be an http or https URL.', value);
        },
        adminSecretVariable: (value) => void this.text(value, '"adminSecretVariable"'),
        protected: (value) => void this.flag(value, '"protected"'),
        readOnly: (value) => void this.flag(value, '"readOnly"'),
      });
      if (entry.kind === 'object' && property(entry, 'url') === undefined)
        this.report(`The endpoint "${name}" needs a "url".`, entry.key ?? entry);
    }
  }

  flag(node: SyntaxNode, what: string): boolean | undefined {
    if (typeof node.value === 'boolean') return node.value;
    this.report(`${what} must be true or false.`, node);
    return undefined;
  }

  /** `2.48` in YAML is a number: its text as written counts, `2.10` is not `2.1`. */
  serverVersion(node: SyntaxNode): string | undefined {
    if (typeof node.value === 'number') {
      this.report(
        '"serverVersion" must be a string: write it in quotes, because the numbers 2.10 and 2.1 are the same.',
        node,
      );
      return undefined;
    }
    const text = this.text(node, '"serverVersion"');
    if (text === undefined || text === 'latest' || /^v?\d+\.\d+(?:\.\d+)?(?:[-+.].*)?$/.test(text))
      return text;
    this.report(`"${text}" is not a server version: write it as "2.48", "v2.48.1" or "latest".`, node);
    return undefined;
  }

  placeholders(node: SyntaxNode): readonly string[] {
    if (node.kind !== 'array') {
      this.report('"placeholders" must be a list of patterns.', node);
      return [];
    }
    return node.children.flatMap((item) => {
      const pattern = this.text(item, 'A pattern of "placeholders"');
      const problem = pattern === undefined ? undefined : placeholderProblem(pattern);
      if (problem !== undefined) this.report(problem, item);
      return pattern === undefined || problem !== undefined ? [] : pattern;
    });
  }

  rules(node: SyntaxNode, codes: readonly string[]): Record<string, SeveritySetting> {
    const rules: Record<string, SeveritySetting> = {};
    for (const [code, entry] of this.entries(node, '"rules"')) {
      if (!codes.includes(code)) {
        this.report(`There is no rule "${code}".${didYouMean(code, codes)}`, entry.key ?? entry);
        continue;
      }
      const severity = severitySettings.find((each) => each === entry.value);
      if (severity === undefined) {
        this.report(
          `The severity of a rule is one of ${severitySettings.map((each) => `"${each}"`).join(', ')}.${didYouMean(String(entry.value), severitySettings)}`,
          entry,
        );
      } else {
        rules[code] = severity;
      }
    }
    return rules;
  }
}

/** ` Did you mean "x"?` when one of the candidates is near; else nothing. */
function didYouMean(written: string, candidates: readonly string[]): string {
  const meant = suggest(written, candidates);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}
