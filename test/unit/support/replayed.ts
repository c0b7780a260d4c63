import type {
  ReplayedColumn,
  ReplayedDatabase,
  ReplayedFunction,
  ReplayedTable,
  SqlOrigin,
} from '../../../server/src/schema/migrations/replayedDatabase.ts';

const uri = 'file:///project/migrations/default/1658_create_users/up.sql';

/** What SQL migrations leave behind, by hand. Each table stands in a line of its own, each column in one behind it. */
export function replayed(...tables: readonly ReplayedTable[]): ReplayedDatabase {
  return { tables, goneTables: [], functions: [], problems: [] };
}

/** `text`: `users` or `sales.orders`; types of columns with `!` where they are not nullable, `?` for a type not known. */
export function replayedTable(
  text: string,
  columns: Readonly<Record<string, string>>,
  facts: Partial<ReplayedTable> = {},
): ReplayedTable {
  const [name = '', schema = 'public'] = text.split('.').reverse();
  return {
    schema,
    name,
    kind: 'table',
    closed: true,
    goneColumns: [],
    foreignKeys: [],
    description: undefined,
    origin: originAt(1),
    columns: Object.entries(columns).map(([column, type], index) => columnOf(column, type, index + 2)),
    ...facts,
  };
}

function columnOf(name: string, type: string, line: number): ReplayedColumn {
  return {
    name,
    type: type === '?' ? undefined : type.replace('!', ''),
    nullable: !type.endsWith('!'),
    description: undefined,
    origin: originAt(line),
  };
}

export function replayedFunction(
  name: string,
  returnType: string | undefined,
  facts: Partial<ReplayedFunction> = {},
): ReplayedFunction {
  return {
    schema: 'public',
    name,
    returnType,
    returnsSet: false,
    argumentTypes: ['users'],
    origin: originAt(9),
    ...facts,
  };
}

export function originAt(line: number): SqlOrigin {
  return { location: { uri, offset: line * 10, length: 5 }, line };
}
