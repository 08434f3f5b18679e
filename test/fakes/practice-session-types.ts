/** What control calls about sessions, faults, limits and scenarios take and give. */

export interface FaultRequest {
  readonly name:
    | 'socket-down'
    | 'socket-flapping'
    | 'silent-resume'
    | 'acks-held'
    | 'acks-lost'
    | 'acks-delayed'
    | 'acks-duplicated'
    | 'acks-reordered'
    | 'sends-refused'
    | 'sends-unheard'
    | 'send-throws'
    | 'events-twice'
    | 'scan-refused'
    | 'passkey'
    | 'banned'
    | 'blocked'
    | 'stall'
    | 'pending'
    | 'module-missing';
  readonly phone?: string;
  readonly forMs?: number;
  readonly from?: number;
  readonly delayMs?: number;
  readonly upMs?: number;
  readonly downMs?: number;
  readonly code?: number;
  readonly phase?: 'load' | 'link' | 'sync' | 'ready';
  readonly state?: 'TOS_BLOCK' | 'SMB_TOS_BLOCK' | 'PROXYBLOCK' | 'DEPRECATED_VERSION';
  readonly mode?: 'never' | 'half';
  readonly module?: string;
}

/** A page of a phone, the page with an id, or every page. */
export interface WhichPages {
  readonly phone?: string;
  readonly page?: string;
}

export interface LimitsView {
  readonly timelock?: { readonly enforcementType: string; readonly endsAt: number };
  readonly capping?: {
    readonly status: 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED';
    readonly quota: number;
    readonly used: number;
    readonly cycleStartsAt: number;
    readonly cycleEndsAt: number;
  };
}

export interface ScenarioStepRequest {
  readonly atMs?: number;
  readonly afterMs?: number;
  readonly when?: Readonly<Record<string, string | number>>;
  readonly call?: string;
  readonly body?: unknown;
  readonly times?: number;
  readonly everyMs?: number;
  readonly note?: string;
}

export interface ScenarioView {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  readonly done: number;
  readonly steps: number;
  readonly error?: string;
}

export interface LinkedView {
  readonly phone: string;
  readonly pushname: string;
  readonly deviceId: string;
}

export interface PasskeyView {
  readonly phone: string;
  readonly page: string;
  readonly passkey: true;
}

export type Build = 'classic' | 'renamed' | 'by-version';
