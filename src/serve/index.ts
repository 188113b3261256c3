/** The browser door: the window and its calls over HTTP, for machines without a desktop. */
export { type BrowserDoor, type BrowserDoorSettings, LOOPBACK, openBrowserDoor } from './browser-door.ts'
export { LINK_MINUTES } from './access.ts'
export { openGateway } from './open-gateway.ts'
