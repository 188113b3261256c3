/** Marks a file as Soroban's in the SQLite header ("SRBN"). */
export const APPLICATION_ID = 0x5352424e

/**
 * The schema, one step per version; `user_version` counts the steps applied. Steps that have been released are never
 * edited: a change is a new step.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    plan TEXT NOT NULL,
    plan_sha256 TEXT NOT NULL,
    failure TEXT
  ) STRICT;

  -- A unit without a row here is still to be done.
  CREATE TABLE units (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    committed_at TEXT NOT NULL,
    samples BLOB NOT NULL,
    PRIMARY KEY (run, ordinal)
  ) STRICT;
  `,
]

export const SCHEMA_VERSION = MIGRATIONS.length
