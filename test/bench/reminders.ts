/** Reminders: how many a second, how the cost grows with their number, how late they come, and what waiting costs. */
import { burst } from "./reminders-burst.ts";
import { calm } from "./reminders-calm.ts";
import { scale } from "./reminders-scale.ts";
import { openStores } from "./reminders-stores.ts";

const { stores, close } = await openStores();
try {
  await burst(stores);
  for (const store of stores) {
    const filled = await scale(store);
    await calm(store, filled);
    await filled.database.close();
  }
} finally {
  await close();
}
