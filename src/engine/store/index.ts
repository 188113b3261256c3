export { Database } from './database.ts'
export { tryLock } from './file-lock.ts'
export { databasePathIn, sorobanHome } from './home.ts'
export { type RunRow, RunTable } from './run-table.ts'
