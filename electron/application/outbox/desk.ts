import type { Gate, Send, Wait } from '../../contract/entities/send';
import type { AccountId } from '../../contract/ids';
import { statusFeed } from '../../domain/chat-identity';
import { isConfirmedSend } from '../../domain/send-states';
import type { OpenSend, SendStep, Stepped, StoredSend } from '../ports/outbox-store';
import { AckWatch } from './ack-watch';
import { GateKeeper } from './gate-keeper';
import { GateNews } from './gate-news';
import { OpenRows } from './open-rows';
import type { OutboxPorts } from './outbox-ports';
import { StorePatience } from './store-patience';
import { createWaits, type QueueSituation, waitOfQueue } from './waits';

/** Whether failures of these steps say something about WhatsApp, or only about our own checks. */
export type StepsBy = 'whatsapp' | 'us';

/**
 * What one account's outbox knows, and its one way to the database: every step is committed, taken over in memory and told
 * to the world here.
 */
export class Desk {
  readonly accountId: AccountId;
  readonly ports: OutboxPorts;
  readonly rows = new OpenRows();
  readonly keeper: GateKeeper;
  readonly watch: AckWatch;
  readonly patience: StorePatience;
  readonly news: GateNews;
  /** Steps that the next commit takes along: what the page has answered to and nobody waits for. */
  #answered: readonly SendStep[] = [];
  /** Rows that were accepted while the others were being read. */
  #arrived: OpenSend[] = [];
  #loading: Promise<void> | undefined;
  #isLoaded = false;

  constructor(accountId: AccountId, ports: OutboxPorts) {
    const { accounts, store, events, clock, randomness, log, timing } = ports;
    this.accountId = accountId;
    this.ports = ports;
    this.keeper = new GateKeeper({ accountId, account: () => accounts.find(accountId), store, clock, randomness });
    this.watch = new AckWatch(timing.ackPatienceMs);
    this.patience = new StorePatience(clock);
    this.news = new GateNews({ read: () => this.gate(), events, clock, log: log.child({ accountId }) });
  }

