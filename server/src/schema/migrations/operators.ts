import { typeCategory } from './builtinTypes.ts';
import type { SqlType } from './catalogue.ts';
import { type Typed, text, typed, unknownType } from './commonType.ts';
import { builtin, sameType, withoutModifiers } from './types.ts';

const boolean = typed(builtin('bool'));

const comparisons = new Set(
  '= <> != < > <= >= ~ ~* !~ !~* ~~ !~~ ~~* !~~* @> <@ ? ?| ?& @? @@ ^@ <<| |>> &<| |&> -|- <<= >>= *= *<>'.split(
    ' ',
  ),
);

const integers = ['int2', 'int4', 'int8'];

/** The type of what an operator gives, of its operands without their domains. */
export function operatorType(name: string, left: Typed | undefined, right: Typed): Typed {
  if (!left) return unaryType(name, right);
  if (comparisons.has(name)) return boolean;
  if (left.literal && right.literal) return name === '||' ? typed(text) : unknownType;
  const one = left.type ?? right.type;
  const other = right.type ?? left.type;
  // A literal is of the type of the other side; where that is not certain, the result is not.
  const hasLiteral = left.literal || right.literal;
  if (!one || !other || (!left.literal && !left.type) || (!right.literal && !right.type)) return unknownType;
  if (name === '||') return concatenated(one, other, hasLiteral);
  if (one.array || other.array || typeof one.base !== 'string' || typeof other.base !== 'string')
    return unknownType;
  if (name === '->>' || name === '#>>') return isJson(one.base) ? typed(text) : unknownType;
  if (name === '->' || name === '#>') return isJson(one.base) ? typed(withoutModifiers(one)) : unknownType;
  if ('+-*/%^'.includes(name)) return arithmetic(name, one.base, other.base, hasLiteral);
  if (name === '&' || name === '|' || name === '#') {
    return integers.includes(one.base) && integers.includes(other.base)
      ? typed(wider(one.base, other.base))
      : unknownType;
  }
  if (name === '<<' || name === '>>')
    return integers.includes(one.base) ? typed(builtin(one.base)) : unknownType;
  return unknownType;
}

function isJson(base: string): boolean {
  return base === 'json' || base === 'jsonb';
}

function unaryType(name: string, { type }: Typed): Typed {
  if (!type || typeof type.base !== 'string' || type.array) return unknownType;
  const category = typeCategory(type.base);
  if ((name === '-' || name === '+') && (category === 'N' || category === 'T'))
    return typed(withoutModifiers(type));
  return name === '~' && integers.includes(type.base) ? typed(builtin(type.base)) : unknownType;
}

function concatenated(one: SqlType, other: SqlType, hasLiteral: boolean): Typed {
  const plain = [withoutModifiers(one), withoutModifiers(other)] as const;
  if (one.array || other.array) {
    if (hasLiteral) return one.array && other.array ? typed(plain[0]) : unknownType;
    const [array, element] = one.array ? plain : [plain[1], plain[0]];
    return array.base === element.base ? typed(array) : unknownType;
  }
  if (typeof one.base !== 'string' || typeof other.base !== 'string' || one.unseen || other.unseen)
    return unknownType;
  const isText = (base: string): boolean => typeCategory(base) === 'S';
  if (isText(one.base) || isText(other.base)) return typed(text);
  if (sameType(one, other) && ['jsonb', 'bytea', 'tsvector', 'tsquery'].includes(one.base))
    return typed(plain[0]);
  return unknownType;
}

function wider(one: string, other: string): SqlType {
  return builtin(integers[Math.max(integers.indexOf(one), integers.indexOf(other))] ?? 'int8');
}

const exact = new Set([...integers, 'numeric']);
const inexact = new Set(['float4', 'float8']);

function arithmetic(name: string, one: string, other: string, hasLiteral: boolean): Typed {
  const numbers = [one, other].every((base) => exact.has(base) || inexact.has(base));
  if (numbers) return typed(numberType(name, one, other));
  if (hasLiteral) return one === 'interval' && '+-'.includes(name) ? typed(builtin('interval')) : unknownType;
  const found =
    temporal[`${one} ${name} ${other}`] ?? (name === '+' ? temporal[`${other} + ${one}`] : undefined);
  if (found !== undefined) return typed(builtin(found));
  const isNumber = (base: string): boolean => exact.has(base) || inexact.has(base);
  if (one === 'interval' && isNumber(other) && (name === '*' || name === '/'))
    return typed(builtin('interval'));
  if (isNumber(one) && other === 'interval' && name === '*') return typed(builtin('interval'));
  return unknownType;
}

function numberType(name: string, one: string, other: string): SqlType {
  if (one === 'float4' && other === 'float4' && name !== '^') return builtin('float4');
  if (inexact.has(one) || inexact.has(other)) return builtin('float8');
  if (one === 'numeric' || other === 'numeric') return builtin('numeric');
  return name === '^' ? builtin('float8') : wider(one, other);
}

const temporal: Readonly<Record<string, string>> = {
  'date + int4': 'date',
  'date - int4': 'date',
  'date - date': 'int4',
  'date + interval': 'timestamp',
  'date - interval': 'timestamp',
  'date + time': 'timestamp',
  'timestamp + interval': 'timestamp',
  'timestamp - interval': 'timestamp',
  'timestamp - timestamp': 'interval',
  'timestamptz + interval': 'timestamptz',
  'timestamptz - interval': 'timestamptz',
  'timestamptz - timestamptz': 'interval',
  'timestamp - date': 'interval',
  'date - timestamp': 'interval',
  'timestamptz - timestamp': 'interval',
  'timestamp - timestamptz': 'interval',
  'timestamptz - date': 'interval',
  'date - timestamptz': 'interval',
  'time + interval': 'time',
  'time - interval': 'time',
  'time - time': 'interval',
  'interval + interval': 'interval',
  'interval - interval': 'interval',
  'jsonb - int4': 'jsonb',
  'jsonb - text': 'jsonb',
};
