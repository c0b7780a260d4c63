import {
  type Catalogue,
  type ConfiguredRemoteSchema,
  type Knowledge,
  knownValue,
  type Table,
} from '../catalogue/catalogue.ts';
import type { Property, SelectPermission } from '../metadata/relationship.ts';
import { presetsIn } from '../schema/presets.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { loadSdl } from '../schema/sdlRemoteSchema.ts';
import { namedTypeOf } from '../schema/typeReference.ts';
import type { ArgumentStep, Join, RemoteSchemaJoin, SourceJoin, ValueStep } from './joinPath.ts';
import { walkPath } from './walkPath.ts';

/** Whether a role can reach what a relationship leads to; `reasons` say why not, or what is not known. */
export interface RoleVisibility {
  readonly role: string;
  readonly state: 'reachable' | 'unreachable' | 'unknown';
  readonly reasons: readonly string[];
}

/** What each role that the metadata speaks of can do with a relationship; `admin` may do everything. */
export function roleVisibility(join: Join, catalogue: Catalogue): readonly RoleVisibility[] {
  return rolesOf(catalogue).map((role) => new RoleCheck(role, catalogue).visibility(join));
}

/** Every role but `admin`, in order. */
function rolesOf(catalogue: Catalogue): readonly string[] {
  const roles = new Set<string>();
  for (const { model } of catalogue.documents) {
    for (const { selectPermissions } of model.tables)
      for (const { role } of selectPermissions ?? []) roles.add(role);
    for (const { permissions } of model.remoteSchemas)
      for (const { role } of permissions) if (role.state === 'present') roles.add(role.value);
  }
  for (const [name, set] of catalogue.inheritedRoles) for (const role of [name, ...set]) roles.add(role);
  roles.delete('admin');
  return [...roles].sort();
}

/** What a role sees of what a relationship leads to; a part is `undefined` where it sees all of it. */
export interface RoleView {
  readonly schema: RemoteSchema | undefined;
  /** Arguments (`Type.field.argument`) and input fields (`Type.field`) that the permission presets. */
  readonly presets: ReadonlySet<string>;
  readonly permission: SelectPermission | undefined;
}

/** Only of a role that can reach it. */
export function roleView(role: string, join: Join, catalogue: Catalogue): RoleView {
  return new RoleCheck(role, catalogue).view(join);
}

class RoleCheck {
  readonly #role: string;
  readonly #catalogue: Catalogue;
  /** The role itself, then those it inherits from, each once. */
  readonly #parents: readonly string[];
  readonly #denied: string[] = [];
  readonly #notKnown: string[] = [];

  constructor(role: string, catalogue: Catalogue) {
    this.#role = role;
    this.#catalogue = catalogue;
    this.#parents = parentsOf(role, catalogue.inheritedRoles);
  }

  visibility(join: Join): RoleVisibility {
    this.#leftHandSide(join);
    if (join.kind === 'to-source') this.#targetTable(join);
    else this.#targetField(join);
    const [state, reasons]: [RoleVisibility['state'], readonly string[]] =
      this.#denied.length > 0
        ? ['unreachable', this.#denied]
        : this.#notKnown.length > 0
          ? ['unknown', this.#notKnown]
          : ['reachable', []];
    return { role: this.#role, state, reasons: [...new Set(reasons)] };
  }

  view(join: Join): RoleView {
    if (join.kind === 'to-source') {
      return { schema: undefined, presets: noPresets, permission: this.#permissionOn(join.table) };
    }
    const seen = this.#permittedOf(join.target);
    return { schema: seen?.schema, presets: seen?.presets ?? noPresets, permission: undefined };
  }

  /** The table can be read; whether the columns joined on can be is not asked (R45). The fields of a remote type can. */
  #leftHandSide(join: Join): void {
    const { lhs } = join;
    if (lhs.kind === 'table') this.#permissionOn(lhs.table);
    if (lhs.kind !== 'remote-schema-type') return;
    const names =
      join.kind === 'to-source'
        ? join.pairs.map(({ entry }) => entry.lhs.value)
        : join.lhsFields.map(({ name }) => name.value);
    const schema = this.#schemaOf(lhs.remoteSchema);
    const { owner } = join.relationship;
    const type = owner.kind === 'remote-schema-type' ? knownValue(owner.typeName) : undefined;
    if (type === undefined) this.#notKnown.push('The type that has it is not known.');
    else if (schema !== undefined) this.#typeFields(schema, type, names, lhs.text);
  }

  #typeFields(
    schema: RemoteSchema,
    typeName: string,
    names: readonly string[],
    owner: string | undefined,
  ): void {
    const type = schema.type(typeName);
    for (const name of names) {
      if (type?.field(name) !== undefined) continue;
      this.#denied.push(
        `The permission of ${this.#who} on remote schema "${owner ?? '?'}" lacks field "${name}" of type "${typeName}".`,
      );
    }
    if (type === undefined && names.length === 0) {
      this.#denied.push(
        `The permission of ${this.#who} on remote schema "${owner ?? '?'}" lacks type "${typeName}".`,
      );
    }
  }

