import { expect } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type {
  MetadataModel,
  ReadingContext,
  Relationship,
  ShapeProblem,
} from '../../../server/src/metadata/relationship.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage, SyntaxTree } from '../../../server/src/syntax/tree.ts';

export interface ReadText {
  readonly tree: SyntaxTree;
  readonly model: MetadataModel;
}

export function readText(
  text: string,
  language: SyntaxLanguage = 'yaml',
  context?: ReadingContext,
): ReadText {
  const tree = parse(text, language);
  return { tree, model: readModel(tree, context) };
}

/** Reads a YAML text, and checks that its JSON twin says the same. */
export function readTwins(yaml: string, context?: ReadingContext): MetadataModel {
  const { model, tree } = readText(yaml, 'yaml', context);
  expect(tree.problems).toEqual([]);
  const twin = readText(JSON.stringify(parseYaml(yaml)), 'json', context).model;
  expect(facts(twin), 'JSON twin').toEqual(facts(model));
  expect(twin.shapeProblems.map(told), 'JSON twin').toEqual(model.shapeProblems.map(told));
  return model;
}

export function onlyRelationship(model: MetadataModel): Relationship {
  expect(model.relationships).toHaveLength(1);
  const [relationship] = model.relationships;
  if (relationship === undefined) throw new Error('no relationship');
  return relationship;
}

/** Without nodes: what both languages must agree on. */
export function facts(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, one]) => [key, facts(one)]);
  if (Array.isArray(value)) return value.map(facts);
  if (typeof value !== 'object' || value === null) return value;
  if ('children' in value) return undefined;
  const kept = Object.entries(value).filter(
    ([key]) => !['entry', 'offset', 'length', 'shapeProblems'].includes(key),
  );
  return Object.fromEntries(kept.map(([key, one]) => [key, facts(one)]));
}

/** A problem in one line: kind, shape, key, and what the server says. */
export function told(problem: ShapeProblem): string {
  const { kind, shape, serverMessage } = problem;
  return [kind, shape, keyOf(problem) ?? '-', serverMessage ?? 'silent'].join(' | ');
}

export function keyOf(problem: ShapeProblem): string | undefined {
  return 'key' in problem ? problem.key : undefined;
}

export function problems(yaml: string, context?: ReadingContext): string[] {
  return readTwins(yaml, context).shapeProblems.map(told);
}

/** The text a node covers. */
export function covered(
  tree: SyntaxTree,
  node: { readonly offset: number; readonly length: number },
): string {
  return tree.text.slice(node.offset, node.offset + node.length);
}

export function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
