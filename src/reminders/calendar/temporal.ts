/** Temporal, until Node has it: the one place that says where it comes from. */
export { Temporal } from "temporal-polyfill";