  #targetTable({ source, table }: SourceJoin): void {
    if (source.state === 'absent') this.#denied.push('The target source does not exist.');
    else this.#permissionOn(table);
  }

  /** Every field, type and argument along the path is there for the role. */
  #targetField({ definition, target, lhs }: RemoteSchemaJoin): void {
    const schema = this.#schemaOf(target);
    if (schema === undefined) return;
    const name = knownValue(target)?.name ?? '?';
    const lacks = (what: string) =>
      this.#denied.push(`The permission of ${this.#who} on remote schema "${name}" lacks ${what}.`);
    const { path } = walkPath(knownValue(definition.remoteField), schema, { lhs, listed: undefined });
    const checkArguments = (steps: readonly ArgumentStep[], of: string): void => {
      for (const { argument, definition: known, value } of steps) {
        if (known.state !== 'present') lacks(`"${argument.name.value}" of ${of}`);
        else if (value.expectedType === undefined) lacks(`type "${namedTypeOf(known.value.type)}"`);
        else checkValue(value);
      }
    };
    const checkValue = ({ items, fields, expectedType }: ValueStep): void => {
      for (const item of items) checkValue(item);
      if (expectedType?.kind === 'input-object') checkArguments(fields, `type "${expectedType.name}"`);
    };
    if (schema.type(schema.queryTypeName) === undefined) lacks('the query root');
    for (const { step, field, parentType, returns, arguments: given } of path) {
      const written = step.name.value;
      if (field.state === 'absent') lacks(`field "${written}" of type "${parentType?.name ?? '?'}"`);
      if (field.state !== 'present') continue;
      if (returns === undefined) lacks(`type "${namedTypeOf(field.value.type)}"`);
      checkArguments(given, `field "${written}"`);
    }
  }

  /** What the role may read of a table; `undefined` where it is nothing, or not known, which is noted. */
  #permissionOn(known: Knowledge<Table>): SelectPermission | undefined {
    if (known.state === 'unknown') this.#notKnown.push('A table that it joins is not known.');
    if (known.state === 'absent') this.#denied.push('A table that it joins is not tracked.');
    if (known.state !== 'present') return undefined;
    const { text, consistency, selectPermissions } = known.value;
    if (consistency.state === 'inconsistent') {
      this.#denied.push(`The server considers table "${text}" inconsistent: ${consistency.reason}.`);
      return undefined;
    }
    if (selectPermissions.state !== 'present') {
      this.#notKnown.push(`Who may read table "${text}" is not known.`);
      return undefined;
    }
    const own = selectPermissions.value.find(({ role }) => role === this.#role);
    const inherited = selectPermissions.value.filter(({ role }) => this.#parents.includes(role));
    if (own === undefined && inherited.length === 0) {
      this.#denied.push(`${this.#Who} has no select permission on table "${text}".`);
    }
    return own ?? united(inherited);
  }

  /** A remote schema as the role sees it; `undefined` where it sees all, or where it sees nothing or that is not known, which is noted. */
  #schemaOf(known: Knowledge<ConfiguredRemoteSchema>): RemoteSchema | undefined {
    return this.#permittedOf(known)?.schema;
  }

  #permittedOf(known: Knowledge<ConfiguredRemoteSchema>): Permitted | undefined {
    if (known.state === 'unknown') this.#notKnown.push('A remote schema that it joins is not known.');
    if (known.state === 'absent') this.#denied.push('A remote schema that it joins does not exist.');
    if (known.state !== 'present') return undefined;
    const { name, permissions, inconsistencies } = known.value;
    const broken = inconsistencies.find(({ certain }) => certain);
    if (broken !== undefined) {
      this.#denied.push(`The server can't use remote schema "${name}": ${broken.reason}.`);
      return undefined;
    }
    const heeded = this.#catalogue.heedsRemoteSchemaPermissions;
    if (heeded === undefined) {
      this.#notKnown.push(
        'It is not known whether the server enforces permissions on remote schemas: "remoteSchemaPermissions" in the settings or the configuration says so.',
      );
      return undefined;
    }
    // Then everybody may use all of it.
    if (!heeded) return undefined;
    if (permissions.state !== 'present') {
      this.#notKnown.push(`Who may use remote schema "${name}" is not known.`);
      return undefined;
    }
    // A role has no two of them (R59).
    const sdlOf = (role: string) => permissions.value.find((each) => knownValue(each.role) === role)?.schema;
    const own = sdlOf(this.#role);
    const given = own === undefined ? this.#parents.flatMap((role) => sdlOf(role) ?? []) : [own];
    const [first] = given;
    if (first === undefined) {
      this.#denied.push(`${this.#Who} has no permission on remote schema "${name}".`);
      return undefined;
    }
    const texts = new Set(given.map((sdl) => knownValue(sdl)?.trim()));
    if (texts.size > 1) {
      this.#notKnown.push(
        `The roles that ${this.#who} inherits from have different permissions on remote schema "${name}": the server uses none of them unless they are the same.`,
      );
      return undefined;
    }
    const readable = readableSdl(first);
    if (readable === undefined)
      this.#notKnown.push(`The permission of ${this.#who} on remote schema "${name}" can't be read.`);
    return readable;
  }

  get #who(): string {
    return `role "${this.#role}"`;
  }

  get #Who(): string {
    return `Role "${this.#role}"`;
  }
}

