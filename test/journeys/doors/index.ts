import type { Door } from './door.ts'
import { electronDoor } from './electron.ts'
import { serveDoor } from './serve.ts'
import { standInDoor } from './stand-in.ts'

export type { Door }

/** Every door that can be opened on this machine: each story is told at all of them. */
export const DOORS: readonly Door[] = [
  serveDoor,
  standInDoor,
  ...(electronDoor === null ? [] : [electronDoor]),
]