  get label(): string {
    return this.ports.accounts.find(this.accountId)?.label ?? this.accountId;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** What is in memory may not be what is on disk: it is read again before it is needed. */
  mistrust(): void {
    this.#isLoaded = false;
    this.#answered = [];
  }

  load(): Promise<void> {
    if (this.#isLoaded) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { store, stores } = this.ports;
    await stores.ensureOpen(this.accountId);
    await this.keeper.load();
    // Last, and taken over at once: whatever happens to a row from here on is heard.
    const rows = await store.listOpenSends(this.accountId);
    this.watch.clear();
    this.rows.load(rows);
    for (const row of this.#arrived) if (this.rows.find(row.messageId) === undefined) this.rows.put(row);
    this.#arrived = [];
    this.#isLoaded = true;
  }

  /** A queued row that has just been committed. */
  arrive(row: OpenSend): void {
    this.patience.worked();
    if (!this.#isLoaded) this.#arrived.push(row);
    else if (this.rows.find(row.messageId) === undefined) this.rows.put(row);
    this.#tell([row]);
  }

  /** The page has a message: nobody waits for this to be on disk, so it goes with the next commit. */
  answered(step: SendStep): void {
    this.#answered = [...this.#answered, step];
  }

  /** Commits what was answered, if nothing else is to be committed; answers whether there was any. */
  async flush(): Promise<boolean> {
    if (this.#answered.length === 0) return false;
    await this.step([]);
    return true;
  }

  /** Commits the steps durably, and what was answered before them; answers with the rows that changed. */
  async step(steps: readonly SendStep[], by: StepsBy = 'whatsapp'): Promise<readonly StoredSend[]> {
    const { store, crashPoints } = this.ports;
    const answered = this.#answered;
    this.#answered = [];
    const stepped = await store.stepSends(this.accountId, [...answered, ...steps]);
    this.patience.worked();
    this.#publish(stepped);
    this.takeOver(stepped.sends, by);
    if (answered.length > 0) await crashPoints.reach('outbox.handed', this.accountId);
    return stepped.sends;
  }

  #publish({ messages, chats, removed }: Stepped): void {
    const { events } = this.ports;
    const { accountId } = this;
    for (const message of messages) events.publish({ type: 'message.updated', message });
    for (const { chatId, messageId } of removed) {
      events.publish({ type: 'message.removed', accountId, chatId, messageId, fromMe: true });
    }
    for (const chat of chats) if (chat.id !== statusFeed) events.publish({ type: 'chat.updated', chat });
  }

  /** Rows that have changed on disk, whoever changed them. */
  takeOver(sends: readonly StoredSend[], by: StepsBy = 'whatsapp'): void {
    for (const send of sends) {
      const before = this.rows.find(send.messageId);
      if (before === undefined) continue;
      this.rows.put({ ...send, isKnownChat: before.isKnownChat });
      if (send.state !== 'handed') this.watch.end(send.messageId);
      else if (!this.rows.isDoubtful(send.messageId)) {
        this.watch.begin(send.messageId, this.ports.clock.monotonicMs());
      }
      if (isConfirmedSend(send.state)) this.#count(send, false);
      if (send.state === 'failed' && by === 'whatsapp') this.#count(send, true);
    }
    this.ports.files.through(this.accountId, sends);
    this.#tell(sends);
  }

  #count({ lane, problem }: StoredSend, failed: boolean): void {
    const stopWords = this.keeper.outcome(lane, failed, problem);
    if (stopWords !== undefined) this.note(stopWords);
  }

  /** Something for the account's timeline. */
  note(words: string): void {
    const { records, clock } = this.ports;
    records.happened(this.accountId, { atMs: clock.nowMs(), kind: 'connection', words });
  }

  #tell(sends: readonly StoredSend[]): void {
    const { events } = this.ports;
    const describe = this.#describer();
    for (const send of sends) events.publish({ type: 'send.updated', send: describe(send) });
    if (sends.length > 0) this.news.changed();
  }

  get #situation(): QueueSituation {
    const { sessions, clock } = this.ports;
    const { status } = sessions.get(this.accountId);
    return {
      status,
      store: this.patience.holding ?? (this.#isLoaded ? undefined : { untilMs: clock.nowMs() }),
      queue: this.rows.queue,
      // In its sleep nothing can be looked up: what opens the gate wakes it.
      isHeldChat: status.state === 'asleep' ? () => false : this.rows.heldChats(),
      ask: this.keeper.asker(),
    };
  }

  /** Rows as everybody sees them; queued ones say why they wait, once the rest of the queue is known. */
  #describer(): (row: StoredSend) => Send {
    let waits: ((row: OpenSend) => Wait) | undefined;
    const waitOf = (stored: StoredSend): { readonly wait?: Wait } => {
      if (stored.state !== 'queued' || (!this.#isLoaded && this.#arrived.length > 0)) return {};
      waits ??= createWaits(this.#situation);
      return { wait: waits(this.rows.find(stored.messageId) ?? { ...stored, isKnownChat: false }) };
    };
    return (stored) => {
      const {
        epoch: _epoch,
        wasHanded: _wasHanded,
        isKnownChat: _isKnownChat,
        ...send
      } = { isKnownChat: false, ...stored };
      return { accountId: this.accountId, ...send, ...waitOf(stored) };
    };
  }

  async describe(rows: readonly StoredSend[]): Promise<readonly Send[]> {
    // Without the rest of the queue it is the store that they wait for.
    if (rows.some(({ state }) => state === 'queued')) await this.load().catch(() => undefined);
    return rows.map(this.#describer());
  }

  async gate(): Promise<Gate> {
    await this.load();
    const counts = await this.ports.store.countSends(this.accountId);
    const wait = waitOfQueue(this.#situation);
    return {
      accountId: this.accountId,
      ...counts,
      ...(wait === undefined ? {} : { wait }),
      ...this.keeper.describe(),
    };
  }
}
