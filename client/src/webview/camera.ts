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
/** Below it nothing can be read. */
const readable = 0.7;
const margin = 16;

/** All of it, in the middle, no larger than it is. */
export function whole(graph: Size, view: Size): Camera {
  const [width, height] = [Math.max(graph.width, 1), Math.max(graph.height, 1)];
  const scale = within(Math.min(view.width / width, view.height / height, 1));
  return { scale, x: (view.width - width * scale) / 2, y: (view.height - height * scale) / 2 };
}

/** As much of it as can be read, from its beginning. */
export function start(graph: Size, view: Size): Camera {
  const all = whole(graph, view);
  if (all.scale >= readable) return all;
  return {
    scale: readable,
    x: Math.max(0, (view.width - graph.width * readable) / 2),
    y: Math.max(0, (view.height - graph.height * readable) / 2),
  };
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

/** The same, moved as little as is needed to see a part; of one that is too large its upper left corner. */
export function showing(camera: Camera, part: Rectangle, view: Size): Camera {
  const { scale } = camera;
  return {
    scale,
    x: shifted(camera.x, part.x * scale, part.width * scale, view.width),
    y: shifted(camera.y, part.y * scale, part.height * scale, view.height),
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
