/** Does nothing: what remains is the cost of starting Node. */
export {};
