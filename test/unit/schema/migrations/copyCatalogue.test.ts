import { describe, expect, it } from 'vitest';
import { Replay } from '../../../../server/src/schema/migrations/replay.ts';
import { splitStatements } from '../../../../server/src/schema/migrations/splitStatements.ts';
import { cases as doBlocks } from './cases/doBlocks.ts';
import { cases as drops } from './cases/drops.ts';
import { cases as tables } from './cases/tables.ts';
import { cases as types } from './cases/types.ts';
import { cases as views } from './cases/views.ts';
import { parser } from './replayText.ts';

describe('a copied state', () => {
  it.each(Object.entries({ doBlocks, drops, tables, types, views }))(
    'goes its own way after every statement: %s',
    (_, cases) => {
      for (const [name, texts] of cases) {
        for (const text of texts) {
          const statements = splitStatements(text);
          let replay = new Replay(parser);
          for (const { offset, text: sql } of statements) {
            const copy = replay.copy();
            const before = JSON.stringify(replay.result());
            const file = { uri: 'file:///up.sql', text: sql, offset };
            copy.read(file);
            expect(JSON.stringify(replay.result()), name).toBe(before);
            replay.read(file);
            expect(JSON.stringify(copy.result()), name).toBe(JSON.stringify(replay.result()));
            replay = copy;
          }
        }
      }
    },
  );
});
