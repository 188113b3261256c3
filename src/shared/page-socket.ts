/**
 * How a page finds out over its WebSocket whether the browser door lets it in: it offers both subprotocols, and the door
 * chooses. A page is told the subprotocol, but not the status with which an upgrade was refused.
 */

/** The messages of `wire.ts` follow. */
export const ADMITTED = 'soroban'
/** The door knows this browser no more; it closes. */
export const LOCKED = 'soroban-locked'
