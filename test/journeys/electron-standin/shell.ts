import { tellTest } from './control.ts'

export const shell = {
  showItemInFolder: (path: string): void => tellTest({ kind: 'revealed', path }),
}
