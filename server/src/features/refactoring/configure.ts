import { newConfigurationName } from '../../../../common/src/configurationNames.ts';
import type { ConfigurationEdit, ConfigurationEntry } from '../../../../common/src/protocol.ts';
import { joinPath, uriOfPath } from '../../project/files.ts';
import type { PositionIn } from '../../project/positions.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { setProperty } from '../../syntax/edit/edits.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import { rewriteBelow } from '../../syntax/edit/rewriteValue.ts';
import { property } from '../../syntax/nodes.ts';
import { parse } from '../../syntax/parse.ts';
import { changeBetween } from '../../syntax/textChange.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';

/** The edit after which the configuration file of a project says these things, beside what it says. */
export function configure(
  workspace: Workspace,
  project: Project,
  entries: readonly ConfigurationEntry[],
  positionIn: PositionIn,
): ConfigurationEdit {
  const path = project.configurationFile;
  if (path === undefined) {
    const uri = uriOfPath(joinPath(project.location.root, newConfigurationName));
    const start = { line: 0, character: 0 };
    const text = `${JSON.stringify(entries.reduce(withEntry, {}), null, 2)}\n`;
    return { uri, exists: false, edits: [{ range: { start, end: start }, newText: text }] };
  }
  const uri = uriOfPath(path);
  const tree = workspace.documents.get(path)?.tree;
  const text = tree && textWith(tree, entries);
  if (tree === undefined || text === undefined) {
    return { obstacle: `The configuration file ${path} can’t be changed automatically. Change it by hand.` };
  }
  if (text === tree.text) return { uri, exists: true, edits: [] };
  const { start, oldEnd, newEnd } = changeBetween(tree.text, text);
  const range = { start: positionIn(uri, start), end: positionIn(uri, oldEnd) };
  return { uri, exists: true, edits: [{ range, newText: text.slice(start, newEnd) }] };
}

type Values = { readonly [key: string]: EditValue };

function withEntry(whole: Values, { keys, value }: ConfigurationEntry): Values {
  const [key, ...others] = keys;
  if (key === undefined) return whole;
  const inner = Object.hasOwn(whole, key) ? whole[key] : undefined;
  const below = isValues(inner) ? inner : {};
  const added = others.length === 0 ? (value as EditValue) : withEntry(below, { keys: others, value });
  return { ...whole, [key]: added };
}

function isValues(value: EditValue | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text with the entries; `undefined` where it can't be read, or something else would get another meaning. */
function textWith(tree: SyntaxTree, entries: readonly ConfigurationEntry[]): string | undefined {
  let text: string | undefined = tree.text;
  for (const { keys, value } of entries) {
    if (text === undefined) return undefined;
    const now: SyntaxTree = parse(text, tree.language);
    text = now.problems.length > 0 ? undefined : textWithEntry(now, keys, value as EditValue);
  }
  return text;
}

function textWithEntry(tree: SyntaxTree, keys: readonly string[], value: EditValue): string | undefined {
  const root = tree.roots[0];
  if (root === undefined) {
    const whole = withEntry({}, { keys, value });
    // JSON is YAML, too.
    return `${tree.text}${tree.text === '' || tree.text.endsWith('\n') ? '' : '\n'}${JSON.stringify(whole, null, 2)}\n`;
  }
  let node: SyntaxNode = root;
  for (const [index, key] of keys.entries()) {
    if (node.kind !== 'object' && node.kind !== 'null') return undefined;
    if (node.aliasOf !== undefined || node.merged) return undefined;
    const next = property(node, key);
    const rest = keys.slice(index + 1);
    if (next !== undefined && rest.length > 0) {
      node = next;
      continue;
    }
    const written = rest.reduceRight<EditValue>((inner, outer) => ({ [outer]: inner }), value);
    return rewriteBelow(tree, node, setProperty(tree, node, key, written));
  }
  return undefined;
}
