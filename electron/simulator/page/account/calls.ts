import type { CallOutcome, CallRow } from '../../account-frames';
import { Emitter } from '../core/emitter';
import { Model } from '../core/model';
import { define } from '../core/registry';
import { createWid, type Wid } from '../core/wid';
import type { Session } from '../session/session';

export class CallModel extends Model {
  declare readonly id: string;
  declare readonly peerJid: Wid;
}

/** Calls that ring. The library listens by replacing `set` of the map, so each call is put there once and changed in place. */
export class CallCollection extends Emitter {
  readonly calls = new Map<string, CallModel>();

  rings(row: CallRow): void {
    const call = new CallModel({
      id: row.id,
      peerJid: createWid(row.peer),
      isVideo: row.isVideo,
      isGroup: row.isGroup,
      // WhatsApp Web shows that it rings; answering is for the phone.
      canHandleLocally: false,
      webClientShouldHandle: false,
      outgoing: false,
      offerTime: row.offerTime,
      participants: row.participants.map(createWid),
      state: 'INCOMING_RING',
    });
    this.calls.set(row.id, call);
    this.trigger('add', call, this);
  }

  ended(id: string, outcome: CallOutcome): void {
    const call = this.calls.get(id);
    if (call === undefined) return;
    this.calls.delete(id);
    call.set({ state: 'ENDED', outcome });
    this.trigger('remove', call, this);
  }
}

interface Stanza {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly content: readonly Stanza[] | undefined;
}

/** Rejecting a call is written as a raw stanza; links for calls are made by the service. */
export function defineCallModules(calls: CallCollection, { wire }: Session): void {
  let stanzas = 0;
  define('WAWebCallCollection', calls);
  define('WAWap', {
    wap: (tag: string, attrs: Stanza['attrs'], content?: readonly Stanza[]): Stanza => ({ tag, attrs, content }),
    generateId: () => {
      stanzas += 1;
      return `${Date.now() % 1_000_000}.${stanzas}`;
    },
  });
  define('WADeprecatedSendIq', {
    deprecatedCastStanza: async ({ tag, content }: Stanza) => {
      const reject = tag === 'call' ? content?.find((child) => child.tag === 'reject') : undefined;
      const id = reject?.attrs['call-id'];
      if (id === undefined) throw new Error(`WADeprecatedSendIq.deprecatedCastStanza of <${tag}> is not offered`);
      // Nobody answers a stanza that was cast: one for a call that is over goes nowhere.
      await wire.request('callReject', { id }).catch(() => undefined);
    },
  });
  define('WAWebGenerateEventCallLink', {
    createEventCallLink: async (startTime: number, kind: 'video' | 'voice') =>
      (await wire.request('callLink', { startTime, kind })).link,
  });
}
