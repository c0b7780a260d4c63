import type { World } from '../../contract/worlds/world.ts';
import type { JsonObject } from '../../endpoint/endpoint.ts';

/** A world with requests that are about relationships in it; they are asked about as they stand, and mutated. */
export interface Arena {
  readonly name: string;
  readonly world: World;
  readonly requests: readonly JsonObject[];
}
