/** Stands where something will be, in its final size. */
export const Skeleton = ({ className }: { readonly className: string }) => (
  <span aria-hidden="true" className={`skeleton block ${className}`} />
);
