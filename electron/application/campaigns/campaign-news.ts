import type { CampaignId } from '../../contract/entities/campaign';
import type { EventBus } from '../event-bus';
import { logReason } from '../log-reason';
import type { CampaignStore } from '../ports/campaign-store';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';

/** Shortest time between two campaign.updated of one campaign, in ms. */
const leastGapMs = 250;

export interface CampaignNewsPorts {
  readonly store: Pick<CampaignStore, 'findCampaign'>;
  readonly events: Pick<EventBus, 'publish'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells the world of campaigns: of each at once, and then at most every 250 ms. */
export class CampaignNews {
  readonly #ports: CampaignNewsPorts;
  /** Those that were told a moment ago, and whether they have changed since. */
  readonly #resting = new Map<CampaignId, { changed: boolean; readonly cancelTimer: () => void }>();
  readonly #telling = new Set<Promise<void>>();
  #isClosed = false;

  constructor(ports: CampaignNewsPorts) {
    this.#ports = ports;
  }

  changed(campaignId: CampaignId): void {
    if (this.#isClosed) return;
    const resting = this.#resting.get(campaignId);
    if (resting !== undefined) resting.changed = true;
    else this.#tell(campaignId);
  }

  close(): void {
    this.#isClosed = true;
    for (const { cancelTimer } of this.#resting.values()) cancelTimer();
    this.#resting.clear();
  }

  /** Resolves when what is being read has been told. */
  async idle(): Promise<void> {
    await Promise.all(this.#telling);
  }

  #tell(campaignId: CampaignId): void {
    const cancelTimer = this.#ports.clock.schedule(leastGapMs, () => {
      const resting = this.#resting.get(campaignId);
      this.#resting.delete(campaignId);
      if (resting?.changed === true) this.#tell(campaignId);
    });
    this.#resting.set(campaignId, { changed: false, cancelTimer });
    const telling = this.#publish(campaignId).finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  async #publish(campaignId: CampaignId): Promise<void> {
    const { store, events, log } = this.#ports;
    try {
      const campaign = await store.findCampaign(campaignId);
      if (campaign !== undefined) events.publish({ type: 'campaign.updated', campaign });
    } catch (error) {
      log.debug('a campaign could not be read', { reason: logReason(error) });
    }
  }
}
