import type { LogLine } from '../contract/entities/observation';
import { accountIdSchema } from '../contract/ids';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import type { SessionRecords } from './session-records';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A log whose lines about an account are also written to the account's own log. Lines of the level debug are not: a window
 * reads all the time, and that would push everything else out.
 */
export const alsoToAccounts = (
  log: Log,
  clock: Clock,
  /** Asked for every line: the records are built after the log. */
  records: () => SessionRecords | undefined,
  base: Fields = {},
): Log => {
  const tell = (level: LogLine['level'], message: string, fields: Fields): void => {
    const { accountId, ...rest } = { ...base, ...fields };
    const parsed = accountIdSchema.safeParse(accountId);
    if (parsed.success) records()?.logged(parsed.data, { atMs: clock.nowMs(), level, message, fields: rest });
  };
  return {
    debug: (message, fields) => log.debug(message, fields),
    info(message, fields = {}) {
      log.info(message, fields);
      tell('info', message, fields);
    },
    warn(message, fields = {}) {
      log.warn(message, fields);
      tell('warn', message, fields);
    },
    error(message, fields = {}) {
      log.error(message, fields);
      tell('error', message, fields);
    },
    child: (fields) => alsoToAccounts(log.child(fields), clock, records, { ...base, ...fields }),
  };
};
