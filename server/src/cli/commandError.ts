/** The reason why a command could not run, in the user's words. */
export class CommandError extends Error {}
