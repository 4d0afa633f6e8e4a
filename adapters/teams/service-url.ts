/** Addresses that a connector of Teams may have. Our token is sent there, so an address is believed by its exact host alone. */

/** True for https at a host of Teams' connectors, on its own port, without a name, a question or a fragment. To come. */
export const isServiceUrl = (_url: string): boolean => false;
