// The codecs that generated schemas are made of: JSON on the wire, TypeScript's values in the functions.
export { bigintCodec, dateCodec, urlCodec } from "./scalars.js";
export { arrayBufferCodec, bufferCodec, uint8ArrayCodec } from "./bytes.js";
export { mapCodec, pairsCodec, setCodec } from "./collections.js";
export { distinct } from "./distinct.js";
export { anyObject, anyValue } from "./wide.js";
export { asJson } from "./as-json.js";
export { withPatterns } from "./patterns.js";
