import { Refusal } from '../refusal';
import { type Group, isAdmin, isMember } from './group-state';

/** What WhatsApp lets whom do in a group; the status of a refusal is the one its service answers with. */

export function requireMember(group: Group, number: string): void {
  if (!isMember(group, number)) throw new Refusal(401, `${number} is not in the group ${group.id}`);
}

export function requireAdmin(group: Group, number: string): void {
  requireMember(group, number);
  if (!isAdmin(group, number)) throw new Refusal(403, `${number} is no admin of the group ${group.id}`);
}

/** Subject, description and picture: everybody's unless the group is restricted. */
export function requireEditor(group: Group, number: string): void {
  if (group.restrict) requireAdmin(group, number);
  else requireMember(group, number);
}

/** In an announcement group only admins speak. */
export function requireVoice(group: Group, number: string): void {
  if (!isMember(group, number)) throw new Refusal(404, `${number} is not in a group ${group.id}`);
  if (group.announce && !isAdmin(group, number)) {
    throw new Refusal(403, `Only admins write in the group ${group.id}, and ${number} is none`);
  }
}
