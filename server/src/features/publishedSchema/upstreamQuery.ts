import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type {
  ArgumentStep,
  Join,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from '../../join/joinPath.ts';
import { listDepth, namedTypeOf } from '../../schema/typeReference.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { jsonOf } from '../clientRequests/relationshipPayloads.ts';

/**
 * What the server asks of the other side for one row and for two, as a sketch: fields and arguments with what the columns of
 * these rows may hold. Its aliases and batches are its own. `undefined` where a value can't be read.
 */
export function upstreamQuery(join: Join): { readonly one: string; readonly many: string } | undefined {
  return join.kind === 'to-source' ? ofSource(join) : ofSchema(join);
}

function ofSchema(join: RemoteSchemaJoin): { readonly one: string; readonly many: string } | undefined {
  const first = rootField(join, 1);
  const second = rootField(join, 2);
  if (first === undefined || second === undefined) return undefined;
  return {
    one: `query OneRow {\n  ${first}\n}\n`,
    many: `query TwoRows {\n  first: ${first}\n  second: ${second}\n}\n`,
  };
}

/** `person(id: 1) { friends(first: 3) { __typename } }` */
function rootField({ path }: RemoteSchemaJoin, row: number): string | undefined {
  // Several fields at one level are refused.
  const steps = path.filter(({ last }, index) => last === (index === path.length - 1));
  if (steps.length === 0 || steps.length !== path.length) return undefined;
  let inner: string | undefined;
  for (const step of steps.toReversed()) {
    const text = fieldText(step, row);
    if (text === undefined) return undefined;
    const selection = step.last ? selected(step) : ` { ${inner} }`;
    inner = `${text}${selection}`;
  }
  return inner;
}

function selected({ returns }: PathStep): string {
  const isLeaf = returns === undefined || returns.kind === 'scalar' || returns.kind === 'enum';
  return isLeaf ? '' : ' { __typename }';
}

function fieldText({ step, arguments: list }: PathStep, row: number): string | undefined {
  if (step.arguments.state !== 'present' || !isGraphqlName(step.name.value)) return undefined;
  const given: string[] = [];
  for (const { argument, value } of list) {
    const text = inputText(argument, value, row);
    if (text === undefined) return undefined;
    given.push(text);
  }
  return given.length === 0 ? step.name.value : `${step.name.value}(${given.join(', ')})`;
}

function inputText({ name }: ArgumentStep['argument'], value: ValueStep, row: number): string | undefined {
  const text = valueText(value, row);
  return text === undefined || !isGraphqlName(name.value) ? undefined : `${name.value}: ${text}`;
}

function valueText(step: ValueStep, row: number): string | undefined {
  const { value, items, fields } = step;
  switch (value.kind) {
    case 'variable':
      return sample(step, value.name, row);
    case 'literal':
      return literalText(value.node);
    case 'list': {
      const texts = items.map((item) => valueText(item, row));
      return texts.includes(undefined) ? undefined : `[${texts.join(', ')}]`;
    }
    case 'object': {
      const texts = fields.map((field) => inputText(field.argument, field.value, row));
      return texts.includes(undefined) ? undefined : `{ ${texts.join(', ')} }`;
    }
    default:
      return undefined;
  }
}

/** YAML knows numbers that GraphQL does not. */
function literalText(node: SyntaxNode): string | undefined {
  const value = jsonOf(node);
  return value === undefined ? undefined : JSON.stringify(value);
}

/** What a column of that row may hold. */
function sample({ expected, lhsField }: ValueStep, column: string, row: number): string {
  const own = knownValue(lhsField)?.graphqlType;
  const isList = own !== undefined && expected !== undefined && listDepth(own) > 0 && listDepth(expected) > 0;
  const one = scalarSample(expected && namedTypeOf(expected), column, row);
  return isList ? `[${one}]` : one;
}

function scalarSample(type: string | undefined, column: string, row: number): string {
  switch (type) {
    case 'Int':
      return String(row);
    case 'Float':
      return `${row}.5`;
    case 'Boolean':
      return String(row === 1);
    default:
      return JSON.stringify(`${column} of row ${row}`);
  }
}

function ofSource({ definition, pairs, table, source }: SourceJoin):
  | {
      readonly one: string;
      readonly many: string;
    }
  | undefined {
  const name = knownValue(table)?.text;
  if (name === undefined || pairs.length === 0) return undefined;
  const sourceName = knownValue(definition.source) ?? knownValue(source)?.name;
  const rows = `rows of ${sourceName === undefined ? '' : `${sourceName}.`}${name}`;
  const equal = pairs.map(({ entry }) => `${entry.column?.value ?? '?'} = ${entry.lhs.value} of the row`);
  return {
    one: `# One row: the ${rows} where ${equal.join(' and ')}.\n`,
    many: `# Many rows: the ${rows} where that holds for one of them.\n`,
  };
}
