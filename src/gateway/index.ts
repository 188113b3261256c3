/** The one way from a window to the engine, for the desktop and the browser door alike. */
export { Gateway, type DoorHandlers, type GatewayConnection, type GatewayOptions } from './gateway.ts'
export { forkHost, type HostProcess } from './host-process.ts'
