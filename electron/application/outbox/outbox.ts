import type { Account } from '../../contract/entities/account';
import type { Message } from '../../contract/entities/message';
import type { Gate, Send, StatedLimits } from '../../contract/entities/send';
import type { Session } from '../../contract/entities/session';
import type { AccountId, ChatId, MessageId } from '../../contract/ids';
import type { GateView } from '../../domain/sending/gate';
import { logReason } from '../log-reason';
import type { OpenSend, StoredSend } from '../ports/outbox-store';
import { AccountOutbox } from './account-outbox';
import { cancelSend, dismissSend, resendSend } from './hand-actions';
import type { OutboxPorts } from './outbox-ports';

/**
 * Everything that leaves, and the only component that sends and retries. Each account has its own runner; they never wait
 * for each other. What returns nothing returns at once.
 */
export interface Outbox {
  /** A row has been committed as queued. */
  accepted(accountId: AccountId, row: OpenSend): void;
  sessionChanged(session: Session): void;
  /** After `ready`, when all chats are caught up: interrupted messages can be looked up. */
  resume(accountId: AccountId): void;
  /** Rows were moved by what WhatsApp reported: acknowledgements, messages. */
  moved(accountId: AccountId, sends: readonly StoredSend[]): void;
  /** Whether a message is on its way out, so that an acknowledgement of it moves a row. */
  isUnderway(accountId: AccountId, messageId: MessageId): boolean;
  /** Messages that were stored: who has written to the account is known to it from then on. */
  heardFrom(accountId: AccountId, messages: readonly Message[]): void;
  /** WhatsApp's own limits, as the page states them now. */
  limited(accountId: AccountId, limits: StatedLimits): void;
  /** The account's settings are others. */
  configured(accountId: AccountId): void;
  /** Somebody has come on the do-not-contact list. */
  optOutAdded(): void;
  /** Rows as everybody sees them; queued ones say why they wait. */
  describe(accountId: AccountId, rows: readonly StoredSend[]): Promise<readonly Send[]>;
  cancel(account: Account, chatId: ChatId, messageId: MessageId): Promise<Send>;
  resend(account: Account, chatId: ChatId, messageId: MessageId): Promise<Send>;
  dismiss(account: Account, chatId: ChatId, messageId: MessageId): Promise<Send>;
  gate(accountId: AccountId): Promise<Gate>;
  /** What the gate looks at, to see ahead; undefined for an account that is gone. */
  view(accountId: AccountId): Promise<GateView | undefined>;
  /** Holds everything until `resumeGate`; on disk when it resolves. */
  pause(accountId: AccountId): Promise<void>;
  resumeGate(accountId: AccountId): Promise<void>;
  /** The machine sleeps, and is awake again. */
  suspended(): void;
  resumed(): void;
  forget(accountId: AccountId): void;
  /** Writes down what is only in memory of the gates, e.g. that somebody has set the clock. */
  saveGates(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

export const createOutbox = (ports: OutboxPorts): Outbox => {
  const { accounts, clock, log } = ports;
  const outboxes = new Map<AccountId, AccountOutbox>();

  const of = (accountId: AccountId): AccountOutbox => {
    const known = outboxes.get(accountId);
    if (known !== undefined) return known;
    const made = new AccountOutbox(accountId, ports);
    outboxes.set(accountId, made);
    return made;
  };
  /** For what happens by itself: an account that is gone is not remembered for it. */
  const tell = (accountId: AccountId, task: (outbox: AccountOutbox) => void): void => {
    if (accounts.find(accountId) !== undefined) task(of(accountId));
  };

  const setHold = async (accountId: AccountId, hold: Gate['paused']): Promise<void> => {
    const { desk } = of(accountId);
    await desk.load();
    const before = desk.keeper.hold;
    desk.keeper.hold = hold;
    try {
      await desk.keeper.save();
    } catch (error) {
      desk.keeper.hold = before;
      throw error;
    }
    desk.news.changed();
    of(accountId).wake();
  };

  return {
    accepted: (accountId, row) => tell(accountId, (outbox) => outbox.accepted(row)),
    sessionChanged: (session) => tell(session.accountId, (outbox) => outbox.sessionChanged(session)),
    resume: (accountId) => tell(accountId, (outbox) => outbox.caughtUp()),
    moved: (accountId, sends) => {
      if (sends.length > 0) tell(accountId, (outbox) => outbox.moved(sends));
    },
    isUnderway: (accountId, messageId) => outboxes.get(accountId)?.desk.rows.find(messageId) !== undefined,
    heardFrom: (accountId, messages) => {
      const chatIds = new Set(messages.flatMap(({ fromMe, chatId }) => (fromMe ? [] : [chatId])));
      if (chatIds.size > 0) tell(accountId, (outbox) => outbox.heardFrom(chatIds));
    },
    limited: (accountId, limits) => tell(accountId, (outbox) => outbox.limited(limits)),
    configured: (accountId) => tell(accountId, (outbox) => outbox.configured()),
    optOutAdded: () => {
      for (const outbox of outboxes.values()) outbox.optOutAdded();
    },
    describe: (accountId, rows) => of(accountId).desk.describe(rows),
    cancel: (account, chatId, messageId) => cancelSend(of(account.id), account, { chatId, messageId }),
    resend: (account, chatId, messageId) => resendSend(of(account.id), account, { chatId, messageId }),
    dismiss: (account, chatId, messageId) => dismissSend(of(account.id), account, { chatId, messageId }),
    async view(accountId) {
      const { desk } = of(accountId);
      await desk.load();
      return desk.keeper.view;
    },
    gate: (accountId) => of(accountId).desk.gate(),
    pause: (accountId) =>
      setHold(accountId, {
        by: 'person',
        sinceMs: clock.nowMs(),
        words: 'Paused: nothing leaves until you let it go on.',
      }),
    resumeGate: (accountId) => setHold(accountId, undefined),
    suspended: () => {
      for (const { desk } of outboxes.values()) desk.keeper.suspended();
    },
    resumed: () => {
      for (const outbox of outboxes.values()) {
        outbox.desk.keeper.resumed();
        outbox.wake();
      }
    },
    forget: (accountId) => {
      outboxes.get(accountId)?.close();
      outboxes.delete(accountId);
    },
    async idle() {
      await Promise.all([...outboxes.values()].map((outbox) => outbox.idle()));
      await ports.files.idle();
    },
    async saveGates() {
      for (const [accountId, { desk }] of outboxes) {
        if (!desk.isLoaded || accounts.find(accountId) === undefined) continue;
        desk.keeper.lookAtClocks();
        await desk.keeper.save().catch((error: unknown) => {
          log.warn('the gate of an account could not be saved', { accountId, reason: logReason(error) });
        });
      }
    },
  };
};
