/**
 * Wine does not know how long a connection may be quiet before it is asked whether it is still there: `fetch`, which asks for
 * that, would not connect. Loaded into each Node that Wine runs.
 */
import { Socket } from 'node:net';

Socket.prototype.setKeepAlive = function (this: Socket) {
  return this;
};
