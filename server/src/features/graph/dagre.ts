/** The library that lays graphs out, a bundle of its own: it is loaded when a graph is first drawn. */
export { Graph, layout } from '@dagrejs/dagre';
