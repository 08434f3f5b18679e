import type { DeliveryListener } from './delivery';
import { addPerson } from './demo';
import { ANSWERS, OPENERS } from './demo-lines';
import { ALL_PEOPLE, type DemoPerson, NEWCOMERS } from './demo-people';
import { photoOf, REACTIONS } from './demo-photos';
import { isGroupId, numberOf } from './ids';
import type { Content } from './messages/content';
import type { Network } from './network';
import { between, pick, type Random, seededRandom } from './random';
import type { Customer } from './state';

const SEED = 7;
const ANSWER_MS = [4_000, 14_000] as const;
const NEXT_MESSAGE_MS = [20_000, 60_000] as const;
/** One first message in so many is the photo of something that broke; one answer in so many is a reaction. */
const PHOTO_IN = 4;
const REACTION_IN = 5;
/** The newcomer who begins with a photo. */
const PHOTOGRAPHER = 1;
/** When each newcomer writes to a number that was linked a moment ago. */
const NEWCOMERS_WRITE_MS = [2_000, 4_500, 8_000, 15_000] as const;

/**
 * What customers do by themselves in demo mode: answer after a while, write first now and then, and find a new number within
 * seconds. Only people of the demo do; customers made by control calls write when told to. Nothing runs while no page is linked.
 */
export class Habits implements DeliveryListener {
  readonly #network: Network;
  readonly #random: Random = seededRandom(SEED);
  readonly #timers = new Set<NodeJS.Timeout>();
  #next: NodeJS.Timeout | undefined;
  #on: boolean;

  constructor(network: Network, on: boolean) {
    this.#network = network;
    this.#on = on;
  }

  get on(): boolean {
    return this.#on;
  }

  set(on: boolean): void {
    this.#on = on;
    if (!on) this.stop();
    else if (this.#network.pages.connected().length > 0) this.#planNext();
  }

  /** A page of this phone has come online. */
  linked(phoneNumber: string): void {
    if (!this.#on) return;
    this.#planNext();
    const phone = this.#network.world.phones.get(phoneNumber);
    if (phone === undefined || phone.chats.size > 0) return;
    for (const [index, person] of NEWCOMERS.entries()) {
      this.#later(NEWCOMERS_WRITE_MS[index] ?? 20_000, () => {
        if (!this.#network.world.customers.has(person.number)) addPerson(this.#network, person, this.#random);
        this.#begin(person, phoneNumber, index === PHOTOGRAPHER);
      });
    }
  }

  delivered(customer: Customer, phone: string, chatId: string): void {
    const voice = ALL_PEOPLE.get(customer.number)?.voice;
    if (!this.#on || voice === undefined || isGroupId(chatId)) return;
    this.#later(between(this.#random, ...ANSWER_MS), () => {
      if (between(this.#random, 1, REACTION_IN) === 1) this.#react(customer.number, phone, chatId);
      else this.#say(customer.number, phone, pick(this.#random, ANSWERS[voice]));
    });
  }

  stop(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #planNext(): void {
    if (this.#next !== undefined) return;
    this.#next = setTimeout(
      () => {
        this.#next = undefined;
        const page = this.#network.pages.connected();
        if (page.length === 0) return;
        this.#somebodyWrites(pick(this.#random, page).phone);
        this.#planNext();
      },
      between(this.#random, ...NEXT_MESSAGE_MS),
    );
  }

  #somebodyWrites(phoneNumber: string): void {
    const chats = [...(this.#network.world.phones.get(phoneNumber)?.chats.keys() ?? [])];
    const people = chats.map((id) => ALL_PEOPLE.get(numberOf(id))).filter((person) => person !== undefined);
    if (people.length === 0) return;
    const person = pick(this.#random, people);
    this.#begin(person, phoneNumber, between(this.#random, 1, PHOTO_IN) === 1);
  }

  /** Somebody writes first: a question, or a photo with one. */
  #begin({ number, voice }: DemoPerson, phone: string, withPhoto: boolean): void {
    if (withPhoto) this.#say(number, phone, photoOf(this.#network, voice, this.#random));
    else this.#say(number, phone, pick(this.#random, OPENERS[voice]));
  }

  /** To the last message of the account, when it is still there. */
  #react(from: string, to: string, chatId: string): void {
    const phone = this.#network.world.phones.get(to);
    const last = phone?.chats.get(chatId)?.messages.findLast(({ fromMe, type }) => fromMe && type !== 'revoked');
    if (phone === undefined || last === undefined) return;
    this.#network.actions.react({ phone, chatId, id: last.id }, from, pick(this.#random, REACTIONS));
  }

  #say(from: string, to: string, text: Content | string): void {
    const customer = this.#network.world.customers.get(from);
    const phone = this.#network.world.phones.get(to);
    if (customer !== undefined && phone !== undefined) this.#network.delivery.write(customer, { phone }, text);
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