/** What a permission shows of a remote schema. */
interface Permitted {
  readonly schema: RemoteSchema;
  readonly presets: ReadonlySet<string>;
}

const noPresets: ReadonlySet<string> = new Set();

/** Read once for all relationships, as long as the document says the same. */
const readSdl = new WeakMap<Property<string>, Permitted | undefined>();

/** The SDL of a permission; `undefined` where it can't be read. */
function readableSdl(sdl: Property<string>): Permitted | undefined {
  if (sdl.state !== 'present') return undefined;
  if (!readSdl.has(sdl)) {
    const { schema, problems } = loadSdl([{ uri: '', text: sdl.value }]);
    const isBroken = problems.some(({ severity }) => severity === 'error');
    readSdl.set(sdl, isBroken ? undefined : schema && { schema, presets: presetsIn(sdl.value) });
  }
  return readSdl.get(sdl);
}

/** The roles a role inherits from, at any depth. */
function parentsOf(role: string, inherited: Catalogue['inheritedRoles']): readonly string[] {
  const found = new Set([role]);
  // A set goes on with what is added meanwhile.
  for (const each of found) for (const parent of inherited.get(each) ?? []) found.add(parent);
  found.delete(role);
  return [...found];
}

/** Of several roles what any of them may read. */
function united(permissions: readonly SelectPermission[]): SelectPermission | undefined {
  const [first] = permissions;
  return first && { role: first.role, aggregates: permissions.some(({ aggregates }) => aggregates) };
}
