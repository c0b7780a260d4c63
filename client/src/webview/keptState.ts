import type { GraphPageState } from '../graph/graphMessages.ts';
import type { Camera } from './camera.ts';

/** What the page keeps in VS Code while it can't be seen, and beyond the window. */
export interface KeptState extends GraphPageState {
  readonly query: string;
  /** `null`: not drawn yet. */
  readonly camera: Camera | null;
}

/** What was kept, whatever it is. */
export function readState(kept: unknown): KeptState {
  const { source, group, query, camera } = fieldsOf(kept);
  return { source: textOf(source), group: textOf(group), query: textOf(query), camera: cameraOf(camera) };
}

function cameraOf(value: unknown): Camera | null {
  const { x, y, scale } = fieldsOf(value);
  if (!isNumber(x) || !isNumber(y) || !isNumber(scale) || scale <= 0) return null;
  return { x, y, scale };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
