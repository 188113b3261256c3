/** Files that operating systems and Office leave beside documents; names that begin with a period are hidden. */
const LITTER = /^(?:\.(?!\.?$).*|~\$.*|__macosx|thumbs\.db|desktop\.ini)$/i

/** Whether a file or folder of this name is left out without a word: hidden, a lock file, a system's own. */
export const isLitter = (name: string): boolean => LITTER.test(name)
