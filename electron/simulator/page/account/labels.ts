import type { LabelRow } from '../../account-frames';
import type { ChatModel } from '../chats/chat-model';
import { Collection } from '../core/collection';
import { Model } from '../core/model';
import type { Session } from '../session/session';

type LabelledChats = () => readonly ChatModel[];

export class LabelModel extends Model {
  declare readonly id: string;
  declare readonly name: string;
  declare readonly hexColor: string;
  /** What wears the label; chats know their labels, so this looks there. */
  readonly labelItemCollection: { getModelsArray(): readonly { parentType: 'Chat'; parentId: string }[] };

  constructor(attributes: LabelRow, chats: LabelledChats) {
    super(attributes);
    this.labelItemCollection = {
      getModelsArray: () =>
        chats()
          .filter((chat) => chat.labels.includes(this.id))
          .map((chat) => ({ parentType: 'Chat', parentId: chat.id._serialized })),
    };
  }
}

/** The labels of WhatsApp Business; other accounts have none. */
export class LabelCollection extends Collection<LabelModel, [attributes: LabelRow, chats: LabelledChats]> {
  readonly #chats: LabelledChats;
  readonly #session: () => Session;

  constructor(chats: LabelledChats, session: () => Session) {
    super({ modelClass: LabelModel });
    this.#chats = chats;
    this.#session = session;
  }

  told(rows: readonly LabelRow[]): void {
    this.remove(this.getModelsArray().filter((label) => !rows.some((row) => row.id === label.id)));
    for (const row of rows) {
      const known = this.get(row.id);
      if (known === undefined) this.add(new LabelModel(row, this.#chats));
      else known.set(row);
    }
  }

  async addOrRemoveLabels(
    actions: readonly { readonly id: string | number; readonly type: 'add' | 'remove' }[],
    chats: readonly ChatModel[],
  ): Promise<void> {
    await this.#session().wire.request('labels', {
      actions: actions.map(({ id, type }) => ({ id: String(id), type })),
      chatIds: chats.map((chat) => chat.id._serialized),
    });
  }
}
