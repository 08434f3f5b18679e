import type { Log } from '../../electron/application/ports/log';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines, so that a test can read what was said and what was not. */
export const createMemoryLog = (): { readonly log: Log; readonly lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const at = (base: Readonly<Record<string, unknown>>): Log => {
    const line =
      (level: LogLine['level']) =>
      (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
        void lines.push({ level, message, fields: { ...base, ...fields } });
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      child: (fields) => at({ ...base, ...fields }),
    };
  };
  return { log: at({}), lines };
};
