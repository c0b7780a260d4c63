/** What part of the graph is seen: a point of the graph at (px, py) is drawn at `px * scale + x`, `py * scale + y`. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of the graph; `x` and `y` are the upper left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

const smallest = 0.02;
const largest = 4;
/** Below it nothing can be read with ease. */
const readable = 0.85;
const margin = 16;

/** All of it, in the middle, no larger than it is. */
export function whole(graph: Size, view: Size): Camera {
  const [width, height] = [Math.max(graph.width, 1), Math.max(graph.height, 1)];
  const scale = within(Math.min(view.width / width, view.height / height, 1));
  return { scale, x: (view.width - width * scale) / 2, y: (view.height - height * scale) / 2 };
}

/**
 * All of it, if it can be read then; else as large as it is, around what matters: its first part, and of the others as many as there is
 * room for. Without parts its beginning.
 */
export function start(graph: Size, view: Size, parts: readonly Rectangle[]): Camera {
  const all = whole(graph, view);
  if (all.scale >= readable) return all;
  const seen = fitting(parts, view, 1) ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    scale: 1,
    x: centered(seen.x + seen.width / 2, graph.width, view.width),
    y: centered(seen.y + seen.height / 2, graph.height, view.height),
  };
}

/** The offset that has a point in the middle, as far as nothing beside the graph needs to be shown for it. */
function centered(point: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - point));
}

/** What is drawn at a point stays there. */
export function zoomed(
  camera: Camera,
  factor: number,
  at: { readonly x: number; readonly y: number },
): Camera {
  const scale = within(camera.scale * factor);
  const change = scale / camera.scale;
  return { scale, x: at.x - (at.x - camera.x) * change, y: at.y - (at.y - camera.y) * change };
}

export function moved(camera: Camera, x: number, y: number): Camera {
  return { ...camera, x: camera.x + x, y: camera.y + y };
}

/**
 * The same, moved as little as is needed to see the first part, and of the others as many as there is room for; of one that is too large
 * its upper left corner.
 */
export function showing(camera: Camera, parts: readonly Rectangle[], view: Size): Camera {
  const { scale } = camera;
  const part = fitting(parts, view, scale);
  if (part === undefined) return camera;
  return {
    scale,
    x: shifted(camera.x, part.x * scale, part.width * scale, view.width),
    y: shifted(camera.y, part.y * scale, part.height * scale, view.height),
  };
}

/** What surrounds the first part, and each other with which it still fits into the view. */
function fitting([first, ...others]: readonly Rectangle[], view: Size, scale: number): Rectangle | undefined {
  if (first === undefined) return undefined;
  return others.reduce((seen, other) => {
    const both = around(seen, other);
    const fits =
      both.width * scale <= view.width - 2 * margin && both.height * scale <= view.height - 2 * margin;
    return fits ? both : seen;
  }, first);
}

function around(one: Rectangle, other: Rectangle): Rectangle {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

function shifted(offset: number, begin: number, length: number, room: number): number {
  if (offset + begin + length > room - margin) {
    const least = room - margin - begin - length;
    return Math.max(least, margin - begin);
  }
  return offset + begin < margin ? margin - begin : offset;
}

function within(scale: number): number {
  return Math.min(largest, Math.max(smallest, scale));
}
