/** What is asked for and cannot be done, in words: wrong usage, not a fault of the project. */
export class Refusal extends Error {}
