import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Node, parse } from 'acorn';
import { isMain, root } from './run.ts';

/**
 * Writes `l10n/bundle.l10n.json`, the texts that can be translated, from the code: `node scripts/texts.ts`. They are the
 * templates behind two tags, which Microsoft's own extractor does not know, and what is counted.
 */

export const bundlePath = 'l10n/bundle.l10n.json';

const tags = new Set(['localized', 'display']);

/** Where texts of VS Code's windows are made. */
const folders = ['client/src', 'common/src'];

/** A literal of the code that may be text. */
export interface Literal {
  readonly file: string;
  readonly line: number;
  /** With `{0}`, `{1}` … where something is filled in. */
  readonly text: string;
  /** `translated`: behind one of the tags. */
  readonly role: 'translated' | 'text' | 'key' | 'compared';
  /** The function it is handed to; empty: none. */
  readonly call: string;
}

/** All literals of the files that make texts. */
export function literals(): readonly Literal[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .flatMap((file) => literalsOf(readFileSync(path.join(root, file), 'utf8'), file)),
  );
}

/** Those of one file. */
export function literalsOf(source: string, file: string): readonly Literal[] {
  const found: Literal[] = [];
  const add = (node: Parsed, text: string, role: Literal['role'], call: string): void => {
    found.push({ file, line: node.loc?.start.line ?? 0, text, role, call });
  };
  const visit = (node: Parsed, role: Literal['role'] = 'text', call = ''): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'Literal':
        if (typeof node['value'] === 'string') add(node, node['value'], role, call);
        return;
      case 'TemplateLiteral':
        add(node, templateText(node), role, call);
        for (const inner of children(node['expressions'])) visit(inner);
        return;
      case 'TaggedTemplateExpression':
        visit(node['quasi'] as Parsed, tags.has(nameOf(node['tag'])) ? 'translated' : 'text');
        return;
      case 'CallExpression':
      case 'NewExpression': {
        const called = nameOf(node['callee']);
        const [count, what, one, ...others] = children(node['arguments']);
        if (called === 'counted' && count !== undefined && what?.type === 'Literal') {
          add(what, `{0} ${what['value']}s`, 'translated', called);
          add(what, String(one?.['value'] ?? `1 ${what['value']}`), 'translated', called);
          visit(count);
          return;
        }
        visit(node['callee'] as Parsed);
        for (const argument of [count, what, one, ...others]) if (argument) visit(argument, 'text', called);
        return;
      }
      case 'Property':
      case 'PropertyDefinition':
        visit(node['key'] as Parsed, 'key');
        for (const value of children([node['value']])) visit(value);
        return;
      case 'MemberExpression':
        visit(node['object'] as Parsed);
        visit(node['property'] as Parsed, 'key');
        return;
      case 'BinaryExpression': {
        const isCompared = /==|^in$/.test(String(node['operator']));
        for (const side of children([node['left'], node['right']]))
          visit(side, isCompared ? 'compared' : 'text');
        return;
      }
      case 'SwitchCase':
        for (const test of children([node['test']])) visit(test, 'compared');
        for (const inner of children(node['consequent'])) visit(inner);
        return;
      default:
        for (const value of Object.values(node)) for (const inner of children(value)) visit(inner);
    }
  };
  visit(
    parse(stripTypeScriptTypes(source), {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowHashBang: true,
      locations: true,
    }) as unknown as Parsed,
  );
  return found;
}

type Parsed = Node & Readonly<Record<string, unknown>>;

function children(value: unknown): readonly Parsed[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (each): each is Parsed => typeof each?.type === 'string' && typeof each.start === 'number',
  );
}

function nameOf(value: unknown): string {
  const { name, property } = value as {
    readonly name?: string;
    readonly property?: { readonly name?: string };
  };
  return name ?? property?.name ?? '';
}

function templateText(node: Parsed): string {
  const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
  return parts
    .map(({ value }, index) => (index === 0 ? value.cooked : `{${index - 1}}${value.cooked}`))
    .join('');
}

/** What can be translated, sorted. */
export function texts(all: readonly Literal[] = literals()): readonly string[] {
  const found = all
    .filter(({ role, text }) => role === 'translated' && /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, '')))
    .map(({ text }) => text);
  return [...new Set(found)].sort((a, b) => (a < b ? -1 : 1));
}

/** The bundle as it should be. */
export function bundleText(): string {
  return `${JSON.stringify(Object.fromEntries(texts().map((text) => [text, text])), null, 2)}\n`;
}

if (isMain(import.meta.url)) writeFileSync(path.join(root, bundlePath), bundleText());
