import type { Surroundings } from '../../support/checkText.ts';

export const customer = { table: 'customer', columns: { id: 'int4!', name: 'text', full_name: 'text' } };

export const shop: Surroundings = { sources: { shop: { tables: [customer] } }, files: {}, complete: false };
