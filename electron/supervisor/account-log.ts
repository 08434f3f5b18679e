import type { Log } from '../application/ports/log';
import type { LogLine } from '../contract/entities/observation';

/** A log whose lines also go to the account's own. */
export const teeLog = (
  log: Log,
  write: (line: Omit<LogLine, 'atMs'>) => void,
  fields: Readonly<Record<string, unknown>> = {},
): Log => {
  const at =
    (level: LogLine['level']): Log['info'] =>
    (message, more = {}) => {
      log[level](message, more);
      write({ level, message, fields: { ...fields, ...more } });
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => teeLog(log.child(more), write, { ...fields, ...more }),
  };
};
