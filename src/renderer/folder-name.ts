/** The last part of a path, by which a reader knows a folder. */
export const folderName = (path: string): string =>
  path.split(/[\\/]/).findLast((part) => part !== '') ?? path
