import {
  Ban,
  ChartBarBig,
  Contact,
  FileText,
  Headphones,
  Image,
  Info,
  type LucideIcon,
  MapPin,
  MessageSquareDashed,
  Mic,
  Sticker,
  Video,
} from 'lucide-react';
import { Icon } from './Icon';

const icons: Readonly<Record<string, LucideIcon>> = {
  image: Image,
  video: Video,
  audio: Headphones,
  voice: Mic,
  document: FileText,
  sticker: Sticker,
  location: MapPin,
  contact: Contact,
  poll: ChartBarBig,
  revoked: Ban,
  notification: Info,
  unsupported: MessageSquareDashed,
};

/** The picture for a kind of content. */
export const MediaIcon = ({ kind, size = 15 }: { readonly kind: string; readonly size?: number }) => (
  <Icon icon={icons[kind] ?? MessageSquareDashed} size={size} />
);
