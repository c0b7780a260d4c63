import { describe, expect, it } from 'vitest';
import { readInconsistentObjects } from '../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import { addComputedFields } from '../../../common/src/metadataApi/pull/computedFields.ts';
import { addForeignKeyRows, SnapshotBuilder } from '../../../common/src/metadataApi/pull/snapshot.ts';

const many = 100_000;
/** In milliseconds: far more than it takes, far less than the square of it would. */
const limit = 20_000;
const times = <T>(make: (index: number) => T): T[] => Array.from({ length: many }, (_, index) => make(index));

describe('what a server answers takes time by its length', () => {
  it('foreign keys of one table', { timeout: limit }, () => {
    const builder = new SnapshotBuilder('postgres');
    addForeignKeyRows(
      builder,
      times((index) => ['public', 'users', `k${index}`, 'role', 'public', 'role']),
    );
    expect(builder.tables()[0]?.foreignKeys).toHaveLength(many);
  });

  it('computed fields of one table', { timeout: limit }, () => {
    const builder = new SnapshotBuilder('postgres');
    const declared = times((index) => ({
      table: { schema: 'public', name: 'users' },
      name: `f${index}`,
      function: { schema: 'public', name: `g${index}` },
      tableArgument: undefined,
      sessionArgument: undefined,
    }));
    const rows = times((index) => ['public', `g${index}`, 'text', 'b', 'false', '1', '["row"]']);
    addComputedFields(builder, declared, rows);
    expect(builder.tables()[0]?.computedFields).toHaveLength(many);
  });
});

it.each(['4000000000', '999999999', '-1', '1.5', 'many'])(
  'a function that is said to take %s arguments is none',
  (count) => {
    const builder = new SnapshotBuilder('postgres');
    const field = {
      table: { schema: 'public', name: 'users' },
      name: 'f',
      function: { schema: 'public', name: 'g' },
      tableArgument: undefined,
      sessionArgument: undefined,
    };
    addComputedFields(builder, [field], [['public', 'g', 'text', 'b', 'false', count, '[]']]);
    expect(builder.tables()).toEqual([]);
  },
);

it('what a server says of an inconsistent object is cut', () => {
  const long = 'x\n'.repeat(1_000_000);
  const [object] = readInconsistentObjects([{ type: 'table', name: 't', reason: long, message: [long] }]);
  expect(object?.reason).toHaveLength(1001);
  expect(object?.detail).toHaveLength(1001);
});
