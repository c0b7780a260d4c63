import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { relatedPlace, relationshipsAndComputedFields } from './support/tableNames.ts';

export const nameConflict: Rule = {
  code: 'name-conflict',
  specification: ['R8', 'R54'],
  title:
    'An object or array relationship, or a computed field, of the table has the name of the relationship.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, request } = relationship;
      if (name.state !== 'present') continue;
      const changes = request !== undefined && request.verb !== 'create';
      const all = relationshipsAndComputedFields(context, relationship, name.value);
      const [first, second] = all;
      if (!changes && first !== undefined && second?.what === 'computed field') {
        report({
          severity: 'warning',
          message: `This table also has an ${first.what} and a computed field "${name.value}": the server drops these two and keeps the remote relationship.`,
          serverMessage: `Conflicting objects: conflicting definitions for field "${name.value}"`,
          ...contentRange(name.node),
          relationship: name.value,
          related: all.flatMap((taken) => relatedPlace(`The ${taken.what} is defined here.`, taken.location)),
        });
        continue;
      }
      for (const taken of all) {
        const article = /^[aeiou]/.test(taken.what) ? 'an' : 'a';
        report({
          message: changes
            ? `"${name.value}" is ${article} ${taken.what} of this table, not a remote relationship.`
            : `This table already has ${article} ${taken.what} "${name.value}": the server drops both.`,
          serverMessage: changes
            ? 'expecting a remote relationship'
            : `Conflicting objects: conflicting definitions for field "${name.value}"`,
          ...contentRange(name.node),
          relationship: name.value,
          related: relatedPlace(`The ${taken.what} is defined here.`, taken.location),
        });
      }
    }
  },
};
