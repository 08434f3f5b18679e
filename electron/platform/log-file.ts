import { mkdirSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import { createStream } from 'rotating-file-stream';
import type { Log } from '../application/ports/log';
import { type GatheredLines, gatherLines } from './gathered-lines';

/** Six files of 2 MB each: about a week of a busy console, and never a full disk. */
const rotation = { size: '2M', maxFiles: 6 } as const;

const adapt = (logger: Logger, lines: GatheredLines): Log => ({
  debug: (message, fields = {}) => logger.debug(fields, message),
  info: (message, fields = {}) => logger.info(fields, message),
  warn: (message, fields = {}) => logger.warn(fields, message),
  error: (message, fields = {}) => {
    logger.error(fields, message);
    // It may be the last that this program says.
    void lines.flush();
  },
  child: (fields) => adapt(logger.child(fields), lines),
});

/** The console's own log, one JSON object per line. A log that cannot be written never stops the program. */
export const createLogFile = (folder: string): { readonly log: Log; close(): Promise<void> } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stream = createStream('console.log', { ...rotation, path: folder, mode: 0o600 });
  stream.on('error', (error) => process.stderr.write(`The log cannot be written: ${error.message}\n`));
  const lines = gatherLines(stream);
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, lines);
  return {
    log: adapt(logger, lines),
    async close() {
      void lines.flush();
      await new Promise<void>((resolve) => {
        stream.end(() => resolve());
      });
    },
  };
};
