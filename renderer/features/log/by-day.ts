import type { TimelineEntry } from '../../../electron/contract/entities/observation';
import { startOfDay } from '../../ui/format-time';

export interface DayOfEntries {
  /** Local midnight at its start. */
  readonly dayMs: number;
  readonly entries: readonly TimelineEntry[];
}

/** Entries, newest first, split at the local midnights. */
export const byDay = (entries: readonly TimelineEntry[]): readonly DayOfEntries[] => {
  const days: { dayMs: number; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const dayMs = startOfDay(entry.atMs);
    const last = days.at(-1);
    if (last?.dayMs === dayMs) last.entries.push(entry);
    else days.push({ dayMs, entries: [entry] });
  }
  return days;
};
