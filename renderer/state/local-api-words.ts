import type { LocalApiState } from '../../electron/contract/entities/local-api';
import type { Settings } from '../../electron/contract/entities/settings';
import type { SessionWords } from './session-words';

export type LocalApiPhase = 'off' | 'starting' | 'running' | 'failed';

/** How the local API stands: what was asked for, and how far main has come with it. */
export const phaseOfLocalApi = (wanted: Settings['api'], { address, problem }: LocalApiState): LocalApiPhase => {
  if (!wanted.enabled) return 'off';
  if (problem !== undefined) return 'failed';
  // Until the server has moved it still has its old address.
  return address !== undefined && URL.parse(address)?.port === String(wanted.port) ? 'running' : 'starting';
};

const words: Readonly<Record<LocalApiPhase, SessionWords>> = {
  off: { word: 'Off', tone: 'off' },
  starting: { word: 'Starting', tone: 'busy' },
  running: { word: 'Running', tone: 'ok' },
  failed: { word: 'Does not listen', tone: 'bad' },
};

export const wordsOfLocalApi = (phase: LocalApiPhase): SessionWords => words[phase];
