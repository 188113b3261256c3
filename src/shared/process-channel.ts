/** How a process ended. */
export interface ProcessExit {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: string | null
  /** The last that it wrote to stderr, or why it could not be started. */
  readonly stderr: string
}

/** A running process as the one that started it sees it, whatever carries the messages. */
export interface ProcessChannel {
  /** Undefined when it could not be started, or where another process started it for us. */
  readonly pid: number | undefined
  /** A message to a process that has just ended is lost; the end is told by `onExit`. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once. */
  onExit(listener: (exit: ProcessExit) => void): void
  /** Ends it at once. */
  kill(): void
}
