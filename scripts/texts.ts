import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Node, parse } from 'acorn';
import { isMain, root } from './run.ts';

/**
 * Writes `l10n/bundle.l10n.json`, the texts that can be translated, from the code: `node scripts/texts.ts`. They are the
 * templates behind the tags `localized` and `display`, which Microsoft's own extractor does not know, and what is counted.
 */

export const bundlePath = 'l10n/bundle.l10n.json';

/** Where texts of VS Code's windows are made. */
const folders = ['client/src', 'common/src'];

/** A literal of the code that may be text. */
export interface Literal {
  readonly file: string;
  readonly line: number;
  /** With `{0}`, `{1}` … where something is filled in. */
  readonly text: string;
  /** The tag before it, or the function it is handed to; empty: neither. */
  readonly used: string;
  /** What it is in the code beside that. */
  readonly role: 'text' | 'key' | 'compared';
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
  const add = (node: Parsed, text: string, used: string, role: Literal['role']): void => {
    found.push({ file, line: node.loc?.start.line ?? 0, text, used, role });
  };
  const visit = (node: Parsed, used: string, role: Literal['role']): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'Literal':
        if (typeof node['value'] === 'string') add(node, node['value'], used, role);
        return;
      case 'TemplateLiteral':
        add(node, templateText(node), used, role);
        for (const inner of children(node['expressions'])) visit(inner, '', 'text');
        return;
      case 'TaggedTemplateExpression':
        visit(node['quasi'] as Parsed, nameOf(node['tag']), 'text');
        return;
      case 'CallExpression':
      case 'NewExpression':
        visit(node['callee'] as Parsed, '', 'text');
        for (const argument of children(node['arguments'])) visit(argument, nameOf(node['callee']), 'text');
        return;
      case 'Property':
      case 'PropertyDefinition':
        visit(node['key'] as Parsed, '', 'key');
        for (const value of children([node['value']])) visit(value, '', 'text');
        return;
      case 'MemberExpression':
        visit(node['object'] as Parsed, '', 'text');
        visit(node['property'] as Parsed, '', 'key');
        return;
      case 'BinaryExpression': {
        const isCompared = /==|^in$/.test(String(node['operator']));
        for (const side of children([node['left'], node['right']]))
          visit(side, '', isCompared ? 'compared' : 'text');
        return;
      }
      case 'SwitchCase':
        for (const test of children([node['test']])) visit(test, '', 'compared');
        for (const inner of children(node['consequent'])) visit(inner, '', 'text');
        return;
      default:
        // Both branches of a choice, and what stands behind `??`, are used as the whole is.
        for (const [key, value] of Object.entries(node)) {
          const isPart = /^(?:Conditional|Logical)Expression$/.test(node.type) && key !== 'test';
          for (const inner of children(Array.isArray(value) ? value : [value]))
            visit(inner, isPart ? used : '', 'text');
        }
    }
  };
  visit(
    parse(stripTypeScriptTypes(source), {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowHashBang: true,
      locations: true,
    }) as unknown as Parsed,
    '',
    'text',
  );
  return found;
}

type Parsed = Node & Readonly<Record<string, unknown>>;

function children(value: unknown): readonly Parsed[] {
  return Array.isArray(value)
    ? value.filter((each): each is Parsed => typeof each?.type === 'string' && typeof each.start === 'number')
    : [];
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
  const found = new Set<string>();
  all.forEach((literal, index) => {
    const { text, used } = literal;
    if (/^(?:localized|display)$/.test(used) && /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, '')))
      found.add(text);
    // The second argument of `counted`, and the third where there is one.
    if (used !== 'counted' || all[index - 1]?.used === 'counted') return;
    const next = all[index + 1];
    found.add(`{0} ${text}s`);
    found.add(next?.used === 'counted' && next.line === literal.line ? next.text : `1 ${text}`);
  });
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/** The bundle as it should be. */
export function bundleText(): string {
  return `${JSON.stringify(Object.fromEntries(texts().map((text) => [text, text])), null, 2)}\n`;
}

if (isMain(import.meta.url)) writeFileSync(path.join(root, bundlePath), bundleText());
