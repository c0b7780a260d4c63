const graphqlNames: Readonly<Record<string, string>> = {
  integer: 'Int',
  int4: 'Int',
  boolean: 'Boolean',
  bool: 'Boolean',
  real: 'Float',
  float4: 'Float',
  text: 'String',
  varchar: 'String',
  int2: 'smallint',
  int8: 'bigint',
};

/** The GraphQL scalar of a Postgres type (spec 5.3). */
export function scalarName(type: string): string {
  return graphqlNames[type] ?? type;
}
