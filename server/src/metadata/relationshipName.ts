import type { Relationship } from './relationship.ts';

/** The name of a relationship, in its item or where its definition is included; `undefined`: it has none that can be read. */
export function nameOf({ name, nameOutside }: Relationship): string | undefined {
  return name.state === 'present' ? name.value : nameOutside;
}

/** A name that is not taken: the one that is wanted, or with a number behind it. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let free = wanted;
  for (let count = 2; isTaken(free); count++) free = `${wanted}_${count}`;
  return free;
}
