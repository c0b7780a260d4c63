import { type Camera, moved, showing, start, whole, zoomed } from './camera.ts';
import type { Drawing } from './drawing.ts';
import type { ItemName } from './steps.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels that the pointer may move while it is pressed and still be taken for a click. */
const steady = 4;

/** Which part of the drawing is seen: moved by pointer and wheel, drawn once for each frame. */
export class View {
  readonly #drawing: Drawing;
  readonly #changed: (camera: Camera) => void;
  #camera: Camera;
  #isDue = false;

  /** `changed`: told after it was drawn. */
  constructor(drawing: Drawing, camera: Camera | null, changed: (camera: Camera) => void) {
    this.#drawing = drawing;
    this.#changed = changed;
    this.#camera = camera ?? { x: 0, y: 0, scale: 1 };
    this.#followPointer();
    this.#followWheel();
  }

  /** `name`: what is to be seen first. */
  begin(graph: Size, name: ItemName | undefined): void {
    const places = name === undefined ? [] : this.#drawing.placesOf(name);
    this.#look(start(graph, this.#size, places));
  }

  fit(graph: Size): void {
    this.#look(whole(graph, this.#size));
  }

  move(x: number, y: number): void {
    this.#look(moved(this.#camera, x, y));
  }

  zoom(factor: number): void {
    const { width, height } = this.#size;
    this.#look(zoomed(this.#camera, factor, { x: width / 2, y: height / 2 }));
  }

  show(name: ItemName): void {
    this.#look(showing(this.#camera, this.#drawing.placesOf(name), this.#size));
  }

  redraw(): void {
    this.#look(this.#camera);
  }

  get #size(): Size {
    return { width: this.#drawing.svg.clientWidth, height: this.#drawing.svg.clientHeight };
  }

  #look(camera: Camera): void {
    this.#camera = camera;
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#drawing.look(this.#camera);
      this.#changed(this.#camera);
    });
  }

  #followPointer(): void {
    const { svg } = this.#drawing;
    let from: { readonly x: number; readonly y: number; readonly camera: Camera } | undefined;
    svg.addEventListener('pointerdown', ({ button, clientX, clientY }) => {
      if (button === 0) from = { x: clientX, y: clientY, camera: this.#camera };
    });
    svg.addEventListener('pointermove', ({ buttons, clientX, clientY, pointerId }) => {
      if (from === undefined || buttons === 0) return;
      const [x, y] = [clientX - from.x, clientY - from.y];
      const isDragged = svg.hasPointerCapture(pointerId);
      if (!isDragged && Math.hypot(x, y) < steady) return;
      // What was pressed is left alone from here on: this is no click on it.
      if (!isDragged) svg.setPointerCapture(pointerId);
      this.#look(moved(from.camera, x, y));
    });
    const end = () => {
      from = undefined;
    };
    svg.addEventListener('pointerup', end);
    svg.addEventListener('pointercancel', end);
  }

  #followWheel(): void {
    const { svg } = this.#drawing;
    const listener = (event: WheelEvent) => {
      event.preventDefault();
      const { ctrlKey, metaKey, shiftKey, deltaX, deltaY, offsetX, offsetY } = event;
      // Two fingers that part or meet come as a wheel with the control key.
      if (ctrlKey || metaKey) {
        this.#look(zoomed(this.#camera, Math.exp(-deltaY / 200), { x: offsetX, y: offsetY }));
      } else if (shiftKey) this.move(-deltaY, -deltaX);
      else this.move(-deltaX, -deltaY);
    };
    svg.addEventListener('wheel', listener, { passive: false });
  }
}
