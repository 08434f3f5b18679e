import type { Contact } from '../contract/entities/contact';
import { chatIdSchema } from '../contract/ids';
import { firstText, isRaw, widOf } from './raw-page';
import { phoneOfWid } from './translate-wid';

/** A person as the library hands them out, as the contract has it; undefined for groups and what has no id. */
export const translateContact = (value: unknown): Contact | undefined => {
  if (!isRaw(value) || value['isGroup'] === true) return undefined;
  const id = chatIdSchema.safeParse(widOf(value['id']));
  if (!id.success || !/@(c\.us|lid)$/.test(id.data)) return undefined;
  const words = (name: string, ...values: readonly unknown[]) => {
    const text = firstText(...values)?.trim();
    return text === undefined ? {} : { [name]: text };
  };
  return {
    id: id.data,
    ...words('phone', phoneOfWid(id.data)),
    ...words('name', value['name']),
    ...words('pushName', value['pushname']),
    ...words('verifiedName', value['verifiedName']),
    isSaved: value['isMyContact'] === true,
    isBusiness: value['isBusiness'] === true || value['isEnterprise'] === true,
    isBlocked: value['isBlocked'] === true,
    isMe: value['isMe'] === true,
  };
};
