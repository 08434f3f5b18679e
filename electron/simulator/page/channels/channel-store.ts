import type { ChannelRow } from '../../channel-frames';
import { Collection } from '../core/collection';
import type { Wire } from '../wire/wire';
import { ChannelModel } from './channel-model';

/** The channels that this account follows or has looked at. */
export class ChannelStore {
  readonly channels: Collection<ChannelModel, [row: ChannelRow]>;
  readonly #wire: () => Wire;

  constructor(wire: () => Wire) {
    this.#wire = wire;
    this.channels = new Collection<ChannelModel, [row: ChannelRow]>({
      modelClass: ChannelModel,
      load: (id) => this.load(id),
    });
  }

  /** All that this account follows, at start: what was here before is forgotten, with its posts. */
  follow(rows: readonly ChannelRow[]): void {
    this.channels.reset();
    for (const row of rows) this.keep(row);
  }

  /** What the network tells; a channel that is not followed any more goes. */
  told(row: ChannelRow): void {
    const known = this.channels.get(row.id);
    if (row.role === 'guest' && known !== undefined) this.channels.remove(known);
    else if (row.role !== 'guest') this.keep(row);
  }

  gone(id: string): void {
    const known = this.channels.get(id);
    if (known !== undefined) this.channels.remove(known);
  }

  keep(row: ChannelRow): ChannelModel {
    const known = this.channels.get(row.id);
    if (known !== undefined) {
      known.apply(row);
      return known;
    }
    const channel = new ChannelModel(row);
    this.channels.add(channel);
    return channel;
  }

  /** Brings a channel here that is perhaps not followed: its name and numbers, its posts when they are asked for. */
  async load(id: string): Promise<ChannelModel> {
    return this.keep((await this.#wire().request('channel', { id })).channel);
  }

  /** Channels that are followed are told about anyway; one that is gone in the meantime stays as it was. */
  async refresh(id: string): Promise<void> {
    if (this.channels.get(id)?.newsletterMetadata.membershipType === 'guest')
      await this.load(id).catch(() => undefined);
  }
}
