import { setup } from './cases/statements.ts';
import { replayTexts, shapeOf } from './replayText.ts';

/** What is known after a text: tables, what is said about them, and functions. */
function state(text: string): string[] {
  const database = replayTexts(text);
  const { tables, functions } = database;
  const comments = tables.flatMap(({ schema, name, description, columns }) => [
    ...(description === undefined ? [] : [`${schema}.${name} is '${description}'`]),
    ...columns.flatMap((column) =>
      column.description === undefined ? [] : [`${schema}.${name}.${column.name} is '${column.description}'`],
    ),
  ]);
  const signatures = functions.map(
    ({ schema, name, argumentTypes, returnsSet, returnType }) =>
      `${schema}.${name}(${argumentTypes.join(', ')}) returns ${returnsSet ? 'setof ' : ''}${returnType}`,
  );
  return [...shapeOf(database), ...comments, ...signatures];
}

const before = state(setup);

/** What a line is about. */
const subject = (line: string): string =>
  line.split(line.includes(' returns ') ? ' returns ' : /[ :]/)[0] ?? '';

/** What a statement changes; `all: …` where no table is known to be as it is said. */
export function change(text: string): string[] {
  const after = state(`${setup} ${text}`);
  const changed = after.filter((line) => !before.includes(line));
  const gone = before.map(subject).filter((each) => !after.some((line) => subject(line) === each));
  const opened = changed.filter((line) => line.endsWith('…'));
  const isAll = opened.length > 10;
  return [
    ...(isAll ? ['all: …'] : []),
    ...(isAll ? changed.filter((line) => !opened.includes(line)) : changed),
    ...gone.map((each) => `${each}: gone`),
  ];
}
