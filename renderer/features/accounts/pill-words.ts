import type { SessionState } from '../../../electron/contract/entities/session';
import { lookWords, type Tone, wordsOfSession } from '../../state/session-words';
import { formatSince } from '../../ui/format-time';

/** The state above an account's pages: in a word, and for an account that sleeps the honest whole of it. */
export const pillOf = (
  status: SessionState | undefined,
  nowMs: number,
): { readonly words: string; readonly tone: Tone } => {
  const { word, tone } = wordsOfSession(status);
  if (status?.state !== 'asleep') return { words: word, tone };
  return { words: `${word}, ${lookWords(status)}, next at ${formatSince(status.nextLookAtMs, nowMs)}`, tone };
};
