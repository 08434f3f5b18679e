import type { PageSessions } from '../page-sessions';
import { Refusal } from '../refusal';
import type { World } from '../world';
import { GroupNotices } from './group-notices';
import type { Group } from './group-state';

/** The groups as they are written down, and who has to hear of a change. */
export class GroupBook {
  readonly notices: GroupNotices;
  readonly #world: World;

  constructor(world: World, pages: PageSessions) {
    this.#world = world;
    this.notices = new GroupNotices(world, pages);
  }

  get(id: string): Group {
    const group = this.#world.groups.get(id);
    if (group === undefined) throw new Refusal(404, `There is no group ${id}`);
    return group;
  }

  all(): Iterable<Group> {
    return this.#world.groups.values();
  }

  commit(group: Group): void {
    this.#world.commit({ c: 'group', group });
  }

  exists(number: string): boolean {
    return this.#world.customers.has(number) || this.#world.phones.has(number);
  }

  wantsInvitation(number: string): boolean {
    return this.#world.customers.get(number)?.groupsByInvitation === true;
  }

  /** A phone that comes into a group has a chat for it from then on. */
  openChat(number: string, id: string): void {
    if (this.#world.phones.has(number)) this.#world.commit({ c: 'chat', phone: number, id });
  }

  seconds(): number {
    return Math.floor(this.#world.now() / 1000);
  }
}
