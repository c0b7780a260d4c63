import { connectionFaults } from './connectionFaults.ts';
import { contentFaults } from './contentFaults.ts';
import { messageFaults } from './messageFaults.ts';
import { refusalFaults } from './refusalFaults.ts';
import type { SocketFault } from './socketFault.ts';

/** All that is tried. */
export const socketFaults: readonly SocketFault[] = [
  ...connectionFaults,
  ...messageFaults,
  ...contentFaults,
  ...refusalFaults,
];
