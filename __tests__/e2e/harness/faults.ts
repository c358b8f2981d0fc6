/** Small changes to the `plain` project: each is one mistake that teams make, or one shape that images have. */
export * from "./faults/images.ts";
export * from "./faults/migrations.ts";
export { endOfSettings, inDockerfile, inSettings, stamped, wantsNoNetwork } from "./faults/places.ts";
export * from "./faults/settings.ts";
export * from "./faults/static.ts";
export * from "./faults/system.ts";
