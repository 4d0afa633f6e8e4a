/** How much of something can be shown. */

/** The largest number from 0 to `count` that fits; 0 where not even one does. Whatever is less than one that fits, fits too. */
export function largest(count: number, fits: (count: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
