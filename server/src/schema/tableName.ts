/** A table name in whichever of the forms of the backends it was written. */
export interface TableName {
  /**
   * `string`: `"customer"`; `schema`: `{schema, name}` or `{name}`; `dataset`: `{dataset, name}`;
   * `list`: `["db", "Customer"]`.
   */
  readonly form: 'string' | 'schema' | 'dataset' | 'list';
  /** The table's own name: the last part of a list. */
  readonly name: string;
  /** Schema or dataset as written; `undefined` when not written (the backend's default applies). */
  readonly schema: string | undefined;
  /** All parts of a list; one part for a string. */
  readonly parts: readonly string[];
}
